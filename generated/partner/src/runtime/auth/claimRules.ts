import type { Members } from '../support/values.ts'

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

const failed = 'ERR_JWT_CLAIM_VALIDATION_FAILED'
const expired = 'ERR_JWT_EXPIRED'

/**
 * Which rule the registered claims break; `null`: none. The words are those of the package jose, which the tests compare with.
 * `now`: milliseconds since the epoch. `JSON.parse` makes no member `undefined`, so that value stands for a missing claim.
 */
export function claimsFault(claims: Members, rules: ClaimRules, now: number): string | null {
  const { iss, aud, sub, exp, nbf, iat } = claims
  const { issuer, audience, clockSkew, maxAge } = rules
  const seconds = Math.floor(now / 1_000)
  if (iss !== issuer || sub === undefined) return failed
  if (audience !== null && !isFor(aud, audience)) return failed
  if (iat !== undefined ? typeof iat !== 'number' : maxAge !== null) return failed
  if (nbf !== undefined && !(typeof nbf === 'number' && nbf <= seconds + clockSkew)) return failed
  if (typeof exp !== 'number') return failed
  if (exp <= seconds - clockSkew) return expired
  if (maxAge === null || typeof iat !== 'number') return null
  const age = seconds - iat
  if (age - clockSkew > maxAge) return expired
  return age < -clockSkew ? failed : null
}

function isFor(aud: unknown, audience: readonly string[]): boolean {
  if (typeof aud === 'string') return audience.includes(aud)
  return Array.isArray(aud) && audience.some((name) => aud.includes(name))
}
