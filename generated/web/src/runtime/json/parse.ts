import { isUtf8 } from 'node:buffer'
import { Reader } from './reader.ts'
import type { JsonValue } from './value.ts'

export interface Json {
  readonly kind: 'json'
  readonly value: JsonValue
  /** Whether it contains a number kept as text. Without one, `JSON.stringify` prints it exactly. */
  readonly exact: boolean
}

/** Why text is not accepted as JSON, and the byte offset. Never contains the text. */
export interface JsonFault {
  readonly kind: 'fault'
  readonly detail: string
  readonly offset: number
}

/** Maximum levels of nesting in a request. */
export const requestDepth = 32
/** Maximum levels of nesting in an answer that `Reader` parses. */
export const answerDepth = 200

/**
 * Parses a request strictly, in one pass (rule P9): UTF-8 without byte order mark, one value per name, no `__proto__`, no
 * `constructor` with a `prototype`, no lone surrogates, limited nesting. Text that two parsers could read differently is refused.
 */
export function parseJson(bytes: Buffer, depth: number = requestDepth): Json | JsonFault {
  if (!isUtf8(bytes)) return { kind: 'fault', detail: 'is not valid UTF-8', offset: 0 }
  const text = bytes.toString('utf8')
  if (text.charCodeAt(0) === 0xfeff) return { kind: 'fault', detail: 'starts with a byte order mark', offset: 0 }
  return read(text, depth, true)
}

/** As `parseJson`, for text that is already decoded, such as that of a parameter. */
export function parseJsonText(text: string, depth: number = requestDepth): Json | JsonFault {
  return read(text, depth, true)
}

/**
 * Parses a service's answer: with `JSON.parse` where doubles hold all its numbers exactly, else with `Reader`. Of several equal
 * names the last counts, as with `JSON.parse`. Members named `__proto__` are dropped. A byte order mark is ignored (RFC 8259
 * section 8.1).
 */
export function parseAnswer(bytes: Buffer): Json | JsonFault {
  if (!isUtf8(bytes)) return { kind: 'fault', detail: 'is not valid UTF-8', offset: 0 }
  const whole = bytes.toString('utf8')
  const text = whole.charCodeAt(0) === 0xfeff ? whole.slice(1) : whole
  if (needsReader(text)) return read(text, answerDepth, false)
  try {
    const value: JsonValue = JSON.parse(text)
    return { kind: 'json', value, exact: false }
  } catch {
    return read(text, answerDepth, false)
  }
}

/**
 * Parses a generated file as `JSON.parse` does, but keeps all digits of its numbers. Throws `SyntaxError`, and `RangeError` for
 * thousands of levels of nesting.
 */
export function parseData(text: string): JsonValue {
  const value: JsonValue = JSON.parse(text)
  if (!hasLongNumber(text)) return value
  const exact = read(text, Number.POSITIVE_INFINITY, false)
  return exact.kind === 'json' && exact.exact ? exact.value : value
}

const scientific = /(?:^|[:[,\s])-?[0-9.]+[eE]/

function needsReader(text: string): boolean {
  return hasLongNumber(text) || scientific.test(text) || mayNamePrototype(text)
}

function mayNamePrototype(text: string): boolean {
  return text.includes('__proto__') || (text.includes('\\u') && /\\u00(?:5[fF]|[67])/.test(text))
}

/**
 * Whether the text has 16 digits or points in a row; fewer always fit a double. Each such row includes a tested character,
 * because every 16th is tested. A row inside a string only leads to the slower parser.
 */
function hasLongNumber(text: string): boolean {
  for (let at = 15; at < text.length; at += 16) {
    if (!isNumeric(text.charCodeAt(at))) continue
    let from = at
    while (from > 0 && isNumeric(text.charCodeAt(from - 1))) from -= 1
    let to = at + 1
    while (to < text.length && to - from < 16 && isNumeric(text.charCodeAt(to))) to += 1
    if (to - from >= 16) return true
  }
  return false
}

function isNumeric(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || code === 0x2e
}

function read(text: string, depth: number, strict: boolean): Json | JsonFault {
  const reader = new Reader(text, depth, strict)
  const value = reader.document()
  if (value === undefined) {
    const offset = Buffer.byteLength(text.slice(0, reader.position))
    return { kind: 'fault', detail: reader.fault, offset }
  }
  return { kind: 'json', value, exact: reader.exact }
}
