import type { JsonValue } from '../read/types.ts'
import { below, type Origin } from '../support/index.ts'
import { credentialsOf } from './credentials.ts'
import { durationOf, sizeOf } from './quantities.ts'
import type { AccessModel, ExposeEntry, ExposeOptions } from './types.ts'
import { child, children, placed, type Section, section, text, texts, word } from './values.ts'

/** The entries of `expose`, in the order written. */
export function exposeEntries(client: Section): readonly ExposeEntry[] {
  return children(child(client, 'expose')).map(([selector, part]) => ({
    selector,
    options: optionsOf(part),
    origin: part.origin,
  }))
}

function optionsOf(part: Section): ExposeOptions {
  const access = child(part, 'access')
  return {
    path: placed(part, 'path', text(part, 'path')),
    method: placed(part, 'method', text(part, 'method')),
    access: access === null ? null : accessOf(access),
    bind: claimsOf(part, 'bind')?.map(({ name, from, origin }) => ({ input: name, from, origin })) ?? null,
    own: claimsOf(part, 'own')?.map(({ name, from, origin }) => ({ parameter: name, from, origin })) ?? null,
    credential: credentialsOf(part),
    timeout: placed(part, 'timeout', durationOf(text(part, 'timeout'))),
    answers: placed(part, 'answers', word(part, 'answers')),
    undeclared: placed(part, 'undeclared', word(part, 'undeclared')),
    undeclaredQuery: placed(part, 'undeclaredQuery', word(part, 'undeclaredQuery')),
    maxBody: placed(part, 'maxBody', sizeOf(text(part, 'maxBody'))),
  }
}

function accessOf(part: Section): AccessModel {
  const override = child(part, 'override')
  return {
    public: placed(part, 'public', text(part, 'public')),
    scopes: texts(part, 'scopes'),
    roles: texts(part, 'roles'),
    authenticated: part.value['authenticated'] === true,
    when: placed(part, 'when', text(part, 'when')),
    override: override === null ? null : accessOf(override),
    because: placed(part, 'because', text(part, 'because')),
    origin: part.origin,
  }
}

function claimsOf(
  part: Section,
  name: string,
): readonly { readonly name: string; readonly from: string; readonly origin: Origin }[] | null {
  const value: JsonValue | undefined = part.value[name]
  if (value === undefined) return null
  const origin = below(part.origin, name)
  return Object.entries(section(value, origin).value).flatMap(([input, from]) =>
    typeof from === 'string' ? [{ name: input, from, origin: below(origin, input) }] : [],
  )
}
