import type { ParameterSchema } from '../../vocabulary.ts'
import { encodePercent, encodeReserved } from '../percent.ts'
import type { Pieces } from '../pieces.ts'

/** How a parameter of a query, or a field of a form, is written. */
export type FormWriting = Pick<ParameterSchema, 'style' | 'explode' | 'allowReserved'>

/** The encoder of a parameter's values. */
export function encoderOf({ allowReserved }: Pick<FormWriting, 'allowReserved'>): (text: string) => string {
  return allowReserved ? encodeReserved : encodePercent
}

/** The pairs of a query for the pieces, in the encoding that all servers read the same way. */
export function joinForm(name: string, writing: FormWriting, pieces: Pieces): string {
  const encode = encoderOf(writing)
  const key = encodePercent(name)
  if (pieces.kind === 'scalar') return `${key}=${encode(pieces.text)}`
  if (writing.explode) {
    if (pieces.kind === 'array') return pieces.items.map((text) => `${key}=${encode(text)}`).join('&')
    return pieces.members.map(([member, text]) => `${encodePercent(member)}=${encode(text)}`).join('&')
  }
  const delimiter = writing.style === 'spaceDelimited' ? '%20' : writing.style === 'pipeDelimited' ? '%7C' : ','
  const texts = pieces.kind === 'array' ? pieces.items : pieces.members.flat()
  // A comma within a value is always encoded, also with `allowReserved`, so that it is not read as a delimiter.
  return `${key}=${texts.map((text) => encode(text).replaceAll(',', '%2C')).join(delimiter)}`
}

/** The pair of a parameter whose value is one media type: `text` is its JSON. */
export function joinContent(name: string, writing: Pick<FormWriting, 'allowReserved'>, text: string): string {
  return `${encodePercent(name)}=${encoderOf(writing)(text)}`
}

/** The encoded name of a member, or of an item of a list: `filter%5Bstatus%5D`. `key` is encoded, `member` is not. */
export function bracketed(key: string, member: string): string {
  return `${key}%5B${encodePercent(member)}%5D`
}
