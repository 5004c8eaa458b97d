import { work } from '../../json/index.ts'
import { isIpv6 } from './net.ts'

// RFC 3986: the text is split at its delimiters (appendix B), and each part is checked by one character class.

const scheme = /^[a-z][a-z0-9+.-]*$/i
const path = /^(?:[a-z0-9._~!$&'"()*+,;=:@/-]|%[0-9a-f]{2})*$/i
const tail = /^(?:[a-z0-9._~!$&'"()*+,;=:@/?-]|%[0-9a-f]{2})*$/i
const literalHost = /^\/?\/(?:(?:[a-z0-9._~!$&'()*+,;=:-]|%[0-9a-f]{2})*@)?\[([^[\]]*)\](?::\d*)?(?=\/|$)/i
const future = /^v[0-9a-f]+\.[a-z0-9._~!$&'()*+,;=:-]+$/i

/** RFC 3986 section 3: a scheme, and a path or authority that is not empty. */
export function isUri(text: string): boolean {
  const rest = afterScheme(text)
  return rest !== null && hasParts(rest, false)
}

/** RFC 3986 section 4.1: a URI or a relative reference. */
export function isUriReference(text: string): boolean {
  const rest = afterScheme(text)
  return hasParts(text, true) || (rest !== null && hasParts(rest, true))
}

function afterScheme(text: string): string | null {
  const colon = text.indexOf(':')
  return colon > 0 && scheme.test(text.slice(0, colon)) ? text.slice(colon + 1) : null
}

/** Whether text is an authority or path with an optional query and fragment. */
function hasParts(text: string, mayBeEmpty: boolean): boolean {
  const hash = text.indexOf('#')
  if (hash >= 0 && !tail.test(text.slice(hash + 1))) return false
  const beforeHash = hash < 0 ? text : text.slice(0, hash)
  const mark = beforeHash.indexOf('?')
  if (mark >= 0 && !tail.test(beforeHash.slice(mark + 1))) return false
  const hierarchy = mark < 0 ? beforeHash : beforeHash.slice(0, mark)
  return hierarchy === '' ? mayBeEmpty : isHierarchy(hierarchy)
}

/** All characters of an authority are also allowed in a path, except the brackets around an address. */
function isHierarchy(text: string): boolean {
  if (path.test(text)) return true
  const [head = '', address = ''] = literalHost.exec(text) ?? []
  return head !== '' && (isIpv6(address) || future.test(address)) && path.test(text.slice(head.length))
}

const variable = /^(?:[a-z0-9_]|%[0-9a-f]{2})+(?::[1-9]\d{0,3}|\*)?$/i
const literal = /^(?:[^\0- "'<>%\\^`{|}]|%[0-9a-f]{2})*$/i

/** RFC 6570. */
export function isUriTemplate(text: string): boolean {
  // Nearly every character may begin an expression or a variable, which are texts of their own.
  work.spend(text.length * 3)
  const [head = '', ...expressions] = text.split('{')
  return literal.test(head) && expressions.every(isExpression)
}

/** Whether the text after an opening brace is an expression, followed by literals. */
function isExpression(text: string): boolean {
  const close = text.indexOf('}')
  if (close < 0 || !literal.test(text.slice(close + 1))) return false
  const inner = text.slice(0, close)
  const variables = /^[+#./;?&=,!@|]/.test(inner) ? inner.slice(1) : inner
  return variables.split(',').every((one) => variable.test(one))
}
