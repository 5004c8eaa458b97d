import { below, type JsonValue, type Origin } from '../support/index.ts'
import type { AccessModel, ClaimUse } from './types.ts'
import { child, placed, type Section, section, text, texts } from './values.ts'

/** A rule of `access`; `undefined`: the name of a rule of `rules`, which the model resolves. */
export function inlineAccess(written: JsonValue, origin: Origin): AccessModel | undefined {
  return typeof written === 'string' ? undefined : accessOf(written, origin)
}

/** A rule, as written in `access` or in `rules`. */
export function accessOf(written: JsonValue, origin: Origin): AccessModel {
  return ruleOf(section(written, origin))
}

function ruleOf(part: Section): AccessModel {
  const override = child(part, 'override')
  return {
    public: placed(part, 'public', text(part, 'public')),
    optional: part.value['optional'] === true,
    scopes: texts(part, 'scopes'),
    roles: texts(part, 'roles'),
    authenticated: part.value['authenticated'] === true,
    when: placed(part, 'when', text(part, 'when')),
    override: override === null ? null : ruleOf(override),
    because: placed(part, 'because', text(part, 'because')),
    origin: part.origin,
  }
}

/** The members of `bind` or `own`, in the order written. */
export function claimsOf(written: JsonValue, origin: Origin): readonly ClaimUse[] {
  return Object.entries(section(written, origin).value).flatMap(([input, from]) =>
    typeof from === 'string' ? [{ input, from, origin: below(origin, input) }] : [],
  )
}
