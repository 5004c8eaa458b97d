import { isIPv6 } from 'node:net'

const form = /^(?:[A-Za-z0-9_][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*\.?|\[([0-9A-Fa-f:.]+)\])(?::([1-9][0-9]{0,4}))?$/

/**
 * Whether text is a valid value of `Host` (RFC 9110 section 7.2): a name, an IPv4 address or an IPv6 address in brackets, with an
 * optional port from 1 to 65535. Names may have underscores, because names of containers have them.
 */
export function isAuthority(text: string): boolean {
  const found = form.exec(text)
  if (found === null) return false
  const [, address, port] = found
  return (address === undefined || isIPv6(address)) && (port === undefined || Number(port) <= 65_535)
}
