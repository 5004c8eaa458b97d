import { decodePercent } from '../words/percent.ts'

const notUnreserved = /[!'()*]/g
/** Text without characters to encode, which is the usual case. */
const unreserved = /^[A-Za-z0-9._~-]*$/

/** As `decodePercent`, with `+` as a space, as in HTML forms. A plus sign itself is sent as `%2B`. */
export function decodeForm(text: string): string | null {
  return decodePercent(text.includes('+') ? text.replaceAll('+', ' ') : text)
}

/** Encodes everything except the unreserved characters (RFC 3986 section 2.3). A lone surrogate becomes U+FFFD. */
export function encodePercent(text: string): string {
  return unreserved.test(text) ? text : encodeURIComponent(wellFormed(text)).replace(notUnreserved, hexOf)
}

/**
 * As `encodePercent`, but keeps the reserved characters that have no meaning in a query (OpenAPI `allowReserved`). Characters
 * that would end a value or be read as a space are still encoded.
 */
export function encodeReserved(text: string): string {
  return encodeURIComponent(wellFormed(text)).replace(/%(?:3A|2F|3F|40|24|2C|3B|3D)/g, decodeURIComponent)
}

/**
 * Encodes one value of a path so that it stays one segment (rule R3). `null` for text that a service may read as another path:
 * empty text, dot segments, and text that a second decoding would turn into dots or slashes.
 */
export function encodeSegment(text: string): string | null {
  if (text === '' || text === '.' || text === '..') return null
  if (text.includes('%') && /%(?:25)*(?:2e|2f|5c)/i.test(text)) return null
  return encodePercent(text)
}

function hexOf(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}

function wellFormed(text: string): string {
  return /\p{Surrogate}/u.test(text) ? text.replace(/\p{Surrogate}/gu, '\ufffd') : text
}
