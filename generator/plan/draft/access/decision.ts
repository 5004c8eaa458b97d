import type { Access, Grant } from '../../../../templates/runtime/vocabulary.ts'
import { isSignInOptional } from '../../../../templates/runtime/words/optionalSignIn.ts'
import type { At } from '../../../model/types.ts'
import type { Origin } from '../../../support/index.ts'
import type { AccessChoice } from '../selectors/layering.ts'
import { grant, isImplied, type SpecAccess, weakest } from './specAccess.ts'

/** Who may call a route, and why. */
export interface AccessDecision {
  readonly spec: SpecAccess
  readonly choice: AccessChoice | null
  /** `null`: neither spec nor manifest decides. `own` and `when` are added later. */
  readonly rule:
    | Extract<Access, { kind: 'public' }>
    | { readonly kind: 'principal'; readonly anyOf: readonly Grant[] }
    | null
  /** The condition that is added, as written. */
  readonly when: At<string> | null
  readonly decidedBy: 'spec' | 'manifest' | 'spec + manifest' | 'override'
  readonly override: { readonly because: string; readonly weakens: boolean } | null
  /** Where the manifest decided, else where the spec did. */
  readonly origin: Origin | null
}

/**
 * Decides the rule of a route. A rule of the manifest applies in addition to every alternative of the spec. `public` is valid only if
 * the spec requires nothing of callers or also allows anonymous ones. Alternatives of the spec that require nothing of callers (`{}`, or
 * schemes that the gateway supplies) are ignored if another alternative requires something: the stricter interpretation applies.
 */
export function decideAccess(spec: SpecAccess, choice: AccessChoice | null): AccessDecision {
  const asked = spec.alternatives.length > 0
  const base = { spec, choice, when: null, override: null, origin: choice?.origin ?? spec.origin }
  if (choice === null) {
    return { ...base, rule: asked ? { kind: 'principal', anyOf: spec.alternatives } : null, decidedBy: 'spec' }
  }
  if (choice.kind === 'public') {
    return { ...base, rule: publicRule(choice.because.value.trim(), choice.optional), decidedBy: 'manifest' }
  }
  if (choice.kind === 'override') return decideOverride(spec, choice)
  const more = grant(choice.scopes?.value ?? [], choice.roles?.value ?? [])
  const anyOf = asked
    ? weakest(
        spec.alternatives.map(({ scopes, roles }) => grant([...scopes, ...more.scopes], [...roles, ...more.roles])),
      )
    : [more]
  const when = choice.when === null ? null : { value: choice.when.value, origin: choice.when.origin }
  return { ...base, rule: { kind: 'principal', anyOf }, when, decidedBy: asked ? 'spec + manifest' : 'manifest' }
}

function publicRule(because: string, optional: boolean): Extract<Access, { kind: 'public' }> {
  return { kind: 'public', because, ...(optional ? { optional } : {}) }
}

function decideOverride(spec: SpecAccess, choice: AccessChoice & { kind: 'override' }): AccessDecision {
  const { rule } = choice
  const because = choice.because?.value.trim() ?? ''
  const granted = grant(rule.scopes, rule.roles)
  const open = rule.public !== null
  const weakens =
    spec.alternatives.length > 0 && (open || !spec.alternatives.some((alternative) => isImplied(alternative, granted)))
  return {
    spec,
    choice,
    rule: open ? publicRule(because, rule.optional) : { kind: 'principal', anyOf: [granted] },
    when: open ? null : rule.when,
    decidedBy: 'override',
    override: { because, weakens },
    origin: choice.origin,
  }
}

/** Whether a rule has a use for the credential of a caller. */
export function takesCallers(access: Access | null): boolean {
  return access !== null && (access.kind === 'principal' || isSignInOptional(access))
}
