import { isObject } from '../support/index.ts'
import { escaped } from './characters.ts'
import { Code } from './code.ts'
import { quote, width } from './quote.ts'

/**
 * Prints data as source text in the layout of the project's formatter (Biome: width 120, single quotes, trailing commas), so that
 * formatting an emitted file changes nothing. Where the formatter accepts both layouts, an object that fits stays on one line.
 */
const limit = 120
/** A string whose key is shorter than this stays on the key's line even if it does not fit. */
const shortKey = 5

/** Plain data that JSON can express. */
export type Data = string | number | boolean | null | readonly Data[] | object

/** The position of a value: indentation of its line, and columns used before and after it. */
interface Place {
  readonly indent: number
  readonly before: number
  readonly after: number
}

/** The value with its first line at `indent`; an object has one member per line. */
export function literal(value: Data, indent = 0): Code {
  return new Code(isObject(value) ? objectText(value, indent) : text(value, { indent, before: indent, after: 1 }))
}

/** `key: value`, the value's own members one per line. */
export function member(key: string, value: object, indent: number): Code {
  return new Code(`${keyText(key)}: ${objectText(value, indent)}`)
}

function text(value: Data, place: Place): string {
  if (!isObject(value) && !isArray(value)) return scalar(value)
  if (!mustBreak(value)) {
    const flat = flatText(value, limit - place.before - place.after)
    if (flat !== null) return flat
  }
  return isArray(value) ? arrayText(value, place.indent) : objectText(value, place.indent)
}

function objectText(value: object, indent: number): string {
  const entries: [string, Data][] = Object.entries(value)
  if (entries.length === 0) return '{}'
  const pad = ' '.repeat(indent + 2)
  const lines = entries.map(([key, item]) => `${pad}${memberText(key, item, indent + 2)},\n`)
  return `{\n${lines.join('')}${' '.repeat(indent)}}`
}

function memberText(key: string, value: Data, indent: number): string {
  const name = keyText(key)
  const before = indent + width(name) + 2
  const printed = text(value, { indent, before, after: 1 })
  const breaks = typeof value === 'string' && name.length >= shortKey && before + width(printed) + 1 > limit
  return breaks ? `${name}:\n${' '.repeat(indent + 2)}${printed}` : `${name}: ${printed}`
}

function arrayText(value: readonly Data[], indent: number): string {
  if (value.length === 0) return '[]'
  const pad = ' '.repeat(indent + 2)
  const items = value.map((item) => text(item, { indent: indent + 2, before: indent + 2, after: 1 }))
  const lines = value.length > 1 && value.every((item) => typeof item === 'number') ? filled(items, indent + 2) : items
  return `[\n${lines.map((line) => `${pad}${line},\n`).join('')}${' '.repeat(indent)}]`
}

/** Numbers, several per line. */
function filled(items: readonly string[], indent: number): string[] {
  const lines: string[] = []
  for (const item of items) {
    const last = lines.at(-1)
    if (last !== undefined && indent + last.length + item.length + 3 <= limit)
      lines[lines.length - 1] = `${last}, ${item}`
    else lines.push(item)
  }
  return lines
}

/** The value on one line, or `null` when it takes more than `room` columns. */
function flatText(value: Data, room: number): string | null {
  if (!isObject(value) && !isArray(value)) {
    const printed = scalar(value)
    return width(printed) > room ? null : printed
  }
  const entries: [string, Data][] = isArray(value)
    ? value.map((item) => ['', item])
    : Object.entries(value).map(([key, item]: [string, Data]) => [`${keyText(key)}: `, item])
  if (entries.length === 0) return isArray(value) ? '[]' : '{}'
  const [open, close] = isArray(value) ? ['[', ']'] : ['{ ', ' }']
  let out = open
  for (const [index, [lead, item]] of entries.entries()) {
    out += (index === 0 ? '' : ', ') + lead
    const flat = flatText(item, room - width(out) - close.length)
    if (flat === null) return null
    out += flat
  }
  out += close
  return width(out) > room ? null : out
}

/** The formatter never puts several objects, or several lists, that have more than one member each on one line. */
function mustBreak(value: Data): boolean {
  if (isObject(value)) return Object.values(value).some(mustBreak)
  if (!isArray(value)) return false
  if (value.length > 1 && value.every((item) => isObject(item) && Object.keys(item).length > 1)) return true
  if (value.length > 1 && value.every((item) => isArray(item) && item.length > 1)) return true
  return value.some(mustBreak)
}

function scalar(value: string | number | boolean | null): string {
  if (typeof value === 'string') return quote(value)
  if (typeof value === 'number' && Number.isFinite(value))
    return Object.is(value, -0) ? '-0' : String(value).replace('e+', 'e')
  if (typeof value === 'boolean' || value === null) return String(value)
  throw new TypeError(`${typeof value} ${String(value)} is not data`)
}

/** A key in ASCII: an identifier if possible, else quoted. `__proto__` is computed, because a plain key would set the prototype. */
function keyText(key: string): string {
  if (key === '__proto__') return `['__proto__']`
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(key) ? key : quote(key).replace(/[^ -~]/g, escaped)
}

function isArray(value: Data): value is readonly Data[] {
  return Array.isArray(value)
}
