import type { Members } from '../support/values.ts'
import { fault, type TokenFault } from './token.ts'

/** What the registered claims of an issuer's tokens must say (RFC 7519 section 4.1). */
export interface ClaimRules {
  readonly issuer: string
  /** One of these must be in `aud`; `null`: `aud` is judged elsewhere. */
  readonly audience: readonly string[] | null
  /** Seconds. */
  readonly clockSkew: number
  /** Seconds since `iat`; `null`: only `exp` counts. */
  readonly maxAge: number | null
}

/**
 * Which rule the registered claims break; `null`: none. `now`: milliseconds since the epoch. `JSON.parse` makes no member
 * `undefined`, so that value stands for a missing claim.
 */
export function claimsFault(claims: Members, rules: ClaimRules, now: number): TokenFault | null {
  const { iss, aud, sub, exp, nbf, iat } = claims
  const { issuer, audience, clockSkew, maxAge } = rules
  const seconds = Math.floor(now / 1_000)
  if (iss !== issuer) return fault('token-issuer')
  if (sub === undefined) return fault('token-claim', 'sub')
  if (audience !== null && !isFor(aud, audience)) return fault('token-audience')
  if (iat !== undefined ? typeof iat !== 'number' : maxAge !== null) return fault('token-claim', 'iat')
  if (nbf !== undefined && typeof nbf !== 'number') return fault('token-claim', 'nbf')
  if (nbf !== undefined && nbf > seconds + clockSkew) return fault('token-not-yet-valid', 'nbf')
  if (typeof exp !== 'number') return fault('token-claim', 'exp')
  if (exp <= seconds - clockSkew) return fault('token-expired', 'exp')
  if (maxAge === null || typeof iat !== 'number') return null
  const age = seconds - iat
  if (age - clockSkew > maxAge) return fault('token-expired', 'iat, maxAge')
  return age < -clockSkew ? fault('token-not-yet-valid', 'iat') : null
}

function isFor(aud: unknown, audience: readonly string[]): boolean {
  if (typeof aud === 'string') return audience.includes(aud)
  return Array.isArray(aud) && audience.some((name) => aud.includes(name))
}
