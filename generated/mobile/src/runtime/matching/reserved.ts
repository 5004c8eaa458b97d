import { someReading } from '../words/folding.ts'
import type { SegmentShape } from '../words/matchOrder.ts'
import { segmentsOf, splitSegment } from '../words/pathTemplates.ts'
import { foldedShape, isWithin, matchesShape } from '../words/siblings.ts'

/** Whether values make a path that belongs to another operation of the service (rule R8). */
export type ReservedTest<V> = (values: V) => boolean

/** Returns the encoded value of a parameter; `null`: the value is not among `V`. */
export type ReaderOf<V> = (name: string) => ((values: V) => string | undefined) | null

/** One condition of a reserved template: a service may read a segment of the path as one of the template. */
interface Condition<V> {
  /** The encoded segment. */
  readonly text: (values: V) => string
  readonly matches: (folded: string) => boolean
  /** Number of the segment, if its whole text is one parameter and the template has a literal there. */
  readonly word: { readonly at: number; readonly literal: string } | null
}

/**
 * Compiles the test of a path template of a service. A reserved template counts only if `readerOf` knows every value that its
 * match depends on. `null`: no reserved template depends on these values alone.
 */
export function compileReserved<V>(
  path: string,
  reserved: readonly string[],
  readerOf: ReaderOf<V>,
): ReservedTest<V> | null {
  const own = segmentsOf(path)
  const longer = compileSplit(own, reserved, readerOf)
  const words = new Map<number, { readonly text: Condition<V>['text']; readonly literals: Set<string> }>()
  const tests: ReservedTest<V>[] = longer === null ? [] : [longer]
  for (const template of reserved) {
    const conditions = conditionsOf(own, segmentsOf(template), readerOf)
    if (conditions === null) continue
    const [first, ...others] = conditions
    if (first?.word && others.length === 0) {
      const { at, literal } = first.word
      const known = words.get(at) ?? { text: first.text, literals: new Set<string>() }
      words.set(at, known)
      known.literals.add(literal)
    } else {
      tests.push((values) => conditions.every(({ text, matches }) => someReading(text(values), matches)))
    }
  }
  for (const { text, literals } of words.values()) {
    const isWord = (folded: string): boolean => literals.has(folded)
    tests.push((values) => someReading(text(values), isWord))
  }
  const [only, ...more] = tests
  if (only === undefined) return null
  return more.length === 0 ? only : (values) => tests.some((test) => test(values))
}

/**
 * The test of templates with more segments: a service that decodes a slash in a value before it splits the path may read
 * the path as one of them. `null`: there are none, or a value is not known.
 */
function compileSplit<V>(
  own: readonly string[],
  reserved: readonly string[],
  readerOf: ReaderOf<V>,
): ReservedTest<V> | null {
  const count = trimmed(own).length
  const byCount = new Map<number, (readonly SegmentShape[])[]>()
  for (const template of reserved) {
    const segments = trimmed(segmentsOf(template))
    if (segments.length <= count) continue
    const shapes = segments.map((segment) => foldedShape(splitSegment(segment).literals))
    const known = byCount.get(shapes.length) ?? []
    byCount.set(shapes.length, known)
    known.push(shapes)
  }
  if (byCount.size === 0) return null
  const pieces = own.map((segment) => {
    const { names, literals } = splitSegment(segment)
    return { literals, values: names.map(readerOf) }
  })
  if (pieces.some(({ values }) => values.includes(null))) return null
  const pathOf = (from: V): string =>
    pieces
      .map(({ literals, values }) => literals.map((literal, at) => literal + (values[at]?.(from) ?? '')).join(''))
      .join('/')
  const isReserved = (folded: string): boolean =>
    isRival(folded) || (folded.includes(';') && isRival(folded.replace(/;[^/]*/g, '')))
  /** Services with parameters of segments ignore what follows `;`. */
  const isRival = (folded: string): boolean => {
    const segments = trimmed(folded.split('/'))
    const rivals = byCount.get(segments.length)
    return rivals?.some((shapes) => shapes.every((shape, at) => matchesShape(shape, segments[at] ?? ''))) ?? false
  }
  return (values) => someReading(pathOf(values), isReserved)
}

/** Segments without an empty last one: many servers ignore a slash at the end. */
function trimmed(segments: readonly string[]): readonly string[] {
  return segments.length > 1 && segments.at(-1) === '' ? segments.slice(0, -1) : segments
}

/** The conditions that not every path of `own` meets; `null`: a value is not known, or no path meets them. */
function conditionsOf<V>(
  own: readonly string[],
  template: readonly string[],
  readerOf: ReaderOf<V>,
): readonly Condition<V>[] | null {
  // `compileSplit` tests templates with more segments.
  if (own.length !== template.length) return null
  const conditions: Condition<V>[] = []
  for (const [at, segment] of own.entries()) {
    const { names, literals } = splitSegment(segment)
    const wanted = foldedShape(splitSegment(template[at] ?? '').literals)
    if (isWithin(foldedShape(literals), wanted)) continue
    if (names.length === 0) return null
    const values = names.map(readerOf).filter((value) => value !== null)
    if (values.length < names.length) return null
    const [whole] = names.length === 1 && literals.every((literal) => literal === '') ? values : []
    const read = whole ?? ((from: V) => literals.map((literal, i) => literal + (values[i]?.(from) ?? '')).join(''))
    conditions.push({
      text: (from) => read(from) ?? '',
      matches: (text) => matchesShape(wanted, text),
      word: whole !== undefined && wanted.literals.length === 1 ? { at, literal: wanted.key } : null,
    })
  }
  return conditions
}
