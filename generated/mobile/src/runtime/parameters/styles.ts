import type { ParameterStyle } from '../vocabulary.ts'
import { kindOfPieces, type Pieces, pairwise } from './pieces.ts'

/** How a parameter is written in a path, a header or a cookie. */
export interface Writing {
  readonly name: string
  readonly style: ParameterStyle
  readonly explode: boolean
}

/** Splits `k=v` texts; one without `=` has an empty value, as RFC 6570 writes it for `;`. */
function members(texts: readonly string[]): Pieces {
  return {
    kind: 'object',
    members: texts.map((text) => {
      const equals = text.indexOf('=')
      return equals < 0 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)]
    }),
  }
}

function delimited(text: string, delimiter: string, keyed: boolean, kinds: number): Pieces | null {
  const shape = kindOfPieces(kinds, text.includes(delimiter) || (keyed && text.includes('=')))
  if (shape === 'scalar') return { kind: 'scalar', text }
  const texts = text === '' ? [] : text.split(delimiter)
  if (shape === 'array') return { kind: 'array', items: texts }
  return keyed ? members(texts) : pairwise(texts)
}

/** Takes a value apart as its style says, still encoded; `null` when it is not written in that style. */
export function split({ name, style, explode }: Writing, raw: string, kinds: number): Pieces | null {
  switch (style) {
    case 'label':
      return raw.startsWith('.') ? delimited(raw.slice(1), explode ? '.' : ',', explode, kinds) : null
    case 'matrix':
      return raw.startsWith(';') ? splitMatrix(name, explode, raw.slice(1), kinds) : null
    default:
      return delimited(raw, ',', explode, kinds)
  }
}

function splitMatrix(name: string, explode: boolean, text: string, kinds: number): Pieces | null {
  const parts = members(text.split(';'))
  if (parts.kind !== 'object') return null
  const named = parts.members.filter(([key]) => key === name).map(([, value]) => value)
  if (named.length !== parts.members.length) return explode && kindOfPieces(kinds, true) === 'object' ? parts : null
  const [first = ''] = named
  if (!explode) return named.length === 1 ? delimited(first, ',', false, kinds) : null
  if (kindOfPieces(kinds, named.length > 1) === 'array') return { kind: 'array', items: named }
  return named.length === 1 ? { kind: 'scalar', text: first } : null
}

/** Applies a conversion to every text; `null` when one has none. */
export function convert(pieces: Pieces, each: (text: string) => string | null): Pieces | null {
  if (pieces.kind === 'scalar') {
    const text = each(pieces.text)
    return text === null ? null : { kind: 'scalar', text }
  }
  const list = (texts: readonly string[]): readonly string[] | null => {
    const converted = texts.map(each).filter((text) => text !== null)
    return converted.length === texts.length ? converted : null
  }
  if (pieces.kind === 'array') {
    const items = list(pieces.items)
    return items === null ? null : { kind: 'array', items }
  }
  const flat = list(pieces.members.flat())
  return flat === null ? null : pairwise(flat)
}

/** Puts encoded pieces together as the style says (RFC 6570 section 3.2). */
export function join({ name, style, explode }: Writing, pieces: Pieces): string {
  switch (style) {
    case 'label':
      return `.${flat(pieces, explode ? '.' : ',', explode)}`
    case 'matrix':
      return joinMatrix(name, explode, pieces)
    default:
      return flat(pieces, ',', explode)
  }
}

function flat(pieces: Pieces, delimiter: string, explode: boolean): string {
  if (pieces.kind === 'scalar') return pieces.text
  if (pieces.kind === 'array') return pieces.items.join(delimiter)
  return pieces.members.map(([key, text]) => `${key}${explode ? '=' : delimiter}${text}`).join(delimiter)
}

function joinMatrix(name: string, explode: boolean, pieces: Pieces): string {
  const written = (key: string, text: string): string => (text === '' ? `;${key}` : `;${key}=${text}`)
  if (explode && pieces.kind === 'array') return pieces.items.map((text) => written(name, text)).join('')
  if (explode && pieces.kind === 'object') return pieces.members.map(([key, text]) => written(key, text)).join('')
  return written(name, flat(pieces, ',', false))
}
