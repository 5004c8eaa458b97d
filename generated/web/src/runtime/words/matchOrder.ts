import { decodeBytes } from './percent.ts'

/** One segment of a path template, without the names of its parameters. */
export interface SegmentShape {
  /**
   * Bytes of the literals before, between and after the parameters, one literal more than parameters. A single literal: no
   * parameter.
   */
  readonly literals: readonly string[]
  /** Number of bytes of all literals. */
  readonly weight: number
  /** Equal for segments that match the same texts. */
  readonly key: string
}

/** Placeholder of a parameter in a key. Literals consist of bytes, so they cannot contain this character. */
const parameter = '\u2026'

/** The shape of a segment with these literals as written in a template. A percent-encoded byte equals the byte itself. */
export function segmentShape(written: readonly string[]): SegmentShape {
  const literals = written.map(literalBytes)
  return {
    literals,
    weight: literals.reduce((sum, literal) => sum + literal.length, 0),
    key: literals.join(parameter),
  }
}

/**
 * The order in which the matcher tries the segments at one position of the templates: a literal segment, then segments with
 * parameters, more literal bytes before fewer, a parameter alone last. Segments of equal weight that match the same text are in
 * conflict (`conflicts.ts`); the comparison of their keys only makes the order deterministic.
 */
export function compareSegments(a: SegmentShape, b: SegmentShape): number {
  const templated = Number(a.literals.length > 1) - Number(b.literals.length > 1)
  return templated || b.weight - a.weight || (a.key < b.key ? -1 : Number(a.key > b.key))
}

/** Whether some text matches both segments. A parameter matches one or more bytes. */
export function segmentsOverlap(a: SegmentShape, b: SegmentShape): boolean {
  return a.key === b.key || meet(symbolsOf(a), symbolsOf(b))
}

/** The UTF-8 bytes of a literal of a template, one character for each byte. */
function literalBytes(literal: string): string {
  return decodeBytes(ascii.test(literal) ? literal : Buffer.from(literal, 'utf8').toString('latin1'))
}

const ascii = /^[ -~]*$/

/** `byte`: a byte of a literal. `any`: the first byte of a parameter. `more`: zero or more further bytes of it. */
type Sign = { readonly kind: 'byte'; readonly byte: string } | { readonly kind: 'any' } | { readonly kind: 'more' }

function symbolsOf({ literals }: SegmentShape): readonly Sign[] {
  return literals.flatMap((literal, i): readonly Sign[] => [
    ...(i === 0 ? [] : ([{ kind: 'any' }, { kind: 'more' }] as const)),
    ...[...literal].map((byte): Sign => ({ kind: 'byte', byte })),
  ])
}

/** Whether some text matches both patterns: a search over pairs of positions that visits each pair once. */
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
