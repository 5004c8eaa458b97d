import type { Environment } from '../environment/environment.ts'
import { requiredText } from '../environment/requiredText.ts'
import type { EndpointClient } from '../support/httpClient.ts'
import { isMembers, type Members } from '../support/values.ts'
import type { EnvText } from '../vocabulary.ts'
import { endpointFault } from '../words/webAddresses.ts'
import { basicAuthorization } from './fixed.ts'

/** Answer of a token endpoint. */
export type Grant =
  | { readonly kind: 'granted'; readonly token: string /** Seconds. */; readonly lifetime: number }
  /** It answered without a usable token. `reason` is a word for the log. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** It did not answer, or failed temporarily (429, 5xx). */
  | { readonly kind: 'unavailable'; readonly reason: string }

/** Requests a token with the parameters of a grant. */
export type TokenEndpoint = (parameters: Readonly<Record<string, string>>) => Promise<Grant>

/** Seconds; for endpoints that do not send `expires_in` (RFC 6749 section 5.1 only recommends it). */
const unstatedLifetime = 60
const longestLifetime = 24 * 60 * 60
/** RFC 6749 section 5.2, RFC 8693 section 2.2.2. Other text of an endpoint is not logged. */
const errorCodes = [
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
  'invalid_target',
]

/** A token endpoint (RFC 6749 section 3.2) that the gateway authenticates to with `client_secret_basic`. */
export function createTokenEndpoint(
  written: { readonly tokenUrl: EnvText; readonly clientId: EnvText; readonly clientSecret: EnvText },
  environment: Environment,
  use: string,
  endpoint: EndpointClient,
): TokenEndpoint {
  const url = requiredText(environment, written.tokenUrl, `${use}: the token URL`)
  const id = requiredText(environment, written.clientId, `${use}: the client id`)
  const secret = requiredText(environment, written.clientSecret, `${use}: the client secret`)
  const fault = url === '' ? null : endpointFault(url)
  if (fault !== null) environment.refuse(`${use}: the token URL (${written.tokenUrl}) ${fault}`)
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    // RFC 6749 section 2.3.1: both parts are form-encoded first.
    authorization: basicAuthorization(formEncoded(id), formEncoded(secret)),
  }
  return async (parameters) => {
    const answer = await endpoint.ask(url, {
      method: 'POST',
      headers,
      body: new URLSearchParams(parameters).toString(),
    })
    if (answer.kind === 'failed') {
      const answered = answer.reason === 'not JSON' || answer.reason === 'too large'
      return { kind: answered ? 'refused' : 'unavailable', reason: answer.reason }
    }
    const { status, body } = answer
    if (status === 200) return isMembers(body) ? readGrant(body) : { kind: 'refused', reason: 'no object' }
    if (status >= 500 || status === 429) return { kind: 'unavailable', reason: `status ${status}` }
    const code = isMembers(body) ? body['error'] : undefined
    const known = typeof code === 'string' && errorCodes.includes(code) ? `, ${code}` : ''
    return { kind: 'refused', reason: `status ${status}${known}` }
  }
}

function readGrant(body: Members): Grant {
  const { access_token: token, token_type: type, expires_in: stated } = body
  // RFC 6750 section 2.1: the characters of a bearer token.
  if (typeof token !== 'string' || !/^[A-Za-z0-9._~+/-]+=*$/.test(token)) return { kind: 'refused', reason: 'no token' }
  if (typeof type !== 'string' || type.toLowerCase() !== 'bearer')
    return { kind: 'refused', reason: 'not a bearer token' }
  if (stated === undefined) return { kind: 'granted', token, lifetime: unstatedLifetime }
  // Some endpoints write the number as text.
  const seconds = typeof stated === 'string' ? Number(stated) : stated
  if (typeof seconds !== 'number' || !(seconds > 0)) return { kind: 'refused', reason: 'no lifetime' }
  return { kind: 'granted', token, lifetime: Math.min(seconds, longestLifetime) }
}

function formEncoded(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1)
}
