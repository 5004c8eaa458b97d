const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i
const octet = /^(?:\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])$/
const hextet = /^[0-9a-f]{1,4}$/i
const dotAtom = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i
const quotedText = /^"(?:[ !#-[\]-~]|\\[ -~])*"$/
const ipv6Tag = /^IPv6:/i

/** RFC 1123 section 2.1: labels of letters, digits and inner hyphens; a trailing dot is allowed. */
export function isHostname(text: string): boolean {
  const name = text.endsWith('.') ? text.slice(0, -1) : text
  return name.length <= 253 && name.split('.').every((part) => label.test(part))
}

/** RFC 2673 section 3.2. */
export function isIpv4(text: string): boolean {
  if (text.length > 15) return false
  const parts = text.split('.')
  return parts.length === 4 && parts.every((part) => octet.test(part))
}

/** RFC 4291 section 2.2, all three forms. */
export function isIpv6(text: string): boolean {
  if (text.length > 45) return false
  const halves = text.split('::')
  const [head = '', tail] = halves
  if (halves.length > 2) return false
  const whole = tail === undefined
  const left = count(head, whole)
  const right = whole ? 0 : count(tail, true)
  if (left < 0 || right < 0) return false
  return whole ? left === 8 : left + right <= 7
}

/** Number of 16-bit groups in the text; -1 when it is not well-formed. Only the end of an address may be in dotted form. */
function count(text: string, last: boolean): number {
  if (text === '') return 0
  const groups = text.split(':')
  const end = groups.at(-1) ?? ''
  if (last && end.includes('.')) {
    return isIpv4(end) && groups.slice(0, -1).every((group) => hextet.test(group)) ? groups.length + 1 : -1
  }
  return groups.every((group) => hextet.test(group)) ? groups.length : -1
}

/**
 * A mailbox (RFC 5321 section 4.1.2): a dot-atom or quoted text before the at sign; a host name, also of one label, or an address in
 * brackets after it.
 */
export function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@')
  if (at < 0) return false
  const local = text.slice(0, at)
  return (dotAtom.test(local) || quotedText.test(local)) && isMailDomain(text.slice(at + 1))
}

function isMailDomain(text: string): boolean {
  if (!text.startsWith('[')) return !text.endsWith('.') && isHostname(text)
  if (!text.endsWith(']')) return false
  const address = text.slice(1, -1)
  return ipv6Tag.test(address) ? isIpv6(address.slice(5)) : isIpv4(address)
}
