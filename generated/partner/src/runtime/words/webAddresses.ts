/** Why a text is not the address of something that a gateway calls; completes "the address ...". */
export type AddressFault =
  | 'does not begin with http:// or https://'
  | 'cannot be read'
  | 'has user information in it'
  | 'has a query'
  | 'has a fragment'

/** What is wrong with the address of a service or an issuer: scheme, host, and perhaps a port and a base path. `null`: nothing. */
export function addressFault(text: string): AddressFault | null {
  return endpointFault(text, false)
}

/**
 * What is wrong with the address of one endpoint, which may have a query (RFC 6749 section 3.2 for token endpoints). `null`: nothing.
 * An `@` in the path is not user information.
 */
export function endpointFault(text: string, allowsQuery = true): AddressFault | null {
  const [, authority, rest = ''] = /^https?:\/\/([^/?#]*)(.*)$/is.exec(text) ?? []
  if (authority === undefined) return 'does not begin with http:// or https://'
  // The URL standard would take a backslash for a slash, and leave out line breaks and spaces at the ends.
  if (/[\s\\\x00-\x1f\x7f]/.test(text) || !URL.canParse(text)) return 'cannot be read'
  if (authority.includes('@')) return 'has user information in it'
  if (rest.includes('#')) return 'has a fragment'
  return rest.includes('?') && !allowsQuery ? 'has a query' : null
}

/** Whether a host of a URL is this machine (RFC 6761 section 6.3, RFC 5735 section 4). */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127\./.test(hostname)
}
