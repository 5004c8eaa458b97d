import type { Client } from '../vocabulary.ts'

/**
 * `WWW-Authenticate` for a request without a credential: one challenge for each kind that the client type accepts (RFC 9110
 * section 11.6.1), without an error code (RFC 6750 section 3.1).
 */
export function challengeOf(client: Client): string {
  const kinds = new Set(Object.values(client.authenticators).map(({ kind }) => kind))
  const challenges = [
    ...(kinds.has('jwt') ? [bearerChallenge(client)] : []),
    ...(kinds.has('api-key') ? [keyChallenge(client)] : []),
  ]
  return challenges.join(', ')
}

/** RFC 6750 section 3. The error is a code only: details of a refused token would help an attacker. */
export function bearerChallenge(client: Client, error?: 'invalid_token' | 'insufficient_scope'): string {
  const realm = `Bearer realm=${quoted(client.gateway)}`
  return error === undefined ? realm : `${realm}, error="${error}"`
}

/** No scheme is registered for API keys; `ApiKey` is common. */
export function keyChallenge(client: Client): string {
  return `ApiKey realm=${quoted(client.gateway)}`
}

/** A `scope` attribute for a challenge; `''` when a scope has characters that RFC 6749 section 3.3 does not allow. */
export function scopeAttribute(scopes: readonly string[]): string {
  return scopes.every((scope) => /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope)) ? `, scope="${scopes.join(' ')}"` : ''
}

/** Quoted string (RFC 9110 section 5.6.4), without the characters that a header cannot carry. */
function quoted(text: string): string {
  return `"${text.replace(/[^\x20-\x7e]/g, '').replace(/["\\]/g, '\\$&')}"`
}
