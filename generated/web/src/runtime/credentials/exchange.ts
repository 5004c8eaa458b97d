import { createHash } from 'node:crypto'
import type { Principal } from '../access/principal.ts'
import type { Environment } from '../environment/environment.ts'
import { requiredText } from '../environment/requiredText.ts'
import type { Surroundings } from '../observe/surroundings.ts'
import { createBoundedCache } from '../support/boundedCache.ts'
import type { EndpointClient } from '../support/httpClient.ts'
import type { Credential } from '../vocabulary.ts'
import { callerWithoutToken } from './fixed.ts'
import { createTokenEndpoint } from './tokenEndpoint.ts'
import { createTokenSlot, type TokenSlot } from './tokenSlot.ts'
import type { Apply } from './types.ts'

const cacheBytes = 16 * 1_024 * 1_024
const accessToken = 'urn:ietf:params:oauth:token-type:access_token'

/**
 * Exchanges the caller's token for one with the service's audience (RFC 8693), so that no service gets a token meant for another
 * (rule J9). Cached by the SHA-256 of the caller's token; audience and scopes are those of this one credential.
 */
export function createExchangeCredential(
  written: Extract<Credential, { kind: 'exchange' }>,
  environment: Environment,
  use: string,
  endpoint: EndpointClient,
  surroundings: Surroundings,
): Apply {
  const ask = createTokenEndpoint(written, environment, use, endpoint)
  const parameters = {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    audience: requiredText(environment, written.audience, `${use}: the audience`),
    ...(written.scopes.length === 0 ? {} : { scope: written.scopes.join(' ') }),
    subject_token_type: accessToken,
    requested_token_type: accessToken,
  }
  const slots = createBoundedCache<TokenSlot>(cacheBytes)
  /** Requests with the same token usually share a principal object, so most need no hashing. */
  const digests = new WeakMap<Principal, string>()
  const refused = callerWithoutToken(use)

  function digestOf(principal: Principal, token: string): string {
    let digest = digests.get(principal)
    if (digest === undefined) {
      digest = createHash('sha256').update(token).digest('base64url')
      digests.set(principal, digest)
    }
    return digest
  }

  return ({ principal }, headers) => {
    if (principal === null || principal.token === null) return refused
    const { token } = principal
    const digest = digestOf(principal, token)
    let slot = slots.get(digest)
    if (slot === undefined) {
      slot = createTokenSlot(() => ask({ ...parameters, subject_token: token }), use, surroundings)
      // Measured bytes of the slot, and both tokens.
      slots.set(digest, slot, 2_048 + token.length * 2)
    }
    return slot(headers)
  }
}
