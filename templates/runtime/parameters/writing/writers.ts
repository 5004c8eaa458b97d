import { isArray, isObject, type JsonValue } from '../../json/index.ts'
import type { ParameterSchema } from '../../vocabulary.ts'
import { encodePercent, encodeSegment } from '../percent.ts'
import { convert } from '../pieces.ts'
import { fieldText, headerText } from './field.ts'
import { join } from './join.ts'
import { pathText } from './path.ts'
import { bracketed, encoderOf, type FormWriting, joinContent, joinForm } from './query.ts'
import { jsonText, piecesOf, textOf } from './value.ts'

/** Writes a path parameter from a value of the gateway's own code, which may have slashes. */
export function writePath(name: string, { style, explode }: ParameterSchema, value: JsonValue): string | null {
  return style === null
    ? encodeSegment(jsonText(value), true)
    : pathText({ name, style, explode }, piecesOf(value), true)
}

/** Writes a header parameter from a value. */
export function writeHeader(name: string, { style, explode }: ParameterSchema, value: JsonValue): string | null {
  return style === null ? fieldText(jsonText(value)) : headerText({ name, style, explode }, piecesOf(value))
}

/** Writes a cookie from a value. It is percent-encoded, because a cookie cannot contain a comma or a semicolon. */
export function writeCookie(name: string, { style, explode }: ParameterSchema, value: JsonValue): string {
  if (style === null) return encodePercent(jsonText(value))
  const pieces = piecesOf(value)
  return join({ name, style, explode }, convert(pieces, encodePercent) ?? pieces)
}

/** Writes a query parameter from a value: pairs joined by `&`; `''` for an empty list or object. */
export function writeQuery(name: string, writing: FormWriting, value: JsonValue): string {
  if (writing.style === null) return joinContent(name, writing, jsonText(value))
  if (writing.style === 'deepObject') return deepPairs(encodePercent(name), value, encoderOf(writing)).join('&')
  return joinForm(name, writing, piecesOf(value))
}

/**
 * `filter[status]=open`. OpenAPI does not define nested lists and objects; they are written as most servers read them:
 * `items[0][sku]=x`.
 */
function deepPairs(key: string, value: JsonValue, encode: (text: string) => string): readonly string[] {
  if (!isArray(value) && !isObject(value)) return [`${key}=${encode(textOf(value))}`]
  return Object.entries(value).flatMap(([name, member]) => deepPairs(bracketed(key, name), member, encode))
}
