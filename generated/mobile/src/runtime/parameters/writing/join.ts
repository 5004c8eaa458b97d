import type { ParameterStyle } from '../../vocabulary.ts'
import { encodePercent } from '../percent.ts'
import type { Pieces } from '../pieces.ts'

/** How a parameter is written in a path, a header or a cookie. */
export interface Writing {
  readonly name: string
  readonly style: ParameterStyle
  readonly explode: boolean
}

/** Joins encoded pieces by the style (RFC 6570 section 3.2). */
export function join({ name, style, explode }: Writing, pieces: Pieces): string {
  switch (style) {
    case 'label':
      return `.${flat(pieces, explode ? '.' : ',', explode)}`
    case 'matrix':
      return joinMatrix(encodePercent(name), explode, pieces)
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
