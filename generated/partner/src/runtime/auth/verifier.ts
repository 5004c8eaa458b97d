import type { Principal } from '../access/principal.ts'
import type { Surroundings } from '../observe/surroundings.ts'
import type { JwtIssuer } from '../vocabulary.ts'
import { isAlgorithm } from '../words/algorithms.ts'
import { cleaned } from '../words/cleaned.ts'
import { type ClaimRules, claimsFault } from './claimRules.ts'
import type { ClaimsMemory } from './claimsMemory.ts'
import type { VerificationKey } from './keySet.ts'
import type { Found, KeySource } from './keySource.ts'
import { createPrincipals } from './principal.ts'
import { isSigned } from './signature.ts'
import { fault, type TokenFault, type UnverifiedToken } from './token.ts'
import { type KindRules, refusedKind } from './tokenKind.ts'

/** The rules for tokens of one issuer, with references to the environment resolved. */
export interface IssuerRules
  extends Omit<JwtIssuer, 'issuer' | 'audience' | 'clientIds' | 'jwks'>,
    KindRules,
    ClaimRules {
  readonly authenticator: string
}

export interface Verified {
  readonly kind: 'verified'
  readonly principal: Principal
  /** Estimated bytes of the principal besides its token. */
  readonly bytes: number
  readonly key: VerificationKey
  /** End of the token's validity, in milliseconds since the epoch; includes the tolerated clock skew. */
  readonly until: number
}

export type Verdict = Verified | TokenFault | { readonly kind: 'unavailable'; readonly retryAfter: number }

/** Checks tokens of one issuer, with that issuer's keys only. */
export interface Verifier {
  readonly keys: KeySource
  /** A promise only if keys must be fetched, or if the check of the signature takes long. */
  verify(token: UnverifiedToken): Verdict | Promise<Verdict>
}

/** Maximum number of keys that a token without `kid` is tried with; each try is one signature check. */
const maxTries = 4

/** Names the key of a token in the log. */
function keyOf({ kid, algorithm }: UnverifiedToken): string {
  return `${kid === undefined ? 'no kid' : `kid ${cleaned(kid)}`}, ${cleaned(algorithm)}`
}

export function createVerifier(
  rules: IssuerRules,
  keys: KeySource,
  memory: ClaimsMemory,
  { clock }: Surroundings,
): Verifier {
  const algorithms = new Set(rules.algorithms.filter(isAlgorithm))
  const types = new Set(rules.type === 'at+jwt' ? ['at+jwt'] : ['at+jwt', 'jwt', ''])
  const principalOf = createPrincipals(rules, memory)

  /** Judges a token whose signature is right. */
  function judge({ text, claims, type }: UnverifiedToken, key: VerificationKey): Verdict {
    const now = clock()
    const wrong = claimsFault(claims, rules, now)
    if (wrong !== null) return wrong
    const { sub, exp, iat } = claims
    if (typeof sub !== 'string' || sub === '') return fault('token-claim', 'sub is empty or not text')
    if (typeof exp !== 'number' || !Number.isFinite(exp)) return fault('token-claim', 'exp is not a time')
    if (iat !== undefined && !(typeof iat === 'number' && iat <= now / 1_000 + rules.clockSkew)) {
      return fault('token-not-yet-valid', 'iat is in the future or not a time')
    }
    // A token bound to a key requires proof of possession (RFC 7800), which is not supported.
    if (claims['cnf'] !== undefined) return fault('token-bound')
    const refused = refusedKind(claims, type, rules)
    if (refused !== null) return refused
    const youngest = rules.maxAge === null || typeof iat !== 'number' ? exp : Math.min(exp, iat + rules.maxAge)
    return {
      kind: 'verified',
      ...principalOf({ token: text, claims, sub, exp }),
      key,
      until: (youngest + rules.clockSkew) * 1_000,
    }
  }

  /** Tries the keys from the one at `next` on. */
  function tryKeys(
    token: UnverifiedToken,
    candidates: readonly VerificationKey[],
    next: number,
  ): Verdict | Promise<Verdict> {
    for (let at = next; at < candidates.length && at < maxTries; at += 1) {
      const key = candidates[at] as VerificationKey
      const signed = isSigned(token.algorithm, key.key, token.input, token.signature)
      if (signed === true) return judge(token, key)
      if (signed !== false)
        return signed.then((right) => (right ? judge(token, key) : tryKeys(token, candidates, at + 1)))
    }
    return candidates.length === 0 ? fault('token-key-unknown', keyOf(token)) : fault('token-signature', keyOf(token))
  }

  const go = (token: UnverifiedToken, found: Found): Verdict | Promise<Verdict> =>
    found.kind === 'unavailable' ? found : tryKeys(token, found.keys, 0)

  return {
    keys,
    verify(token) {
      if (!algorithms.has(token.algorithm)) return fault('token-algorithm', cleaned(token.algorithm))
      if (!types.has(token.type)) return fault('token-type', cleaned(token.type) || 'none')
      const found = keys.find(token.kid, token.algorithm)
      return found instanceof Promise ? found.then((later) => go(token, later)) : go(token, found)
    },
  }
}
