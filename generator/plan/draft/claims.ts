import type { JsonType } from './schemaFacts.ts'

/** Claims whose type a standard defines (RFC 7519 section 4.1, OpenID Connect Core 1.0 section 5.1). */
const known: ReadonlyMap<string, readonly JsonType[]> = new Map([
  ['sub', ['string']],
  ['iss', ['string']],
  ['jti', ['string']],
  ['aud', ['string', 'array']],
  ['exp', ['number']],
  ['nbf', ['number']],
  ['iat', ['number']],
  ['auth_time', ['number']],
  ['azp', ['string']],
  ['client_id', ['string']],
  ['amr', ['array']],
  ['name', ['string']],
  ['email', ['string']],
  ['preferred_username', ['string']],
  ['email_verified', ['boolean']],
])

/** Types that a claim can have; `null`: any, because no standard defines it. */
export function typesOfClaim(claim: readonly string[]): ReadonlySet<JsonType> | null {
  const [name = ''] = claim
  const types = claim.length === 1 ? known.get(name) : undefined
  return types === undefined ? null : new Set(types)
}
