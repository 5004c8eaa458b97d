import { decodeBytes } from './percent.ts'

/** One segment of a path template, without the names of its parameters. */
export interface SegmentShape {
  /** Bytes of the literals before, between and behind the parameters, one more than there are parameters. One: no parameter. */
  readonly literals: readonly string[]
  /** Bytes of all literals. */
  readonly weight: number
  /** Equal for segments that match the same texts. */
  readonly key: string
}

/** Stands for a parameter in a key; no byte of a literal is this character. */
const parameter = '\u2026'

/** The shape of a segment of these literals, as a template has them: a percent-encoded byte equals the byte itself. */
export function segmentShape(written: readonly string[]): SegmentShape {
  const literals = written.map(literalBytes)
  return {
    literals,
    weight: literals.reduce((sum, literal) => sum + literal.length, 0),
    key: literals.join(parameter),
  }
}

/**
 * The order in which the matcher tries the segments that stand at one place of the templates: a literal segment, then segments with
 * parameters and more literal bytes before those with fewer, a parameter alone last. Segments of equal weight that match one text
 * are in conflict (`conflicts.ts`); the comparison of their keys only makes the order the same in every run.
 */
export function compareSegments(a: SegmentShape, b: SegmentShape): number {
  const templated = Number(a.literals.length > 1) - Number(b.literals.length > 1)
  return templated || b.weight - a.weight || (a.key < b.key ? -1 : Number(a.key > b.key))
}

/** Whether some text fits both segments; a parameter stands for one byte or more. */
export function segmentsOverlap(a: SegmentShape, b: SegmentShape): boolean {
  return a.key === b.key || meet(symbolsOf(a), symbolsOf(b))
}

/** A literal of a template as the bytes of its UTF-8 form, one character each. */
function literalBytes(literal: string): string {
  return decodeBytes(ascii.test(literal) ? literal : Buffer.from(literal, 'utf8').toString('latin1'))
}

const ascii = /^[ -~]*$/

/** A byte of a literal; the first byte of a parameter; any number of further ones. */
type Sign = { readonly kind: 'byte'; readonly byte: string } | { readonly kind: 'any' } | { readonly kind: 'more' }

function symbolsOf({ literals }: SegmentShape): readonly Sign[] {
  return literals.flatMap((literal, i): readonly Sign[] => [
    ...(i === 0 ? [] : ([{ kind: 'any' }, { kind: 'more' }] as const)),
    ...[...literal].map((byte): Sign => ({ kind: 'byte', byte })),
  ])
}

/** Whether two patterns have a text in common: a walk over pairs of positions, each visited once. */
function meet(a: readonly Sign[], b: readonly Sign[]): boolean {
  const seen = new Set<number>()
  const stack: [number, number][] = [[0, 0]]
  for (let pair = stack.pop(); pair !== undefined; pair = stack.pop()) {
    const [i, j] = pair
    const position = i * (b.length + 1) + j
    if (seen.has(position)) continue
    seen.add(position)
    const [x, y] = [a[i], b[j]]
    if (x === undefined && y === undefined) return true
    if (x?.kind === 'more') stack.push([i + 1, j])
    if (y?.kind === 'more') stack.push([i, j + 1])
    if (x === undefined || y === undefined) continue
    if (x.kind === 'byte' && y.kind === 'byte' && x.byte !== y.byte) continue
    stack.push([x.kind === 'more' ? i : i + 1, y.kind === 'more' ? j : j + 1])
  }
  return false
}
