import type { Principal } from '../access/principal.ts'
import type { Environment } from '../environment/environment.ts'
import type { Exchange, Outcome } from '../exchange/exchange.ts'
import type { Surroundings } from '../observe/surroundings.ts'
import { createBoundedCache } from '../support/boundedCache.ts'
import { createEndpointClient } from '../support/httpClient.ts'
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
  /** The whole value of the header. */
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
 * Entries are looked up by the last characters of the signature, which are effectively random, and then compared as a whole.
 * Hashing the whole header of each request would take most of the time of a cache hit.
 */
const tailLength = 32

/**
 * Bearer tokens (RFC 6750) that are JSON Web Tokens, for all `jwt` authenticators of a client type. A token's `iss` selects the
 * verifiers, and only that issuer's keys are used.
 *
 * Verified tokens are cached by the whole value of the header: it contains the issuer, which determines the rules applied. The
 * cache belongs to this one set of authenticators (rules J3, J6). An entry ends when its token expires or its key is retired: a
 * key that an issuer withdraws is rejected after the next refresh of the keys, at most five minutes later.
 */
export function createBearerSource(
  client: Client,
  authenticators: Readonly<Record<string, JwtAuthenticator>>,
  environment: Environment,
  surroundings: Surroundings,
): CredentialSource {
  const { clock, observer } = surroundings
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
        // Estimated bytes: the header, its parts and the parsed claims.
        const entry = { value, principal, key, keys: verifier.keys, until }
        cache.set(value.slice(-tailLength), entry, 512 + value.length * 6)
        return verdict
      }
      // Keys that are temporarily missing must not be reported as an invalid token.
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
        observer.tokenRefused({ requestId: exchange.requestId, reason: verdict.reason })
        return refused
    }
  }

  // Starts to fetch the keys without waiting for them, so that the first request is not delayed (rules F12, F13).
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
    // Called on every source, since the call starts an attempt that is due.
    ready: () => sources.map((source) => source.ready()).every((ready) => ready),
    close: () => endpoint.close(),
  }
}
