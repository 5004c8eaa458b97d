import { foldText } from '../words/folding.ts'
import { decodePercent } from '../words/percent.ts'

/** What `encodeURIComponent` leaves and RFC 3986 section 2.3 does not list. */
const notUnreserved = /[!'()*]/
const escapes = [..."!'()*"].map(
  (character) => [character, `%${character.charCodeAt(0).toString(16).toUpperCase()}`] as const,
)
/** Text without characters to encode, which is the usual case. */
const unreserved = /^[A-Za-z0-9._~-]*$/

/** As `decodePercent`, with `+` as a space, as in HTML forms. A plus sign itself is sent as `%2B`. */
export function decodeForm(text: string): string | null {
  return decodePercent(replaced(text, '+', ' '))
}

/** Encodes everything except the unreserved characters (RFC 3986 section 2.3). A lone surrogate becomes U+FFFD. */
export function encodePercent(text: string): string {
  if (unreserved.test(text)) return text
  const encoded = encodeURIComponent(wellFormed(text))
  if (!notUnreserved.test(encoded)) return encoded
  return escapes.reduce((rest, [character, encodedAs]) => replaced(rest, character, encodedAs), encoded)
}

/**
 * As `encodePercent`, but keeps the reserved characters that have no meaning in a query (OpenAPI `allowReserved`). Characters
 * that would end a value or be read as a space are still encoded. Some services split a query at `;`, as at `&`, so it would begin
 * a parameter (rule P11).
 */
export function encodeReserved(text: string): string {
  return encodeURIComponent(wellFormed(text)).replace(/%(?:3A|2F|3F|40|24|2C|3D)/g, decodeURIComponent)
}

/**
 * Encodes one value of a path so that it stays one segment (rule R3). `null` for text that a service may read as another path:
 * empty text, dot segments, slashes and backslashes, and text that a second decoding would turn into dots or slashes. `slashes`: the value may
 * have slashes, which are sent encoded; no piece between them may be empty or a dot segment, in any form (`words/folding.ts`).
 */
export function encodeSegment(text: string, slashes: boolean): string | null {
  if (text === '' || text === '.' || text === '..' || text.includes('\\')) return null
  if (slashes ? isBroken(text) || isBroken(foldText(text)) : text.includes('/')) return null
  if (text.includes('%') && /%(?:25)*(?:2e|2f|5c)/i.test(text)) return null
  return encodePercent(text)
}

/** Whether a piece of text with slashes is empty or a dot segment, for some services also where `;` follows. */
function isBroken(text: string): boolean {
  return /[/\\]/.test(text) && /(?:^|[/\\])(?:\.{0,2}(?:[/\\]|$)|\.{1,2};)/.test(text)
}

/** As `replaceAll`, which is five times slower where a text consists of such characters (rule P15). */
function replaced(text: string, character: string, by: string): string {
  return text.includes(character) ? text.split(character).join(by) : text
}

function wellFormed(text: string): string {
  return /\p{Surrogate}/u.test(text) ? text.replace(/\p{Surrogate}/gu, '\ufffd') : text
}
