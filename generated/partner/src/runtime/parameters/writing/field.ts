import type { JsonValue } from '../../json/index.ts'
import type { ParameterSchema } from '../../vocabulary.ts'
import { encodePercent } from '../percent.ts'
import { convert, type Pieces } from '../pieces.ts'
import { join, type Writing } from './join.ts'
import { jsonText, piecesOf } from './value.ts'

/** Field values: visible ASCII and inner spaces. Servers disagree about other bytes. */
const fieldValue = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/

/** The text of a header field (style `simple`), not percent-encoded; `null` when it has characters that a field cannot have. */
export function headerText(writing: Writing, pieces: Pieces): string | null {
  return asField(join(writing, pieces))
}

/** Writes a header parameter from a value. */
export function writeHeader(name: string, { style, explode }: ParameterSchema, value: JsonValue): string | null {
  return style === null ? asField(jsonText(value)) : headerText({ name, style, explode }, piecesOf(value))
}

/** Writes a cookie from a value. It is percent-encoded, because a cookie cannot contain a comma or a semicolon. */
export function writeCookie(name: string, { style, explode }: ParameterSchema, value: JsonValue): string {
  if (style === null) return encodePercent(jsonText(value))
  const pieces = piecesOf(value)
  return join({ name, style, explode }, convert(pieces, encodePercent) ?? pieces)
}

function asField(text: string): string | null {
  return fieldValue.test(text) ? text : null
}
