import { isLoopback, leadsToHost } from '../words/redirectHosts.ts'
import { parseUrl } from '../words/urls.ts'

/** The `Location` that is passed on of one that a service sent; `null`: it may not lead there (rule O3). */
export type RedirectTest = (location: string) => string | null

/** Scheme, authority, and path with query. User information, a fragment and what is not in a URI (RFC 3986 appendix A) are not in this form. */
const form = /^(https?):\/\/([A-Za-z0-9._:[\]-]+)((?:[/?][A-Za-z0-9\-._~:/?[\]@!$&'()*+,;=%]*)?)$/i

/** Characters that are not in a URI, but that every reader takes for their escapes. */
const escapable = /["<>^`{|}\x80-\xff]/g

const escaped = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`

/**
 * Makes the test of redirects to hosts outside of the gateway. The text is passed on as it is, because the signature of an address may
 * depend on its spelling; so it must have one reading for all clients. The scheme is https, except for this machine.
 */
export function createRedirectTest(hosts: readonly string[]): RedirectTest {
  return (location) => {
    const text = (location.startsWith('//') ? `https:${location}` : location).replace(escapable, escaped)
    const [, scheme = '', authority] = form.exec(text) ?? []
    if (authority === undefined) return null
    const url = parseUrl(text)
    if (url === null || authority.toLowerCase().replace(defaultPort(scheme), '') !== url.host) return null
    if (url.protocol !== 'https:' && !isLoopback(url.hostname)) return null
    return leadsToHost(url, hosts) ? text : null
  }
}

function defaultPort(scheme: string): RegExp {
  return scheme.toLowerCase() === 'https' ? /:443$/ : /:80$/
}

/** The origin of a `Location`, for the log: the rest may hold a signature. */
export function originOf(location: string): string {
  const origin = parseUrl(location)?.origin ?? 'null'
  return origin === 'null' ? 'not an address with a host' : origin.slice(0, 255)
}
