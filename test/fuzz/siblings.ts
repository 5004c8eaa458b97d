import fc, { type Arbitrary } from 'fast-check'

// Paths of a service's document that a request to another of its templates can reach (rules R3, R6).

/** How far a segment of a template decides the text: not at all, in part, or whole. */
type Rank = 0 | 1 | 2

/**
 * The templates that also match a path, and that a server may prefer to `template`: more concrete ones, and those that OpenAPI does
 * not order against it. Literals are compared after decoding and without case, because many servers route so.
 */
export function rivalsOf(templates: readonly string[], template: string, path: string): readonly string[] {
  const own = segmentsOf(template)
  const sent = path.split('/').map(folded)
  return [...new Set(templates.map(pathOf))].filter((other) => {
    const segments = segmentsOf(other)
    if (segments.length !== sent.length || shapeOf(segments) === shapeOf(own)) return false
    if (!segments.every((segment, index) => matches(segment, sent[index] ?? ''))) return false
    return !segments.every((segment, index) => isWider(segment, own[index] ?? ''))
  })
}

/** Spellings of a literal that a server may take for it: case, and percent-encoding of some of its characters. */
export function spellingOf(literals: readonly string[]): Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...literals), fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 12 }))
    .map(([literal, ways]) =>
      [...literal].map((letter, index) => spelt(letter, ways[index % ways.length] ?? 0)).join(''),
    )
}

/** The literals of templates, as values for the parameters of other templates. */
export function literalsOf(templates: readonly string[]): readonly string[] {
  const whole = templates.flatMap((template) => segmentsOf(template).filter((segment) => rankOf(segment) === 2))
  return [...new Set(whole)].filter((text) => text !== '')
}

function spelt(letter: string, way: number): string {
  const code = letter.charCodeAt(0)
  if (way === 1) return letter.toUpperCase()
  if (way === 2) return `%${code.toString(16)}`
  if (way === 3) return `%${code.toString(16).toUpperCase()}`
  if (way === 4) return `%${letter.toUpperCase().charCodeAt(0).toString(16)}`
  return letter
}

/** The template's path, without its fixed query and its variant. */
function pathOf(template: string): string {
  return template.split(/[?#]/)[0] ?? ''
}

function segmentsOf(template: string): readonly string[] {
  return pathOf(template).split('/')
}

function shapeOf(segments: readonly string[]): string {
  return segments.map((segment) => segment.replaceAll(/\{[^}]*\}/g, '{}')).join('/')
}

function rankOf(segment: string): Rank {
  if (!segment.includes('{')) return 2
  return /^\{[^}]*\}$/.test(segment) ? 0 : 1
}

/** Whether the segment is at most as concrete as that of the route. */
function isWider(segment: string, own: string): boolean {
  const [other, mine] = [rankOf(segment), rankOf(own)]
  return other < mine || (other === mine && shapeOf([segment]).toLowerCase() === shapeOf([own]).toLowerCase())
}

function matches(segment: string, text: string): boolean {
  const pieces = segment.split(/(\{[^}]*\})/)
  const pattern = pieces.map((piece) => (piece.startsWith('{') ? '.+' : escaped(folded(piece))))
  return new RegExp(`^${pattern.join('')}$`, 's').test(text)
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

function folded(text: string): string {
  try {
    return decodeURIComponent(text).toLowerCase()
  } catch {
    return text.toLowerCase()
  }
}
