import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
} from 'yaml'
import { type Locator, type Origin, type Place, pointerSegments } from '../support/index.ts'

interface Parsed {
  readonly document: Document.Parsed
  readonly counter: LineCounter
  readonly lines: readonly string[]
}

/**
 * Finds lines and columns by parsing a file once more, this time with positions: most runs have nothing to report and never pay for
 * it.
 */
export function createLocator(textOf: (file: string) => string | null): Locator {
  const parsed = new Map<string, Parsed | null>()
  const lines = new Map<string, readonly string[] | null>()

  const linesOf = (file: string): readonly string[] | null => {
    let known = lines.get(file)
    if (known === undefined) {
      known = textOf(file)?.split(/\r\n|\n|\r/) ?? null
      lines.set(file, known)
    }
    return known
  }

  const parse = (file: string): Parsed | null => {
    let known = parsed.get(file)
    if (known === undefined) {
      const text = textOf(file)
      known = text === null ? null : parseWithPositions(text, linesOf(file) ?? [])
      parsed.set(file, known)
    }
    return known
  }

  return {
    lines: linesOf,
    locate(origin) {
      if (origin.at !== undefined) return { file: origin.file, ...origin.at }
      const source = parse(origin.file)
      return source === null ? null : find(source, origin)
    },
  }
}

function parseWithPositions(text: string, lines: readonly string[]): Parsed {
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter, uniqueKeys: false, strict: false, logLevel: 'silent' })
  return { document, counter, lines }
}

/** The node itself, or the nearest ancestor that is written in this file. */
function find({ document, counter, lines }: Parsed, origin: Origin): Place {
  let node: unknown = document.contents
  let key: unknown = null
  for (const segment of pointerSegments(origin.pointer)) {
    const container = isAlias(node) ? node.resolve(document) : node
    if (isMap(container)) {
      const pair = memberOf(container, segment, document)
      if (pair === null) break
      node = pair.value
      key = pair.key
    } else if (isSeq(container) && container.items[Number(segment)] !== undefined) {
      node = container.items[Number(segment)]
      key = null
    } else {
      break
    }
  }
  const meant = origin.key === true && isNode(key) ? key : isNode(node) && node.range ? node : isNode(key) ? key : null
  return placeOf(meant, key, origin.file, counter, lines)
}

function placeOf(node: Node | null, key: unknown, file: string, counter: LineCounter, lines: readonly string[]): Place {
  const range = node?.range
  if (!range) return { file, line: 1, column: 1, length: 1 }
  // A member without a value ("name:") has an empty node somewhere behind it: its key says more.
  if (range[0] === range[1] && isNode(key) && key !== node) return placeOf(key, null, file, counter, lines)
  const start = counter.linePos(range[0])
  const end = counter.linePos(range[1])
  const line = lines[start.line - 1] ?? ''
  const last = end.line === start.line ? end.col - 1 : line.length
  const length = line.slice(start.col - 1, last).trimEnd().length
  return { file, line: start.line, column: start.col, length: Math.max(1, length) }
}

const members = new WeakMap<YAMLMap, ReadonlyMap<string | null, Pair>>()

/** A wide map with something wrong in each member would be searched from its start for each. */
function membersOf(map: YAMLMap): ReadonlyMap<string | null, Pair> {
  // The last one counts when a key occurs twice, as it does for `JSON.parse`.
  const known = members.get(map) ?? new Map(map.items.map((pair) => [keyText(pair.key), pair]))
  members.set(map, known)
  return known
}

function memberOf(map: YAMLMap, name: string, document: Document.Parsed): Pair | null {
  const own = membersOf(map).get(name)
  if (own !== undefined) return own
  for (const pair of map.items) {
    if (keyText(pair.key) !== '<<') continue
    const merged = isSeq(pair.value) ? pair.value.items : [pair.value]
    for (const item of merged) {
      const source = isAlias(item) ? item.resolve(document) : item
      const found = isMap(source) ? memberOf(source, name, document) : null
      if (found !== null) return found
    }
  }
  return null
}

function keyText(key: unknown): string | null {
  return isScalar(key) ? String(key.value) : null
}
