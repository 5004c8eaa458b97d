import type { Grant } from '../../../../templates/runtime/vocabulary.ts'
import type { OperationModel, SecurityRequirement, SecurityScheme } from '../../../model/types.ts'
import type { Origin } from '../../../support/index.ts'
import type { ServiceSource } from '../source.ts'

/** What the spec requires of the caller, with its schemes mapped by the service's `security:`. */
export interface SpecAccess {
  /** Alternatives that require something of the caller; one is enough. Empty: the spec requires nothing of callers. */
  readonly alternatives: readonly Grant[]
  /** Whether the spec also allows anonymous callers (`{}`). */
  readonly anonymous: boolean
  /** Schemes that the service's `security:` does not map. */
  readonly unmapped: readonly { readonly scheme: string; readonly origin: Origin }[]
  /** For each alternative that was not dropped, the schemes that the gateway must supply. */
  readonly supplied: readonly (readonly SecurityScheme[])[]
  /** Number of alternatives that require nothing of callers, and were dropped because others do. */
  readonly dropped: number
  /** Where `security` is written. */
  readonly origin: Origin | null
}

/** Reads an operation's `security` with the service's map. */
export function readSpecAccess(operation: OperationModel, { model, manifest }: ServiceSource): SpecAccess {
  const schemes = new Map(model.schemes.map((scheme) => [scheme.name, scheme]))
  const standsFor = (scheme: string): 'principal' | 'service' | null =>
    Object.hasOwn(manifest.security, scheme) ? (manifest.security[scheme]?.value ?? null) : null

  const requirements = operation.security ?? []
  const asking = requirements.filter((requirement) =>
    requirement.some(({ scheme }) => standsFor(scheme) === 'principal'),
  )
  const taken = asking.length > 0 ? asking : requirements
  const asked = (requirement: SecurityRequirement) =>
    requirement.filter(({ scheme }) => standsFor(scheme) === 'principal')
  return {
    alternatives: weakest(asking.map((requirement) => grantOf(asked(requirement), schemes))),
    anonymous: requirements.some((requirement) => requirement.length === 0),
    unmapped: requirements.flat().filter(({ scheme }) => standsFor(scheme) === null),
    supplied: taken.map((requirement) =>
      requirement
        .filter(({ scheme }) => standsFor(scheme) === 'service')
        .flatMap(({ scheme }) => schemes.get(scheme) ?? []),
    ),
    dropped: requirements.length - taken.length,
    origin: operation.securityOrigin,
  }
}

/**
 * Scopes of OAuth 2.0 and OpenID Connect schemes are scopes; names listed for any other scheme are roles (OpenAPI 3.1, Security
 * Requirement Object). OpenAPI 3.0 forbids the latter; if they are written anyway, they are required, not ignored.
 */
function grantOf(requirement: SecurityRequirement, schemes: ReadonlyMap<string, SecurityScheme>): Grant {
  const isOAuth = (name: string): boolean => ['oauth2', 'openIdConnect'].includes(schemes.get(name)?.kind ?? '')
  const names = (oauth: boolean): readonly string[] =>
    requirement.filter(({ scheme }) => isOAuth(scheme) === oauth).flatMap(({ scopes }) => scopes)
  return grant(names(true), names(false))
}

/** A grant in canonical form: each name once, in code-unit order. */
export function grant(scopes: readonly string[], roles: readonly string[]): Grant {
  return { scopes: [...new Set(scopes)].sort(), roles: [...new Set(roles)].sort() }
}

/** Whether every caller that holds `b` also holds `a`. */
export function isImplied(a: Grant, b: Grant): boolean {
  return a.scopes.every((scope) => b.scopes.includes(scope)) && a.roles.every((role) => b.roles.includes(role))
}

/** The alternatives without those that imply another one, in code-unit order. The meaning does not change. */
export function weakest(grants: readonly Grant[]): readonly Grant[] {
  const distinct = [...new Map(grants.map((one) => [JSON.stringify(one), one])).entries()].sort(([a], [b]) =>
    a < b ? -1 : 1,
  )
  return distinct
    .map(([, one]) => one)
    .filter((one, _, all) => !all.some((other) => other !== one && isImplied(other, one)))
}
