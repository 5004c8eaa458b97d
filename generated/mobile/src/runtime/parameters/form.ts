import { parseJsonText, work } from '../json/index.ts'
import { ARRAY, BOOLEAN, type CompiledSchemas, NUMBER, OBJECT, STRING } from '../schema/index.ts'
import type { ParameterStyle, Schema } from '../vocabulary.ts'
import { baseName } from '../words/foldedNames.ts'
import { deepField } from './deep.ts'
import { decodeForm, encodePercent } from './percent.ts'
import { convert, kindOfPieces, type Pieces, pairwise, typedValue } from './pieces.ts'
import type { Pairs } from './query.ts'
import { absent, faulty, type Reading } from './reading.ts'
import { Typing } from './typing.ts'
import { joinContent, joinForm } from './writing/query.ts'

/** Reads one declared input from the pairs of a query or an urlencoded body. Names that it reads are added to `used`. */
export type Field = (pairs: Pairs, used: Set<string>) => Reading

/** How a field is written. A `ParameterSchema` has all these members. */
export interface FieldSchema {
  readonly style: ParameterStyle | null
  readonly explode: boolean
  readonly allowReserved: boolean
  readonly schema: Schema
}

/** Characters. Splitting a longer text takes a step for each of them (rule P15). */
const longText = 64

const twice = faulty('must be given once')
const malformed = faulty('is not written as it should be')

/** Makes the reader of a field. `others` are the names of all other fields, which an object with arbitrary names must not read. */
export function formField(
  name: string,
  field: FieldSchema,
  schemas: CompiledSchemas,
  others: ReadonlySet<string>,
): Field {
  const typing = new Typing(schemas, [field.schema])
  if (field.style === null) return (pairs, used) => contentField(name, field, pairs, used)
  if (field.style === 'deepObject') return deepField(name, typing, { ...field, free: false })
  const exploded = field.explode && (typing.kinds & OBJECT) !== 0 ? memberPieces(typing, others) : null
  return (pairs, used) => {
    const raws = pairs.get(name)
    if (raws !== undefined) used.add(name)
    const pieces = raws === undefined ? exploded?.(pairs, used) : namedPieces(field, raws, typing.kinds)
    if (pieces === undefined) return absent
    if (typeof pieces === 'string') return pieces === 'twice' ? twice : malformed
    const decoded = convert(pieces, decodeForm)
    const value = decoded === null ? undefined : typedValue(decoded, typing)
    if (decoded === null || value === undefined) return malformed
    return { kind: 'read', value, wire: joinForm(name, field, decoded) }
  }
}

/** A parameter whose value is one media type (`content`): JSON. */
function contentField(name: string, field: FieldSchema, pairs: Pairs, used: Set<string>): Reading {
  const [raw, second] = pairs.get(name) ?? []
  if (raw === undefined) return absent
  used.add(name)
  if (second !== undefined) return twice
  const text = decodeForm(raw)
  const read = text === null ? null : parseJsonText(text)
  if (text === null || read?.kind !== 'json') return faulty('must be JSON')
  return { kind: 'read', value: read.value, wire: joinContent(name, field, text) }
}

function namedPieces(field: FieldSchema, raws: readonly string[], kinds: number): Pieces | 'twice' | 'malformed' {
  const [raw = '', second] = raws
  const scalar = (kinds & (STRING | NUMBER | BOOLEAN)) !== 0
  if (field.explode) {
    if (kinds & ARRAY && (second !== undefined || !scalar)) return { kind: 'array', items: raws }
    return second === undefined ? { kind: 'scalar', text: raw } : 'twice'
  }
  if (second !== undefined) return 'twice'
  if (raw.length > longText) work.spend(raw.length)
  const texts = raw === '' ? [] : raw.split(delimiterOf(field.style))
  const shape = kindOfPieces(kinds, texts.length > 1)
  if (shape === 'scalar') return { kind: 'scalar', text: raw }
  return shape === 'array' ? { kind: 'array', items: texts } : (pairwise(texts) ?? 'malformed')
}

/** An exploded object: each member is a separate parameter. */
function memberPieces(typing: Typing, others: ReadonlySet<string>) {
  return (pairs: Pairs, used: Set<string>): Pieces | 'twice' | undefined => {
    const names = typing.open ? pairs.keys() : typing.names
    const members: (readonly [string, string])[] = []
    if (typing.open) work.spend(pairs.size * 4)
    for (const name of names) {
      const [raw, second] = pairs.get(name) ?? []
      if (raw === undefined || others.has(baseName(name)) || typing.member(name) === null) continue
      used.add(name)
      if (second !== undefined) return 'twice'
      members.push([encodePercent(name), raw])
    }
    return members.length === 0 ? undefined : { kind: 'object', members }
  }
}

function delimiterOf(style: ParameterStyle | null): RegExp {
  if (style === 'spaceDelimited') return /%20|\+/
  return style === 'pipeDelimited' ? /\||%7C/i : /,/
}
