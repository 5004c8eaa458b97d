import { type SegmentShape, segmentShape } from '../../../../templates/runtime/words/matchOrder.ts'
import type { PathPiece, PathTemplate } from '../../../model/types.ts'
import type { Origin } from '../../../support/index.ts'
import type { Chosen } from '../selectors/layering.ts'

/** A path template, as exposed. */
export interface PathDraft {
  readonly text: string
  readonly segments: readonly (readonly PathPiece[])[]
  /** The error in the text of a `path:`; `null`: none. */
  readonly fault: string | null
  /** Where `path:` was written; `null`: the spec's own path. */
  readonly origin: Origin | null
}

/** Unreserved characters, sub-delims, `:` and `@` (RFC 3986 section 3.3), except `;`, which gateways and services interpret differently. */
const literal = /^[A-Za-z0-9\-._~!$&'()*+,=:@]*$/
const parameterName = /^[A-Za-z0-9_.-]+$/

/** The path that clients use: that of the manifest, else that of the spec without its variant and fixed query. */
export function exposedPath(chosen: Chosen<string> | null, template: PathTemplate): PathDraft {
  if (chosen === null) {
    return { text: templateText(template.segments), segments: template.segments, fault: null, origin: null }
  }
  const parsed = parsePath(chosen.value)
  if (typeof parsed === 'string') {
    return { text: chosen.value, segments: template.segments, fault: parsed, origin: chosen.origin }
  }
  return { text: chosen.value, segments: parsed, fault: null, origin: chosen.origin }
}

/** A path template as text. */
export function templateText(segments: PathTemplate['segments']): string {
  const texts = segments.map((pieces) =>
    pieces.map((piece) => (piece.kind === 'literal' ? piece.text : `{${piece.name}}`)).join(''),
  )
  return `/${texts.join('/')}`
}

/** The shapes of the segments of a path template, which decide what the route matches. */
export function shapesOf(segments: PathTemplate['segments']): readonly SegmentShape[] {
  return segments.map((pieces) => segmentShape(literalsOf(pieces)))
}

/** The literals before, between and after the parameters of a segment. */
export function literalsOf(pieces: readonly PathPiece[]): readonly string[] {
  const literals = ['']
  for (const piece of pieces) {
    if (piece.kind === 'parameter') literals.push('')
    else literals.push(`${literals.pop() ?? ''}${piece.text}`)
  }
  return literals
}

/** Names of the parameters, in order. */
export function parametersOf(segments: PathTemplate['segments']): readonly string[] {
  const names: string[] = []
  for (const pieces of segments) {
    for (const piece of pieces) if (piece.kind === 'parameter') names.push(piece.name)
  }
  return names
}

/** The segments of a path template, or its error in words. */
function parsePath(text: string): PathTemplate['segments'] | string {
  if (!text.startsWith('/')) return 'it does not begin with `/`'
  if (text.includes('?')) return 'it has a query: the operation declares the query parameters'
  if (text.includes('#')) return 'it has a fragment, which is never sent in a request'
  const names = new Set<string>()
  const segments: (readonly PathPiece[])[] = []
  const parts = text.slice(1).split('/')
  for (const [i, part] of parts.entries()) {
    if (part === '' && i < parts.length - 1) return 'it has an empty segment'
    if (part === '.' || part === '..') return `it has the segment \`${part}\``
    const pieces = piecesOf(part)
    if (typeof pieces === 'string') return pieces
    for (const piece of pieces) {
      if (piece.kind === 'literal') continue
      if (names.has(piece.name)) return `it has \`{${piece.name}}\` twice`
      names.add(piece.name)
    }
    segments.push(pieces)
  }
  return segments
}

function piecesOf(part: string): readonly PathPiece[] | string {
  const pieces: PathPiece[] = []
  for (const piece of part.split(/(\{[^{}]*\})/)) {
    if (piece === '') continue
    if (piece.startsWith('{') && piece.endsWith('}')) {
      const name = piece.slice(1, -1)
      if (!parameterName.test(name)) return `\`${piece}\` is not a parameter`
      if (pieces.at(-1)?.kind === 'parameter')
        return `there is no text between \`{${nameOf(pieces)}}\` and \`${piece}\``
      pieces.push({ kind: 'parameter', name })
    } else if (/[{}]/.test(piece)) {
      return `a bracket is missing in \`${part}\``
    } else if (!literal.test(piece)) {
      return `\`${piece}\` has characters that are not allowed in a path`
    } else {
      pieces.push({ kind: 'literal', text: piece })
    }
  }
  return pieces
}

function nameOf(pieces: readonly PathPiece[]): string {
  const last = pieces.at(-1)
  return last?.kind === 'parameter' ? last.name : ''
}
