import { decodePercent } from '../words/percent.ts'
import { kindOfPieces, type Pieces, pairwise } from './pieces.ts'
import type { Writing } from './writing/join.ts'

/** Splits `k=v` texts; one without `=` has an empty value, as in RFC 6570 for `;`. */
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

/** Splits a value by its style; the pieces are still encoded. `null` when it is not written in that style. */
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
  const named = parts.members.filter(([key]) => decodePercent(key) === name).map(([, value]) => value)
  if (named.length !== parts.members.length) return explode && kindOfPieces(kinds, true) === 'object' ? parts : null
  const [first = ''] = named
  if (!explode) return named.length === 1 ? delimited(first, ',', false, kinds) : null
  if (kindOfPieces(kinds, named.length > 1) === 'array') return { kind: 'array', items: named }
  return named.length === 1 ? { kind: 'scalar', text: first } : null
}
