import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Environment } from '../environment/environment.ts'
import { requiredText } from '../environment/requiredText.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { Surroundings } from '../observe/surroundings.ts'
import type { Authenticator, Client } from '../vocabulary.ts'
import { type Problem, problem } from '../words/problems.ts'
import type { Reason } from '../words/reasons.ts'
import { keyChallenge } from './challenge.ts'
import type { CredentialSource } from './credentialSource.ts'
import { createFailureLimiter } from './failures.ts'
import { createKeyStore, type KeyStore } from './keyStore.ts'
import { type ApiKey, readKey } from './keys.ts'
import { noHash, type StoredKey } from './keyTable.ts'

export type ApiKeyAuthenticator = Extract<Authenticator, { kind: 'api-key' }>

interface Keyring {
  readonly pepper: string
  readonly store: KeyStore
}

type KeyFault = Extract<Reason, 'key-unknown' | 'key-secret' | 'key-expired' | 'key-address'>

/** Characters. An HMAC with a guessable pepper gives no protection. */
const shortestPepper = 16

/**
 * API keys in one header (rule K1), for all authenticators that use it. Every refusal has the same answer and takes the same
 * work: the HMAC of the secret and one comparison in constant time, whether or not the id exists. After too many failures with
 * one id, attempts from that network are answered with 429, also those with the right key (rule K3).
 */
export function createApiKeySource(
  client: Client,
  header: string,
  authenticators: Readonly<Record<string, ApiKeyAuthenticator>>,
  environment: Environment,
  { clock, monotonic, observer }: Surroundings,
): CredentialSource {
  const keyrings = Object.entries(authenticators).map(([name, authenticator]): Keyring => {
    const refuse = (fault: string): void =>
      environment.refuse(`authenticator ${name}: keys (${authenticator.keys}): ${fault}`)
    const pepper = requiredText(environment, authenticator.pepper, `authenticator ${name}: the pepper`)
    if (pepper !== '' && pepper.length < shortestPepper) {
      environment.refuse(
        `authenticator ${name}: the pepper (${authenticator.pepper}) has fewer than ${shortestPepper} characters`,
      )
    }
    const keys = requiredText(environment, authenticator.keys, `authenticator ${name}: keys`)
    return { pepper, store: createKeyStore(keys === '' ? '[]' : keys, name, client.gateway, observer, refuse) }
  })
  const failures = createFailureLimiter(monotonic)
  const headers = { 'www-authenticate': keyChallenge(client) }
  const malformed = problem('unauthenticated', { headers, reason: 'key-malformed' })
  const ambiguous = problem('malformed-request', { reason: 'credential-ambiguous', detail: header })

  /** The stored key, if it is valid now and for this address; else why it is not. */
  function find(key: ApiKey, address: string): StoredKey | KeyFault {
    let found: StoredKey | null = null
    let isKnown = false
    for (const { pepper, store } of keyrings) {
      const stored = store.table().get(key.id)
      const hash = createHmac('sha256', pepper).update(key.secret).digest()
      const equal = timingSafeEqual(hash, stored?.hash ?? noHash)
      if (stored !== undefined) isKnown = true
      if (equal && stored !== undefined) found = stored
    }
    if (found === null) return isKnown ? 'key-secret' : 'key-unknown'
    if (clock() >= found.expires) return 'key-expired'
    return found.addresses === null || found.addresses.has(address) ? found : 'key-address'
  }

  return {
    header,
    check(value, exchange: Exchange) {
      // Node.js joins repeated lines with a comma, which no key contains (rule P3).
      if (value.includes(',')) return ambiguous
      const key = readKey(value)
      if (key === null) return malformed
      const wait = failures.wait(exchange.address, key.id)
      if (wait > 0) return blocked(wait, key.id)
      const found = find(key, exchange.address)
      if (typeof found === 'string') {
        if (failures.failed(exchange.address, key.id)) {
          observer.keyBlocked({ requestId: exchange.requestId, address: exchange.address, key: key.id })
        }
        return problem('unauthenticated', { headers, reason: found, detail: key.id })
      }
      exchange.principal = found.principal
      return undefined
    },
    ready: () => true,
    close() {
      for (const { store } of keyrings) store.close()
    },
  }
}

/** `wait`: milliseconds until the next attempt is checked. */
function blocked(wait: number, key: string): Problem {
  const headers = { 'retry-after': String(Math.ceil(wait / 1_000)) }
  return problem('too-many-requests', { headers, reason: 'key-blocked', detail: key })
}
