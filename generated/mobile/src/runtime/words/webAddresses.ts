import { isIPv4 } from 'node:net'
import { parseUrl } from './urls.ts'

/** Why text is not an address that a gateway can call. Completes the sentence "the address ...". */
export type AddressFault =
  | 'does not begin with http:// or https://'
  | 'cannot be read'
  | 'has user information in it'
  | 'has a query'
  | 'has a fragment'

/**
 * What is wrong with the address of a service or an issuer: scheme and host, with an optional port and base path. `null`: it is
 * valid.
 */
export function addressFault(text: string): AddressFault | null {
  return endpointFault(text, false)
}

/**
 * What is wrong with the address of one endpoint, which may have a query (RFC 6749 section 3.2 for token endpoints). `null`: it
 * is valid. An `@` in the path is not user information.
 */
export function endpointFault(text: string, allowsQuery = true): AddressFault | null {
  const [, authority, rest = ''] = /^https?:\/\/([^/?#]*)(.*)$/is.exec(text) ?? []
  if (authority === undefined) return 'does not begin with http:// or https://'
  // `URL` reads a backslash as a slash, and drops line breaks and spaces at the ends.
  const url = /[\s\\\x00-\x1f\x7f]/.test(text) ? null : parseUrl(text)
  if (url === null) return 'cannot be read'
  // `URL` skips further slashes: the host of `http:///user:secret@h` is `h`.
  const { username, password } = url
  if (authority.includes('@') || username !== '' || password !== '') return 'has user information in it'
  if (authority === '') return 'cannot be read'
  if (rest.includes('#')) return 'has a fragment'
  return rest.includes('?') && !allowsQuery ? 'has a query' : null
}

/** Whether a host of a URL is this machine (RFC 6761 section 6.3, RFC 5735 section 4). */
export function isLoopback(hostname: string): boolean {
  if (isIPv4(hostname)) return hostname.startsWith('127.')
  return hostname === '[::1]' || /(?:^|\.)localhost\.?$/.test(hostname)
}
