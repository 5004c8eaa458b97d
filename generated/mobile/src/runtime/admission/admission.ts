import { segmentBytes } from '../matching/segment.ts'
import { type Problem, problem } from '../words/problems.ts'

/**
 * What a request must look like before anything else looks at it. It is refused or taken as it is, never repaired: whatever
 * stands in front of the gateway or behind it must not be able to read a message differently.
 */

/** The most header fields, and bytes of `Cookie` and of the request target. */
export const limits = { headers: 100, cookie: 8192, target: 4096 } as const

const malformed = problem('malformed-request', { close: true })

/** Fields that mean one thing at most: a second line is an attempt to be read in two ways. */
const singletons = [
  'host',
  'authorization',
  'content-type',
  'content-length',
  'transfer-encoding',
  'content-encoding',
  'origin',
  'cookie',
  'x-api-key',
  'x-csrf',
  'dpop',
  'idempotency-key',
  'upgrade',
  'expect',
  'sec-websocket-key',
]

const fieldName = /^[A-Za-z0-9-]+$/

const titled = (name: string) => name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase())

/** Names that are common and harmless, so that they are looked up instead of matched. */
const common = [
  'accept',
  'accept-encoding',
  'accept-language',
  'cache-control',
  'connection',
  'if-match',
  'if-none-match',
  'referer',
  'sec-fetch-dest',
  'sec-fetch-mode',
  'sec-fetch-site',
  'traceparent',
  'user-agent',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-request-id',
]

/**
 * Makes the check of header fields as received (name, value, name, value, ...). Node.js has refused control characters in their
 * values by then, but takes names that other programs read as another's (`X_User_Id`). `secrets` are further names that may occur
 * once, such as the header of an API key.
 */
export function createHeaderCheck(secrets: readonly string[]): (rawHeaders: readonly string[]) => Problem | undefined {
  const bits = new Map<string, number>()
  for (const name of common) bits.set(name, 0).set(titled(name), 0)
  const unique = [...new Set([...singletons, ...secrets.map((name) => name.toLowerCase())])]
  for (const [i, name] of unique.entries()) bits.set(name, 1 << i).set(titled(name), 1 << i)

  return (rawHeaders) => {
    if (rawHeaders.length > 2 * limits.headers) return problem('headers-too-large', { close: true })
    let seen = 0
    for (let i = 0; i < rawHeaders.length; i += 2) {
      const name = rawHeaders[i] ?? ''
      const value = rawHeaders[i + 1] ?? ''
      let bit = bits.get(name)
      if (bit === undefined) {
        if (!fieldName.test(name)) return malformed
        bit = bits.get(name.toLowerCase()) ?? 0
      }
      if ((seen & bit) !== 0) return malformed
      seen |= bit
      if (value.length > limits.cookie && name.toLowerCase() === 'cookie')
        return problem('headers-too-large', { close: true })
    }
    return undefined
  }
}

/**
 * The framing of a body must have one reading (RFC 9112 section 6.1): `Transfer-Encoding` is exactly `chunked`, in HTTP/1.1,
 * and without `Content-Length`.
 */
export function checkFraming(
  httpVersion: string,
  transferEncoding: string | undefined,
  contentLength: string | undefined,
): Problem | undefined {
  if (httpVersion !== '1.1' && httpVersion !== '1.0') return malformed
  if (transferEncoding === undefined) return undefined
  if (transferEncoding !== 'chunked' || httpVersion !== '1.1' || contentLength !== undefined) return malformed
  return undefined
}

export interface Target {
  readonly path: string
  /** Without `?`; `''` where there is none. */
  readonly query: string
}

/** `*` is the target of a server-wide OPTIONS. */
export const asterisk: Target = { path: '*', query: '' }

/** Reads a request target (RFC 9112 section 3.2): origin form, absolute form for the same `Host`, or `*` with OPTIONS. */
export function readTarget(method: string, target: string, host: string | undefined): Target | Problem {
  if (target.length > limits.target) return problem('uri-too-long')
  if (target === '*') return method === 'OPTIONS' ? asterisk : malformed
  let from = 0
  if (target.charCodeAt(0) !== 0x2f) {
    const absolute = /^https?:\/\/([^/?#]+)/i.exec(target)
    if (absolute?.[1] === undefined || absolute[1].toLowerCase() !== host?.toLowerCase()) return malformed
    from = absolute[0].length
  }
  const mark = target.indexOf('?', from)
  const path = target.slice(from, mark < 0 ? undefined : mark)
  return { path: path === '' ? '/' : path, query: mark < 0 ? '' : target.slice(mark + 1) }
}

const plain = 1
const slash = 2
const percent = 3
const semicolon = 4
const dot = 5

/** RFC 3986 section 3.3, by character code; 0: not allowed in a path. */
const pathCharacters = new Uint8Array(256)
for (const character of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~!$&'()*+,=:@") {
  pathCharacters[character.charCodeAt(0)] = plain
}
pathCharacters[0x2f] = slash
pathCharacters[0x25] = percent
pathCharacters[0x3b] = semicolon
pathCharacters[0x2e] = dot

/** What a second decoding would turn into a dot, a slash, a backslash, a percent sign or a control character. */
const encodedTwice = /%(?:2[ef5]|5c|[01][0-9a-f]|7f)/i

/**
 * Whether an encoded path has exactly one reading: only the characters of RFC 3986, well-formed escapes of UTF-8, no empty
 * segment but the last, no dot segment, no encoded slash, backslash or control character, nothing encoded twice.
 * `;` passes here: whether it is a matrix parameter is for the matched route to say.
 */
export function isCleanPath(path: string): boolean {
  if (path.charCodeAt(0) !== 0x2f) return false
  /** Characters of the segment so far, and how many of them are dots as long as all are; else -1. */
  let length = 0
  let dots = 0
  let twice = false
  let utf8 = false

  for (let i = 1; i < path.length; i++) {
    let kind = pathCharacters[path.charCodeAt(i)] ?? 0
    if (kind === plain) {
      length++
      dots = -1
      continue
    }
    if (kind === 0) return false
    if (kind === slash) {
      if (length === 0 || dots === 1 || dots === 2) return false
      length = 0
      dots = 0
      continue
    }
    if (kind === percent) {
      if (!isHex(path.charCodeAt(i + 1)) || !isHex(path.charCodeAt(i + 2))) return false
      const code = Number.parseInt(path.slice(i + 1, i + 3), 16)
      if (code < 0x20 || code === 0x2f || code === 0x5c || code === 0x7f) return false
      twice ||= code === 0x25
      utf8 ||= code > 0x7f
      kind = code === 0x2e ? dot : plain
      i += 2
    }
    if (kind === semicolon && (dots === 1 || dots === 2)) return false
    length++
    dots = kind === dot && dots >= 0 ? dots + 1 : -1
  }
  if (dots === 1 || dots === 2) return false
  return !(twice && encodedTwice.test(segmentBytes(path))) && !(utf8 && !isUtf8(path))
}

function isHex(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66)
}

function isUtf8(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

/** A query may carry any visible ASCII character but `#`; what it means is for `validate`. */
export function isCleanQuery(query: string): boolean {
  return !/[^\x21\x22\x24-\x7e]/.test(query)
}

const authority = /^(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?$/

/**
 * Makes the check of `Host`. An allowed authority without a port goes with every port; `null` allows any that is well-formed.
 * The host of a request is never used for anything else.
 */
export function createHostCheck(allowed: readonly string[] | null): (host: string | undefined) => Problem | undefined {
  const known = allowed === null ? null : new Set(allowed.map((host) => host.toLowerCase()))
  let last: string | null = null
  return (host) => {
    if (host === undefined) return malformed
    if (host === last) return undefined
    if (!authority.test(host)) return malformed
    const name = host.toLowerCase()
    if (known !== null && !known.has(name) && !known.has(name.replace(/:[0-9]+$/, '')))
      return problem('misdirected-request')
    last = host
    return undefined
  }
}

export function isAuthority(value: string): boolean {
  return authority.test(value)
}
