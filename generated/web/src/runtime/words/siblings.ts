import { foldEncoded } from './folding.ts'
import { type SegmentShape, segmentsOverlap } from './matchOrder.ts'

/** Placeholder of a parameter in a key. NFKC replaces this character, so that a folded literal cannot contain it. */
const parameter = '\u2026'

/**
 * The shape of a segment with these literals as written, one more than parameters. Its literals are folded, since a service may
 * ignore the case of paths.
 */
export function foldedShape(written: readonly string[]): SegmentShape {
  const literals = written.map(foldEncoded)
  return {
    literals,
    weight: literals.reduce((sum, literal) => sum + literal.length, 0),
    key: literals.join(parameter),
  }
}

/** Whether a folded text matches a folded segment. A parameter matches one or more characters. */
export function matchesShape({ literals }: SegmentShape, text: string): boolean {
  const [first = ''] = literals
  if (literals.length === 1) return text === first
  const last = literals.at(-1) ?? ''
  const end = text.length - last.length
  if (!text.startsWith(first) || !text.endsWith(last)) return false
  let at = first.length
  for (const literal of literals.slice(1, -1)) {
    const found = text.indexOf(literal, at + 1)
    if (found < 0) return false
    at = found + literal.length
  }
  return at < end
}

/** Whether every text of `narrow` matches `wide`. The key of `narrow` has its placeholder where any character may be. */
export function isWithin(narrow: SegmentShape, wide: SegmentShape): boolean {
  return matchesShape(wide, narrow.key)
}

/**
 * Whether paths of a template belong to another template of the same document: some path matches both, and the other template
 * is more concrete, or OpenAPI does not say which of the two counts (OpenAPI 3.1, Paths Object). Templates that differ only in
 * the names of their parameters are one.
 */
export function isSibling(own: readonly SegmentShape[], other: readonly SegmentShape[]): boolean {
  if (own.length !== other.length) return false
  const pairs = own.map((segment, i) => [segment, other[i] ?? segment] as const)
  return pairs.every(([a, b]) => segmentsOverlap(a, b)) && !pairs.every(([a, b]) => isWithin(a, b))
}
