import { getHeapStatistics } from 'node:v8'
import type { Principal } from '../access/principal.ts'
import type { Environment } from '../environment/environment.ts'
import type { Exchange, Outcome } from '../exchange/exchange.ts'
import type { Surroundings } from '../observe/surroundings.ts'
import { createBoundedCache } from '../support/boundedCache.ts'
import { createEndpointClient } from '../support/httpClient.ts'
import type { Client } from '../vocabulary.ts'
import { type Problem, problem } from '../words/problems.ts'
import { bearerChallenge } from './challenge.ts'
import { createClaimsMemory } from './claimsMemory.ts'
import type { CredentialSource } from './credentialSource.ts'
import { createVerifiers, type JwtAuthenticator } from './issuers.ts'
import type { VerificationKey } from './keySet.ts'
import type { KeySource } from './keySource.ts'
import { fault, readToken, type TokenFault, type UnverifiedToken } from './token.ts'
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

/** Characters of `Bearer ` before the token. */
const schemeLength = 7
/**
 * Entries are looked up by the last characters of the signature, which are effectively random, and then compared as a whole.
 * Hashing the whole header of each request would take most of the time of a cache hit.
 */
const tailLength = 32
/** Measured bytes of an entry besides its header (370), where scopes and roles are shared. */
const entryBytes = 400
/** Part of the memory for tokens that is for parsed claims. */
const claimsPart = 1 / 8
/** Part of the heap that the memory for tokens may take, however much the manifest grants. */
const heapPart = 1 / 4

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
  const { clock } = surroundings
  const endpoint = createEndpointClient()
  const maxBytes = Math.min(client.tokenCache, getHeapStatistics().heap_size_limit * heapPart)
  const memory = createClaimsMemory(maxBytes * claimsPart)
  const verifiers = createVerifiers(authenticators, environment, endpoint, memory, surroundings)
  const sources = [...verifiers.values()].flat().map(({ keys }) => keys)
  const isOver = ({ key, until }: Entry): boolean => key.retired || clock() >= until
  const cache = createBoundedCache<Entry>(maxBytes * (1 - claimsPart), isOver)
  const headers = { 'www-authenticate': bearerChallenge(client, 'invalid_token') }

  /** Judges a token by the verifiers of its issuer, from the one at `next` on. `last` is the verdict of those before. */
  function ask(value: string, token: UnverifiedToken, next: number, last: Verdict): Verdict | Promise<Verdict> {
    const verifier = verifiers.get(token.issuer)?.[next]
    if (verifier === undefined) return last
    const go = (verdict: Verdict): Verdict | Promise<Verdict> => {
      // Keys that are temporarily missing must not be reported as an invalid token.
      if (verdict.kind !== 'verified') return ask(value, token, next + 1, last.kind === 'unavailable' ? last : verdict)
      const { principal, bytes, key, until } = verdict
      const entry = { value, principal, key, keys: verifier.keys, until }
      cache.set(value.slice(-tailLength), entry, entryBytes + value.length + bytes)
      return verdict
    }
    const verdict = verifier.verify(token)
    return verdict instanceof Promise ? verdict.then(go) : go(verdict)
  }

  function judge(value: string): Verdict | Promise<Verdict> {
    if (value.slice(0, schemeLength).toLowerCase() !== 'bearer ') return fault('scheme-unsupported')
    // Only spaces before the token. What `trim` removes besides, such as U+00A0, would give one token many cache entries.
    const token = readToken(value.slice(schemeLength).replace(/^ +/, ''))
    return token.kind === 'fault' ? token : ask(value, token, 0, fault('token-issuer'))
  }

  function refusal({ reason, detail }: TokenFault): Problem {
    return problem('unauthenticated', detail === undefined ? { headers, reason } : { headers, reason, detail })
  }

  function conclude(verdict: Verdict, exchange: Exchange): Outcome {
    switch (verdict.kind) {
      case 'verified':
        exchange.principal = verdict.principal
        return undefined
      case 'unavailable':
        return problem('unavailable', {
          headers: { 'retry-after': String(verdict.retryAfter) },
          reason: 'issuer-keys-unavailable',
        })
      case 'fault':
        return refusal(verdict)
    }
  }

  function verify(value: string, exchange: Exchange): Outcome | Promise<Outcome> {
    const verdict = judge(value)
    return verdict instanceof Promise ? verdict.then((later) => conclude(later, exchange)) : conclude(verdict, exchange)
  }

  // Starts to fetch the keys without waiting for them, so that the first request is not delayed (rules F12, F13).
  for (const source of sources) source.ready()

  return {
    header: 'authorization',
    check(value, exchange) {
      const tail = value.slice(-tailLength)
      const entry = cache.get(tail)
      if (entry === undefined || entry.value !== value) return verify(value, exchange)
      if (isOver(entry)) cache.delete(tail)
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
