import { type JsonValue, work } from '../json/index.ts'
import {
  deepField,
  encodePercent,
  type Field,
  type FieldSchema,
  formField,
  type Pairs,
  parsePairs,
  Typing,
} from '../parameters/index.ts'
import { ARRAY, type CompiledSchemas, OBJECT, segment } from '../schema/index.ts'
import type { EncodingSchema, MediaSchema } from '../vocabulary.ts'
import { baseName, foldTarget } from '../words/foldedNames.ts'
import { foldingSteps, foldText } from '../words/folding.ts'
import { type Content, type ContentReaderFor, checked, faultyContent } from './content.ts'
import { charsetNamed } from './media.ts'

/** Maximum number of pairs in a form. */
const maxPairs = 1_000

/**
 * Reads urlencoded bodies: decoded by the schema's properties and their encodings, checked, and encoded again in one canonical
 * form, so that the service cannot decode them differently. Undeclared fields are refused.
 */
export const urlencodedReader: ContentReaderFor = (media, schemas, rules) => {
  const check = checked(media, schemas, rules)
  const typing = new Typing(schemas, [media.schema])
  const filled = new Set(rules.bound.map(foldText))
  const fields = new Map<string, Field>()
  for (const name of typing.names) fields.set(name, fieldOf(name, typing, media, schemas))
  return (bytes, _, filling): Content => {
    // Decoding and encoding a character takes up to half a step (rule P15).
    work.spend(bytes.length >> 1)
    const outcome = parsePairs(bytes.toString('latin1'), maxPairs)
    if (outcome.kind === 'fault') return faultyContent(outcome.detail)
    const { pairs } = outcome
    // Some readers decode the other fields by the value of this one.
    if (pairs.get('_charset_')?.some((charset) => charsetNamed(charset) !== 'utf-8'))
      return faultyContent('has a charset that is not accepted', '/_charset_')
    const sent = filled.size === 0 ? undefined : [...pairs.keys()].find((name) => isFilled(name, filled))
    if (sent !== undefined) return faultyContent('is not allowed here', `/${segment(sent)}`)
    const value: Record<string, JsonValue> = {}
    const wire: string[] = []
    const used = new Set<string>()
    const all = [...fields, ...others(pairs, fields, typing, schemas)]
    for (const [name, read] of all) {
      const reading = read(pairs, used)
      if (reading.kind === 'fault') return faultyContent(reading.detail, `/${segment(name)}${reading.pointer}`)
      if (reading.kind === 'absent') continue
      value[name] = reading.value
      wire.push(reading.wire)
    }
    const unknown = [...pairs.keys()].find((name) => !used.has(name))
    if (unknown !== undefined) return faultyContent('is not allowed here', `/${segment(unknown)}`)
    for (const [name, of] of filling) {
      value[name] = of
      for (const item of Array.isArray(of) ? of : [of])
        wire.push(`${encodePercent(name)}=${encodePercent(String(item))}`)
    }
    return check(value, () => Buffer.from(wire.filter((text) => text !== '').join('&')))
  }
}

function isFilled(name: string, filled: ReadonlySet<string>): boolean {
  work.spend(foldingSteps(name))
  return filled.has(foldTarget(name))
}

/** The fields that were sent and that the schema allows without declaring them by name. */
function others(
  pairs: Pairs,
  fields: ReadonlyMap<string, Field>,
  typing: Typing,
  schemas: CompiledSchemas,
): readonly (readonly [string, Field])[] {
  if (typing.isFree) {
    const names = [...pairs.keys()].filter((name) => name !== '__proto__')
    return names.map((name) => [name, formField(name, anything, schemas, none)])
  }
  if (!typing.open) return []
  const names = new Set([...pairs.keys()].map(baseName))
  return [...names].flatMap((name) => {
    const member = fields.has(name) ? null : typing.member(name)
    return member === null ? [] : [[name, memberField(name, member, undefined, schemas)] as const]
  })
}

const none: ReadonlySet<string> = new Set()
const anything: FieldSchema = { style: 'form', explode: true, allowReserved: false, schema: true }

function fieldOf(name: string, typing: Typing, media: MediaSchema, schemas: CompiledSchemas): Field {
  const encoding = Object.hasOwn(media.encoding, name) ? media.encoding[name] : undefined
  const member = typing.member(name)
  return member === null ? () => ({ kind: 'absent' }) : memberField(name, member, encoding, schemas)
}

/**
 * The field of one property. Without a style, a scalar or list is repeated pairs, and an object, also one in a list, is JSON text
 * (OpenAPI 3.1, encoding object) or pairs with brackets in their names.
 */
function memberField(
  name: string,
  member: Typing,
  encoding: EncodingSchema | undefined,
  schemas: CompiledSchemas,
): Field {
  const { explode = true, allowReserved = false, style = null } = encoding ?? {}
  const { schema } = member
  if (style !== null && style !== 'deepObject') {
    return formField(name, { style, explode, allowReserved, schema }, schemas, none)
  }
  const deep = deepField(name, member, { allowReserved, free: true })
  if (style === 'deepObject') return deep
  const isList = (member.kinds & ARRAY) !== 0
  if (((isList ? member.item(0) : member).kinds & OBJECT) === 0) return deep
  const one = formField(name, { style: null, explode: false, allowReserved, schema }, schemas, none)
  const json = isList ? eachOf(name, one) : one
  return (pairs, used) => (/^(?:%7B|\{)/i.test(pairs.get(name)?.[0] ?? '') ? json : deep)(pairs, used)
}

/** A list with one pair per item. */
function eachOf(name: string, item: Field): Field {
  return (pairs, used) => {
    const value: JsonValue[] = []
    const wire: string[] = []
    for (const raw of pairs.get(name) ?? []) {
      const reading = item(new Map([[name, [raw]]]), used)
      if (reading.kind !== 'read') return reading
      value.push(reading.value)
      wire.push(reading.wire)
    }
    return { kind: 'read', value, wire: wire.join('&') }
  }
}
