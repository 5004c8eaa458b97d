/** A path template of OpenAPI without its fixed query (`?`) and what only tells operations apart (`#`). */
export function pathOf(template: string): string {
  return template.replace(/[?#].*$/s, '')
}

/** The segments of a path template, without its fixed query and variant. */
export function segmentsOf(template: string): readonly string[] {
  return pathOf(template).slice(1).split('/')
}

/** Names of the parameters of a segment, and the literals around them, one literal more than names. */
export function splitSegment(segment: string): {
  readonly names: readonly string[]
  readonly literals: readonly string[]
} {
  const names: string[] = []
  const literals: string[] = []
  let from = 0
  for (const match of segment.matchAll(/\{([^{}]*)\}/g)) {
    literals.push(segment.slice(from, match.index))
    names.push(match[1] ?? '')
    from = match.index + match[0].length
  }
  literals.push(segment.slice(from))
  return { names, literals }
}
