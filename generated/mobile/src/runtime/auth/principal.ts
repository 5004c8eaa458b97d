import { claimAt } from '../access/claims.ts'
import type { Principal } from '../access/principal.ts'
import type { Members } from '../support/values.ts'
import type { JwtIssuer } from '../vocabulary.ts'
import type { ClaimsMemory } from './claimsMemory.ts'
import { createSharedSets } from './sharedSets.ts'

/** Makes the caller that a verified token identifies. */
type PrincipalOf = (verified: VerifiedClaims) => MadePrincipal

interface MadePrincipal {
  readonly principal: Principal
  /** Estimated bytes of what a token says about its caller at length: the subject, and scopes and roles that no other has. */
  readonly bytes: number
}

/** What a token says, with the two claims that every token has. */
interface VerifiedClaims {
  readonly token: string
  readonly claims: Members
  readonly sub: string
  readonly exp: number
}

export interface Origin extends Pick<JwtIssuer, 'scopes' | 'roles'> {
  readonly authenticator: string
  readonly issuer: string
}

/** Makes the callers of one issuer. `memory` gives their claims. */
export function createPrincipals(origin: Origin, memory: ClaimsMemory): PrincipalOf {
  const sets = createSharedSets()
  const common: Common = { ...origin, memory }
  return ({ token, claims, sub, exp }) => {
    const scopes = sets(origin.scopes === null ? [] : scopesIn(claimAt(claims, origin.scopes)))
    const roles = sets(origin.roles === null ? [] : rolesIn(claimAt(claims, origin.roles)))
    const principal = Object.freeze(new TokenPrincipal(common, token, sub, exp, scopes.set, roles.set))
    return { principal, bytes: sub.length + scopes.bytes + roles.bytes }
  }
}

/** What all callers of an issuer have in common. */
interface Common extends Origin {
  readonly memory: ClaimsMemory
}

/** There is one for each remembered token, so what can be found elsewhere is not stored in it. */
class TokenPrincipal implements Principal {
  readonly #common: Common
  readonly token: string
  readonly subject: string
  readonly expires: number
  readonly scopes: ReadonlySet<string>
  readonly roles: ReadonlySet<string>

  constructor(
    common: Common,
    token: string,
    subject: string,
    expires: number,
    scopes: ReadonlySet<string>,
    roles: ReadonlySet<string>,
  ) {
    this.#common = common
    this.token = token
    this.subject = subject
    this.expires = expires
    this.scopes = scopes
    this.roles = roles
  }

  get authenticator(): string {
    return this.#common.authenticator
  }

  get issuer(): string {
    return this.#common.issuer
  }

  get claims(): Members {
    return this.#common.memory(this, this.token)
  }
}

/**
 * Scopes are the exact members of a space-separated string (RFC 6749 section 3.3), or of a list of strings, which are not split:
 * Duende and Spring write `scope` so, others `scp` and `permissions`. A list with anything else in it, and any other value, gives
 * no scopes (rule J10).
 */
function scopesIn(claim: unknown): readonly string[] {
  const scopes = typeof claim === 'string' ? claim.split(' ') : isTexts(claim) ? claim : []
  return scopes.filter((scope) => scope !== '')
}

/** Each string is one role; it is not split. */
function rolesIn(claim: unknown): readonly string[] {
  if (typeof claim === 'string') return [claim]
  return isTexts(claim) ? claim : []
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((member) => typeof member === 'string')
}
