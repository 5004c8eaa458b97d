import { isIPv4 } from 'node:net'
import { isAuthority } from './authorities.ts'
import { parseUrl } from './urls.ts'

/**
 * Whether text is an entry of `redirectHosts`: `files.example`, `files.example:8443`, `[2001:db8::1]`, or `*.files.example` for all names
 * below it, which must have at least two labels. Without a port, the port is that of the scheme.
 */
export function isRedirectHost(text: string): boolean {
  const isWild = text.startsWith('*.')
  const authority = isWild ? text.slice(2) : text
  if (!isAuthority(authority)) return false
  const { host } = splitPort(authority.toLowerCase())
  // Other spellings of an address, such as `127.1`, and a dot at the end are not what `Location` is compared with.
  if (host.endsWith('.') || parseUrl(`https://${host}/`)?.hostname !== host) return false
  return !isWild || (host.includes('.') && !host.startsWith('[') && !isIPv4(host))
}

/** Whether an address leads to one of the hosts. Each must satisfy `isRedirectHost`. */
export function leadsToHost({ hostname, port }: Pick<URL, 'hostname' | 'port'>, hosts: readonly string[]): boolean {
  return hosts.some((entry) => {
    const isWild = entry.startsWith('*.')
    const allowed = splitPort(entry.slice(isWild ? 1 : 0).toLowerCase())
    if ((allowed.port === '443' ? '' : allowed.port) !== port) return false
    return isWild ? hostname.endsWith(allowed.host) && hostname.length > allowed.host.length : hostname === allowed.host
  })
}

/** Whether a host of a URL is this machine: only there is `http` allowed. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'))
}

function splitPort(authority: string): { readonly host: string; readonly port: string } {
  const [, host = authority, port = ''] = /^(.*?)(?::(\d+))?$/.exec(authority) ?? []
  return { host, port }
}
