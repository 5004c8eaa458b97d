import { isUtf8 } from 'node:buffer'
import { type JsonValue, maxNumber, parseAnswer, parseJson, requestDepth, stringifyJson } from '../../json/index.ts'
import type { Schema } from '../../vocabulary.ts'
import type { Check } from '../fault.ts'
import type { Direction } from '../keywords/scope.ts'
import { countAt, isNeutral, type Node, schemaAt, schemaMapAt, stringsAt, textAt } from '../node.ts'
import type { Project } from '../project/project.ts'
import type { Schemas } from '../schemas.ts'
import { createReadName, malformed } from './names.ts'
import { Pass, pieceSize } from './pass.ts'

/**
 * The result of a scan; a string has one character for each byte. `null`: the text does not fit, or has syntax that the scanner
 * does not support. It must then be parsed, checked and projected, which also finds the faults.
 */
export type Scanned = Buffer | string | null | Rest

/** Scans the next piece of a long text. */
export type Rest = () => Scanned

/**
 * Checks and projects the bytes of a text in one pass, without creating the value. The result is equivalent to
 * what the parser gives. A long answer is scanned in pieces, so that other requests are served in between.
 * `piece`: bytes of a piece.
 */
export type Scanner = (bytes: Buffer, piece?: number) => Scanned

/**
 * Checks the bytes of a request in one pass, without creating the value. True: the strict parser accepts them, the value fits, and
 * each member is declared. False: they must be parsed and checked, which also finds the faults.
 */
export type Acceptance = (bytes: Buffer) => boolean

/** Reads one value. False: left to the parser. */
type Scan = (text: Pass, depth: number) => boolean

export interface ScannerOptions {
  /** Requests are read as strictly as by `parseJson`, and nothing is left out of them. */
  readonly direction: Direction
  readonly schemas: Schemas
  readonly compile: (schema: Schema) => Check
  readonly projector: (schema: Schema) => Project
  /** Whether values are checked. If not, values of an undocumented type are still left to the parser. */
  readonly checked: boolean
}

const answerDepth = 100

/** Names that the strict parser accepts only under conditions. */
const conditional = ['__proto__', 'constructor']

/** Makes scanners. A value whose subschema has no simple form is read by the parser, each value separately. */
export function createScanners(options: ScannerOptions): (schema: Schema) => Scanner {
  const { direction, schemas, compile, projector, checked } = options
  const isRequest = direction === 'request'
  const maxDepth = isRequest ? requestDepth : answerDepth
  const longest = isRequest ? maxNumber : Number.POSITIVE_INFINITY
  const withheld = isRequest ? 'readOnly' : 'writeOnly'
  const known = new Map<Node, Scan>()

  const scanOf = (schema: Schema): Scan => {
    if (typeof schema === 'boolean' || isNeutral(schema)) return parsed(schema)
    const found = known.get(schema)
    if (found !== undefined) return found
    let made: Scan | null = null
    // Made on first use, because a schema may refer to itself.
    const scan: Scan = (text, depth) => {
      made ??= make(schema)
      return made(text, depth)
    }
    known.set(schema, scan)
    return scan
  }

  const make = (node: Node): Scan => {
    const ref = textAt(node, '$ref')
    if (ref !== undefined && has(node, '$ref')) return scanOf(schemas.resolve(ref))
    const type = typeBesideNull(node)
    if (type !== node['type']) return nullable(node, make({ ...node, type }))
    if (type === 'object' && has(node, 'type', 'properties', 'required', 'additionalProperties')) {
      return object(node) ?? parsed(node)
    }
    if (type === 'array' && has(node, 'type', 'items', 'minItems', 'maxItems')) return array(node) ?? parsed(node)
    if (!has(node, ...assertions)) return parsed(node)
    if (type === 'string' || (type === undefined && isTexts(node['enum']))) return string(node)
    if (type === 'integer' || type === 'number') return number(compile(node))
    return type === 'boolean' && has(node, 'type') ? boolean : parsed(node)
  }

  const nullable = (node: Node, scan: Scan): Scan => {
    const check = compile(node)
    return (text, depth) => {
      if (text.isResumed || text.peek() !== 0x6e) return scan(text, depth)
      return text.word('null') && (!checked || check(null, null))
    }
  }

  /** An object of listed members only; `null`: the schema is not of this simple form. */
  const object = (node: Node): Scan | null => {
    const properties = schemaMapAt(node, 'properties')
    const names = properties.map(([name]) => name)
    const needed = stringsAt(node, 'required').map((name) => names.indexOf(name))
    const additional = schemaAt(node, 'additionalProperties')
    const simple =
      properties.length > 0 &&
      properties.length <= 31 &&
      !names.some((name) => conditional.includes(name)) &&
      properties.every(([, schema]) => !schemas.marks(schema, withheld)) &&
      !needed.includes(-1) &&
      (additional === undefined || additional === false)
    if (!simple) return null
    const required = checked ? needed.reduce((bits, at) => bits | (1 << at), 0) : 0
    const isClosed = isRequest || (checked && additional === false)
    const readName = createReadName(names)
    const scans = properties.map(([, schema]) => scanOf(schema))

    return (text, depth) => {
      let seen = 0
      /** The position after the last kept member. */
      let end: number
      let at: number
      const place = text.takePlace()
      if (place === undefined) {
        if (depth >= maxDepth || !text.take(0x7b)) return false
        if (text.take(0x7d)) return required === 0
        end = text.at
        at = readName(text, -1)
      } else [seen, end, at] = place
      for (let last = -1; ; at = readName(text, last)) {
        const scan = at < 0 ? undefined : scans[at]
        if (scan === undefined) {
          if (at === malformed || isClosed || !text.value()) return false
          // Removed with the comma before it, or with the comma after it where no kept member comes before.
          const isFollowed = seen === 0 && text.peek() === 0x2c
          text.replace(end, isFollowed ? text.at + 1 : text.at)
          end = isFollowed ? text.at + 1 : text.at
        } else {
          const bit = 1 << at
          // Of several equal names the last counts: left to the parser.
          if ((seen & bit) !== 0) return false
          if (!scan(text, depth + 1)) return text.keepPlace([seen, end, at])
          seen |= bit
          end = text.at
          last = at
        }
        if (!text.take(0x2c)) return text.take(0x7d) && (seen & required) === required
      }
    }
  }

  const array = (node: Node): Scan | null => {
    const items = schemaAt(node, 'items')
    if (items === undefined || isNeutral(items)) return null
    const scan = scanOf(items)
    const least = checked ? (countAt(node, 'minItems') ?? 0) : 0
    const most = (checked ? countAt(node, 'maxItems') : undefined) ?? Number.POSITIVE_INFINITY
    return (text, depth) => {
      let count = 0
      const place = text.takePlace()
      if (place === undefined) {
        if (depth >= maxDepth || !text.take(0x5b)) return false
        if (text.take(0x5d)) return least <= 0
      } else [count] = place
      do {
        if (text.pauses() || !scan(text, depth + 1)) return text.keepPlace([count, 0, 0])
        count += 1
      } while (text.take(0x2c))
      return text.take(0x5d) && count >= least && count <= most
    }
  }

  const string = (node: Node): Scan => {
    const onlyLength = has(node, 'type', 'minLength', 'maxLength')
    const least = countAt(node, 'minLength') ?? 0
    const most = countAt(node, 'maxLength') ?? Number.POSITIVE_INFINITY
    const check = compile(node)
    return (text) => {
      text.peek()
      const start = text.at
      if (!text.string() || (isRequest && !text.isUnicodeFrom(start))) return false
      if (!checked) return true
      const length = text.at - start - 2
      // A character has 1 to 12 bytes: at most a surrogate pair of two escapes.
      if (onlyLength && length <= most && length >= (text.isPlain ? least : 12 * least)) return true
      return check(text.valueFrom(start), null)
    }
  }

  const number =
    (check: Check): Scan =>
    (text) => {
      const value = text.number(longest)
      return value !== undefined && (!checked || check(value, null))
    }

  const boolean: Scan = (text) => text.word('true') || text.word('false')

  /** A value whose schema has no simple form. */
  const parsed = (schema: Schema): Scan => {
    const check = compile(schema)
    const project = projector(schema)
    return (text, depth) => {
      // A whole body is not read twice.
      if (isRequest && depth === 0) return text.leave()
      text.peek()
      const start = text.at
      if (!text.value(depth)) return false
      const bytes = text.bytes.subarray(start, text.at)
      const read = isRequest ? parseJson(bytes, requestDepth - depth) : parseAnswer(bytes)
      if (read.kind === 'fault' || (checked && !check(read.value, null))) return false
      const value: JsonValue | undefined = project(read.value)
      if (isRequest) return value === read.value
      const printed = value === undefined ? null : stringifyJson(value, read.exact)
      if (printed === null) return false
      text.replace(start, text.at, printed)
      return true
    }
  }

  return (schema) => {
    const scan = scanOf(schema)
    /** Whether the schema itself has no simple form. */
    let isLeft = false
    return (bytes, piece = pieceSize) => {
      if (isLeft || !isUtf8(bytes)) return null
      const text = new Pass(bytes, piece)
      const startsWithMark = text.at > 0
      if (isRequest && startsWithMark) return null
      const go = (): Scanned => {
        if (scan(text, 0)) return text.peek() < 0 ? text.result : null
        isLeft = text.isLeft
        return text.isPaused ? rest : null
      }
      const rest: Rest = () => {
        text.resume()
        return go()
      }
      return go()
    }
  }
}

const assertions = [
  'type',
  'enum',
  'minLength',
  'maxLength',
  'pattern',
  'format',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
]

/** Whether a schema has no keywords except these and annotations. */
function has(node: Node, ...keywords: readonly string[]): boolean {
  const rest = Object.entries(node).filter(([keyword]) => !keywords.includes(keyword))
  return isNeutral(Object.fromEntries(rest))
}

/** The `type`; of two types of which one is null, the other one. */
function typeBesideNull({ type }: Node): unknown {
  if (!Array.isArray(type) || type.length !== 2 || !type.includes('null')) return type
  return type.find((name) => name !== 'null')
}

function isTexts(list: unknown): boolean {
  return Array.isArray(list) && list.every((value) => typeof value === 'string')
}
