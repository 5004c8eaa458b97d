import { type JsonValue, work } from '../json/index.ts'
import { ARRAY, BOOLEAN, NUMBER, OBJECT, STRING } from '../schema/index.ts'
import type { Typing } from './typing.ts'

/** A parameter's value as the texts that its style delimits (RFC 6570), not yet typed. */
export type Pieces =
  | { readonly kind: 'scalar'; readonly text: string }
  | { readonly kind: 'array'; readonly items: readonly string[] }
  | { readonly kind: 'object'; readonly members: readonly (readonly [name: string, text: string])[] }

/** Steps of reading one piece, and of writing it again (rule P15). */
const pieceSteps = 8

/** The kind that the schema admits. Where it admits several, `delimited` decides: whether the text has delimiters. */
export function kindOfPieces(kinds: number, delimited: boolean): Pieces['kind'] {
  const scalar = (kinds & (STRING | NUMBER | BOOLEAN)) !== 0
  if (kinds & ARRAY && (delimited || !scalar)) return 'array'
  return kinds & OBJECT && (delimited || !scalar) ? 'object' : 'scalar'
}

/** Alternating names and values: `R,100,G,200`; `null` when a value is missing. */
export function pairwise(texts: readonly string[]): Pieces | null {
  work.spend(texts.length * pieceSteps)
  if (texts.length % 2 !== 0) return null
  const members = texts.flatMap((name, at) => (at % 2 === 0 ? [[name, texts[at + 1] ?? ''] as const] : []))
  return { kind: 'object', members }
}

/** Applies a conversion to every text; `null` when one of the results is `null`. */
export function convert(pieces: Pieces, each: (text: string) => string | null): Pieces | null {
  if (pieces.kind === 'scalar') {
    const text = each(pieces.text)
    return text === null ? null : { kind: 'scalar', text }
  }
  const list = (texts: readonly string[]): readonly string[] | null => {
    work.spend(texts.length * pieceSteps)
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

/** The typed value; `undefined` when a member is given twice or is not declared. */
export function typedValue(pieces: Pieces, typing: Typing): JsonValue | undefined {
  if (pieces.kind === 'scalar') return single(pieces.text, typing)
  if (pieces.kind === 'array') return pieces.items.map((text, at) => typing.item(at).scalar(text))
  const value: Record<string, JsonValue> = {}
  for (const [name, text] of pieces.members) {
    const member = typing.member(name)
    if (member === null || Object.hasOwn(value, name)) return undefined
    value[name] = member.scalar(text)
  }
  return value
}

/** The value of one text. If the text alone does not fit but a list with it does, the value is the list. */
function single(text: string, typing: Typing): JsonValue {
  const value = typing.scalar(text)
  if ((typing.kinds & ARRAY) === 0 || typing.fits(value)) return value
  const list = [typing.item(0).scalar(text)]
  return typing.fits(list) ? list : value
}
