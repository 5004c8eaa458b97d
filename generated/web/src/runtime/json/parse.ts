import { isUtf8 } from 'node:buffer'
import { Reader } from './reader.ts'
import type { JsonValue } from './value.ts'

export interface Json {
  readonly kind: 'json'
  readonly value: JsonValue
  /** Whether a number in it is kept as text; without one, native `JSON.stringify` prints it truly. */
  readonly exact: boolean
}

/** Why a text is not acceptable JSON, and at which byte. Never repeats what was sent. */
export interface JsonFault {
  readonly kind: 'fault'
  readonly detail: string
  readonly offset: number
}

/** Nesting a request may have. */
export const requestDepth = 32
/** Nesting an answer may have when it must be read by our own parser. */
export const answerDepth = 200

/**
 * Reads a request strictly, in one pass (rule P9): UTF-8 without byte order mark, one value per name, no `__proto__`, no
 * `constructor` with a `prototype`, no lone surrogates, bounded nesting. What two parsers could read differently is refused.
 */
export function parseJson(bytes: Buffer, depth: number = requestDepth): Json | JsonFault {
  if (!isUtf8(bytes)) return { kind: 'fault', detail: 'is not valid UTF-8', offset: 0 }
  const text = bytes.toString('utf8')
  if (text.charCodeAt(0) === 0xfeff) return { kind: 'fault', detail: 'starts with a byte order mark', offset: 0 }
  return read(text, depth, true)
}

/** The strict reader for text that has been decoded already, such as a parameter's. */
export function parseJsonText(text: string, depth: number = requestDepth): Json | JsonFault {
  return read(text, depth, true)
}

/**
 * Reads a service's answer: natively where a double holds every number in it, else with our own parser. As with `JSON.parse` the last
 * of two equal names counts; members named `__proto__` are left out; a byte order mark is ignored (RFC 8259 section 8.1).
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

/** `JSON.parse` of a file of our own, with all digits of its numbers. Throws `SyntaxError`, and `RangeError` for a nesting of thousands. */
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
 * Whether 16 digits (and points) stand in a row: fewer always fit a double. Looking at every 16th character finds each such row; a
 * row inside a string only costs the slower parser.
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
