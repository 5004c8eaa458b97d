import type { EndpointClient } from '../support/httpClient.ts'
import { isMembers } from '../support/values.ts'
import { addressFault, endpointFault, isLoopback } from '../words/webAddresses.ts'

/** The address of an issuer's keys, or why it could not be obtained. */
export type Discovered =
  | { readonly kind: 'found'; readonly jwks: string }
  | { readonly kind: 'failed'; readonly reason: string }

/**
 * Finds an issuer's JWKS address from its metadata: OpenID Connect Discovery 1.0 section 4, then RFC 8414 section 3. Metadata of
 * another issuer is refused (RFC 8414 section 3.3), and so is a JWKS address without TLS, except on a loopback host or if the
 * issuer's own address has no TLS.
 */
export async function discoverKeys(issuer: string, endpoint: EndpointClient): Promise<Discovered> {
  let first: Discovered | undefined
  for (const address of metadataAddresses(issuer)) {
    const discovered = readMetadata(issuer, await endpoint.ask(address, { method: 'GET' }))
    if (discovered.kind === 'found') return discovered
    first ??= discovered
  }
  return first ?? { kind: 'failed', reason: 'the issuer is not an address' }
}

function metadataAddresses(issuer: string): readonly string[] {
  if (addressFault(issuer) !== null) return []
  const url = new URL(issuer)
  const path = url.pathname.replace(/\/$/, '')
  return [
    `${url.origin}${path}/.well-known/openid-configuration`,
    `${url.origin}/.well-known/oauth-authorization-server${path}`,
  ]
}

function readMetadata(issuer: string, answer: Awaited<ReturnType<EndpointClient['ask']>>): Discovered {
  if (answer.kind === 'failed') return { kind: 'failed', reason: `metadata: ${answer.reason}` }
  if (answer.status !== 200) return { kind: 'failed', reason: `metadata: status ${answer.status}` }
  if (!isMembers(answer.body)) return { kind: 'failed', reason: 'metadata: not an object' }
  if (answer.body['issuer'] !== issuer) return { kind: 'failed', reason: 'metadata: of another issuer' }
  const { jwks_uri: jwks } = answer.body
  const url = typeof jwks === 'string' && endpointFault(jwks) === null ? new URL(jwks) : null
  if (url === null) return { kind: 'failed', reason: 'metadata: no usable jwks_uri' }
  const secure = url.protocol === 'https:' || isLoopback(url.hostname) || issuer.startsWith('http:')
  return secure ? { kind: 'found', jwks: url.href } : { kind: 'failed', reason: 'metadata: jwks_uri without TLS' }
}
