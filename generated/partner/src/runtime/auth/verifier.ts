import * as errors from 'jose/errors'
import { jwtVerify } from 'jose/jwt/verify'
import type { Principal } from '../access/principal.ts'
import type { Surroundings } from '../observe/surroundings.ts'
import type { Members } from '../support/values.ts'
import type { JwtIssuer } from '../vocabulary.ts'
import { isAlgorithm } from '../words/algorithms.ts'
import type { VerificationKey } from './keySet.ts'
import type { KeySource } from './keySource.ts'
import { principalOf } from './principal.ts'
import { fault, type TokenFault, type UnverifiedToken } from './token.ts'

/** The rules for tokens of one issuer, with references to the environment resolved. */
export interface IssuerRules extends Omit<JwtIssuer, 'issuer' | 'audience' | 'jwks'> {
  readonly authenticator: string
  readonly issuer: string
  readonly audience: readonly string[]
}

export interface Verified {
  readonly kind: 'verified'
  readonly principal: Principal
  readonly key: VerificationKey
  /** End of the token's validity, in milliseconds since the epoch; includes the tolerated clock skew. */
  readonly until: number
}

export type Verdict = Verified | TokenFault | { readonly kind: 'unavailable'; readonly retryAfter: number }

/** Checks tokens of one issuer, with that issuer's keys only. */
export interface Verifier {
  readonly keys: KeySource
  verify(token: string, unverified: UnverifiedToken): Promise<Verdict>
}

interface Signed {
  readonly kind: 'signed'
  readonly claims: Members
}

/** Maximum number of keys that a token without `kid` is tried with; each try is one signature check. */
const maxTries = 4

export function createVerifier(rules: IssuerRules, keys: KeySource, { clock }: Surroundings): Verifier {
  const algorithms = new Set(rules.algorithms.filter(isAlgorithm))
  const types = new Set(rules.type === 'at+jwt' ? ['at+jwt'] : ['at+jwt', 'jwt', ''])

  async function checkSignature(token: string, key: VerificationKey, algorithm: string): Promise<Signed | TokenFault> {
    try {
      const { payload } = await jwtVerify(token, key.key, {
        algorithms: [algorithm],
        issuer: rules.issuer,
        audience: [...rules.audience],
        requiredClaims: ['exp', 'sub'],
        clockTolerance: rules.clockSkew,
        currentDate: new Date(clock()),
        ...(rules.maxAge === null ? {} : { maxTokenAge: rules.maxAge }),
      })
      return { kind: 'signed', claims: payload }
    } catch (error) {
      // Whatever the library throws for a token refuses the token: it is never an internal error.
      return fault(error instanceof errors.JOSEError ? error.code : 'unverifiable')
    }
  }

  function judge(claims: Members, token: string, { type }: UnverifiedToken, key: VerificationKey): Verdict {
    const { sub, exp, iat } = claims
    if (typeof sub !== 'string' || sub === '') return fault('no subject')
    if (typeof exp !== 'number' || !Number.isFinite(exp)) return fault('expiry is not a time')
    if (iat !== undefined && !(typeof iat === 'number' && iat <= clock() / 1_000 + rules.clockSkew)) {
      return fault('issued in the future')
    }
    // A token bound to a key requires proof of possession (RFC 7800), which is not supported.
    if (claims['cnf'] !== undefined) return fault('bound to a key')
    if (type !== 'at+jwt' && isIdToken(claims, rules.audience)) return fault('an ID token')
    const youngest = rules.maxAge === null || typeof iat !== 'number' ? exp : Math.min(exp, iat + rules.maxAge)
    return {
      kind: 'verified',
      principal: principalOf({ ...claims, sub, exp }, token, rules.authenticator, rules.issuer, rules),
      key,
      until: (youngest + rules.clockSkew) * 1_000,
    }
  }

  return {
    keys,
    async verify(token, unverified) {
      if (!algorithms.has(unverified.algorithm)) return fault('algorithm is not accepted')
      if (!types.has(unverified.type)) return fault('type is not accepted')
      const found = await keys.find(unverified.kid, unverified.algorithm)
      if (found.kind === 'unavailable') return found
      let last = fault('unknown key')
      for (const key of found.keys.slice(0, maxTries)) {
        const checked = await checkSignature(token, key, unverified.algorithm)
        if (checked.kind === 'signed') return judge(checked.claims, token, unverified, key)
        last = checked
      }
      return last
    },
  }
}

/**
 * Recognises ID tokens of issuers that do not mark access tokens (rule J4): they have a `nonce`, a hash of another token or code
 * (OpenID Connect Core 1.0 sections 2 and 3.3.2.11), or an audience that is the client itself.
 */
function isIdToken(claims: Members, audience: readonly string[]): boolean {
  if (['nonce', 'at_hash', 'c_hash', 's_hash'].some((name) => Object.hasOwn(claims, name))) return true
  // Keycloak marks ID tokens with `typ`, Cognito with `token_use`.
  if (claims['typ'] === 'ID' || claims['token_use'] === 'id') return true
  const named = [claims['aud']].flat().filter((name) => typeof name === 'string' && audience.includes(name))
  return named.includes(claims['azp']) || named.includes(claims['client_id'])
}
