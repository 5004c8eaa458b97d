import { decodeBytes } from '../../templates/runtime/words/percent.ts'
import type { PathPiece, PathTemplate } from './types.ts'

export type PathResult =
  | { readonly kind: 'template'; readonly template: PathTemplate }
  | { readonly kind: 'fault'; readonly reason: string }

/**
 * Parses the key of a path item: `/orders/{orderId}`, `/{a}-{b}`, `/{id}.json`, `/items:search`. A `#variant` only distinguishes
 * operations; a `?query` is sent as written.
 */
export function parsePath(key: string): PathResult {
  const [, path = '', query = null, variant = null] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(key) ?? []
  if (!path.startsWith('/')) return fault('it does not start with a slash')
  const segments: (readonly PathPiece[])[] = []
  const names = new Set<string>()
  for (const text of path.slice(1).split('/')) {
    const pieces = parseSegment(text)
    if (pieces === null) return fault(`the braces of \`${text}\` do not match`)
    const unheard = unheardOf(pieces)
    if (unheard !== null) return fault(unheard)
    for (const piece of pieces) {
      if (piece.kind !== 'parameter') continue
      if (piece.name === '') return fault('a parameter has no name')
      if (names.has(piece.name)) return fault(`\`{${piece.name}}\` occurs twice`)
      names.add(piece.name)
    }
    if (pieces.some((piece, index) => piece.kind === 'parameter' && pieces[index + 1]?.kind === 'parameter')) {
      return fault(`there is no text between the parameters of \`${text}\` apart`)
    }
    segments.push(pieces)
  }
  return { kind: 'template', template: { text: path, segments, variant, query } }
}

/**
 * The segments of the key of a path item, also of one that `parsePath` refuses: a segment whose braces do not match is a literal, and adjacent
 * parameters are one.
 */
export function looseSegments(key: string): PathTemplate['segments'] {
  const path = key.replace(/[?#].*$/s, '').replace(/^\//, '')
  return path.split('/').map((text) => {
    const pieces = parseSegment(text) ?? [{ kind: 'literal', text }]
    return pieces.filter((piece, i) => piece.kind === 'literal' || pieces[i - 1]?.kind !== 'parameter')
  })
}

/** Names of the parameters of a template, in order. */
export function parameterNames({ segments }: PathTemplate): readonly string[] {
  return segments.flat().flatMap((piece) => (piece.kind === 'parameter' ? [piece.name] : []))
}

/** Why no request can have this segment: gateways and servers refuse it, or interpret it as another one (rule R1). */
function unheardOf(pieces: readonly PathPiece[]): string | null {
  const literals = pieces.map((piece) => (piece.kind === 'literal' ? decodeBytes(piece.text) : ''))
  const text = literals.join('')
  if (pieces.length === literals.filter((literal) => literal !== '').length && /^\.{1,2}$/.test(text)) {
    return `it has the segment \`${text}\``
  }
  if (/[\u0000-\u001f\u007f]/.test(text)) return 'it has control characters'
  if (/[\\/]/.test(text)) return 'it has a backslash, or a slash in the middle of a segment'
  return /[\ud800-\udfff]/u.test(text) ? 'it has unpaired surrogates' : null
}

function parseSegment(text: string): readonly PathPiece[] | null {
  const pieces: PathPiece[] = []
  let rest = text
  while (rest !== '') {
    const open = rest.indexOf('{')
    const literal = open === -1 ? rest : rest.slice(0, open)
    if (literal.includes('}')) return null
    if (literal !== '') pieces.push({ kind: 'literal', text: literal })
    if (open === -1) break
    const close = rest.indexOf('}', open)
    const name = close === -1 ? '{' : rest.slice(open + 1, close)
    if (name.includes('{')) return null
    pieces.push({ kind: 'parameter', name })
    rest = rest.slice(close + 1)
  }
  return pieces
}

function fault(reason: string): PathResult {
  return { kind: 'fault', reason }
}
