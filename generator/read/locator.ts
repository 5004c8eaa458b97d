import { type Locator, type Origin, type Place, pointerSegments } from '../support/index.ts'
import { Outline, type OutlineNode, type OutlinePair, type Range } from './outline.ts'

interface Parsed {
  /** `null`: the text cannot be parsed. */
  readonly outline: Outline | null
  readonly lines: readonly string[]
  /** Offset of the first character of each line. */
  readonly starts: readonly number[]
}

const lineBreak = /\r\n|\n|\r/g

/**
 * Finds lines and columns by parsing a file a second time, for positions. A file is parsed when the first place in it is requested, so
 * runs without diagnostics skip it.
 */
export function createLocator(textOf: (file: string) => string | null): Locator {
  const parsed = new Map<string, Parsed | null>()
  const lines = new Map<string, readonly string[] | null>()

  const linesOf = (file: string): readonly string[] | null => {
    let known = lines.get(file)
    if (known === undefined) {
      known = textOf(file)?.split(lineBreak) ?? null
      lines.set(file, known)
    }
    return known
  }

  const parse = (file: string): Parsed | null => {
    let known = parsed.get(file)
    if (known === undefined) {
      const text = textOf(file)
      known = text === null ? null : { outline: Outline.of(text), lines: linesOf(file) ?? [], starts: startsOf(text) }
      parsed.set(file, known)
    }
    return known
  }

  return {
    lines: linesOf,
    locate(origin) {
      if (origin.at !== undefined) return { file: origin.file, ...origin.at }
      const source = parse(origin.file)
      return source === null ? null : placeOf(rangeOf(source.outline, origin), origin.file, source)
    },
  }
}

/** The node itself, or the nearest ancestor that is written in this file. */
function rangeOf(outline: Outline | null, origin: Origin): Range | null {
  const root = outline?.root ?? null
  if (outline === null || root === null) return null
  let node: OutlineNode = root
  let key: OutlineNode | null = null
  for (const segment of pointerSegments(origin.pointer)) {
    const pair: OutlinePair | null = outline.member(node, segment)
    const item: OutlineNode | null = pair === null ? outline.item(node, Number(segment)) : pair.value
    if (item === null) break
    node = item
    key = pair?.key ?? null
  }
  const ofKey = key === null ? null : outline.range(key)
  if (origin.key === true && ofKey !== null) return ofKey
  // A member without a value (`name:`) has no range: the range of its key is used.
  return outline.range(node) ?? ofKey
}

function placeOf(range: Range | null, file: string, { lines, starts }: Parsed): Place {
  if (range === null) return { file, line: 1, column: 1, length: 1 }
  const first = lineAt(starts, range.start)
  const column = range.start - (starts[first] ?? 0) + 1
  const line = lines[first] ?? ''
  const last = lineAt(starts, range.end) === first ? range.end - (starts[first] ?? 0) : line.length
  const length = line.slice(column - 1, last).trimEnd().length
  return { file, line: first + 1, column, length: Math.max(1, length) }
}

function startsOf(text: string): readonly number[] {
  return [0, ...[...text.matchAll(lineBreak)].map((found) => found.index + found[0].length)]
}

/** Line of an offset, from 0. */
function lineAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}
