import { isArray, isObject, JsonNumber, type JsonValue, stringifyJson } from '../../json/index.ts'
import type { Pieces } from '../pieces.ts'

/** A value as the texts that a style delimits. Nested values are JSON text, because OpenAPI does not define how they are written. */
export function piecesOf(value: JsonValue): Pieces {
  if (isArray(value)) return { kind: 'array', items: value.map(textOf) }
  if (!isObject(value)) return { kind: 'scalar', text: textOf(value) }
  return { kind: 'object', members: Object.entries(value).map(([name, member]) => [name, textOf(member)]) }
}

/** The text of one value, with all digits of a number; `null` is the empty text. */
export function textOf(value: JsonValue): string {
  if (value === null) return ''
  if (value instanceof JsonNumber) return value.text
  return typeof value === 'object' ? jsonText(value) : String(value)
}

/** JSON text of a parameter whose value is one media type (`content`). Throws a RangeError for a value that is nested too deeply. */
export function jsonText(value: JsonValue): string {
  const text = stringifyJson(value)
  if (text === null) throw new RangeError('a parameter is nested too deeply')
  return text
}
