import type { Principal } from '../access/principal.ts'
import type { Environment } from '../environment/environment.ts'
import type { Exchange, Outcome } from '../exchange/exchange.ts'
import { createBoundedCache } from '../support/boundedCache.ts'
import { createEndpointClient } from '../support/httpClient.ts'
import type { Surroundings } from '../support/surroundings.ts'
import type { Client } from '../vocabulary.ts'
import { problem } from '../words/problems.ts'
import { bearerChallenge } from './challenge.ts'
import type { CredentialSource } from './credentialSource.ts'
import { createVerifiers, type JwtAuthenticator } from './issuers.ts'
import type { VerificationKey } from './keySet.ts'
import type { KeySource } from './keySource.ts'
import { fault, readToken } from './token.ts'
import type { Verdict } from './verifier.ts'

interface Entry {
  /** The whole text of the header. */
  readonly value: string
  readonly principal: Principal
  readonly key: VerificationKey
  readonly keys: KeySource
  /** Milliseconds since the epoch. */
  readonly until: number
}

const cacheBytes = 32 * 1_024 * 1_024
/** Characters of `Bearer ` before the token. */
const schemeLength = 7
/**
 * Entries are found by the last characters of the signature, which are as good as random, and then compared as a whole: hashing
 * the whole text of each request's header would take most of the time of a hit.
 */
const tailLength = 32

/**
 * Bearer tokens (RFC 6750) that are JSON Web Tokens, for all of a client type's authenticators of that kind. A token's `iss`
 * chooses who checks it, and only that issuer's keys count.
 *
 * Verified tokens are remembered by the whole text of the header, in which the issuer stands and so the rules that were applied;
 * the memory belongs to this one set of authenticators (rules J3, J6). An entry ends with its token, and with the key it was
 * verified with: what an issuer takes back stops counting with the next refresh of its keys, after five minutes at most.
 */
export function createBearerSource(
  client: Client,
  authenticators: Readonly<Record<string, JwtAuthenticator>>,
  environment: Environment,
  surroundings: Surroundings,
): CredentialSource {
  const { clock, logger } = surroundings
  const endpoint = createEndpointClient()
  const verifiers = createVerifiers(authenticators, environment, endpoint, surroundings)
  const sources = [...verifiers.values()].flat().map(({ keys }) => keys)
  const cache = createBoundedCache<Entry>(cacheBytes)
  const refused = problem('unauthenticated', {
    headers: { 'www-authenticate': bearerChallenge(client, 'invalid_token') },
  })

  async function judge(value: string): Promise<Verdict> {
    if (value.slice(0, schemeLength).toLowerCase() !== 'bearer ') return fault('not a bearer token')
    const token = value.slice(schemeLength).trim()
    const unverified = readToken(token)
    if (unverified.kind === 'fault') return unverified
    let last: Verdict = fault('unknown issuer')
    for (const verifier of verifiers.get(unverified.issuer) ?? []) {
      const verdict = await verifier.verify(token, unverified)
      if (verdict.kind === 'verified') {
        const { principal, key, until } = verdict
        // The text, its parts and the claims made of it.
        const entry = { value, principal, key, keys: verifier.keys, until }
        cache.set(value.slice(-tailLength), entry, 512 + value.length * 6)
        return verdict
      }
      // That keys are missing now must not look like a bad token.
      if (last.kind !== 'unavailable') last = verdict
    }
    return last
  }

  async function verify(value: string, exchange: Exchange): Promise<Outcome> {
    const verdict = await judge(value)
    switch (verdict.kind) {
      case 'verified':
        exchange.principal = verdict.principal
        return undefined
      case 'unavailable':
        return problem('unavailable', { headers: { 'retry-after': String(verdict.retryAfter) } })
      case 'fault':
        logger.debug({ requestId: exchange.requestId, reason: verdict.reason }, 'a token was refused')
        return refused
    }
  }

  // Keys are fetched now, so that the first caller need not wait; nobody waits for it here (rules F12, F13).
  for (const source of sources) source.ready()

  return {
    header: 'authorization',
    check(value, exchange) {
      const tail = value.slice(-tailLength)
      const entry = cache.get(tail)
      if (entry === undefined || entry.value !== value) return verify(value, exchange)
      if (entry.key.retired || clock() >= entry.until) cache.delete(tail)
      else if (entry.keys.reliable()) {
        exchange.principal = entry.principal
        return undefined
      }
      return verify(value, exchange)
    },
    // Each is asked, since asking starts an attempt that is due.
    ready: () => sources.map((source) => source.ready()).every((ready) => ready),
    close: () => endpoint.close(),
  }
}
