import type { ParameterModel, SchemaNode } from '../../model/types.ts'
import type { JsonObject, JsonValue } from '../../read/types.ts'
import { encodedLength, type Form, itemExtent, mostItems, mostMembers, textExtent } from './extents.ts'
import { declaredMembers, placeOf } from './places.ts'
import { factsOf } from './schemaFacts.ts'

/** What is counted for values without a limit, and whether all characters of a URL count as escaped. */
export interface Assumptions {
  readonly inUrl: Form
  /** Bytes of a value, of an item or member within a text, and of a member of any name. */
  readonly value: number
  readonly item: number
  readonly member: number
  /** Items of a list within a text or a query, and pairs of a query that they are. */
  readonly items: number
  readonly pairs: number
}

/** A part of a query: pairs of names and values, and their bytes with the separators. */
export interface Pairs {
  readonly pairs: number
  readonly bytes: number
}

/** The longest texts of the parameters of a document. */
export interface Lengths {
  /** A header or cookie parameter: its name, its value, and four bytes around them. */
  field(parameter: ParameterModel): number
  pathValue(parameter: ParameterModel): number
  query(parameter: ParameterModel): Pairs
}

/** Objects within each other that are counted. */
const deepest = 4

const nothing: Pairs = { pairs: 0, bytes: 0 }

export function createLengths(document: JsonObject, assumed: Assumptions): Lengths {
  /** A value that stands in one text: a scalar, or a list or object with delimiters. */
  const inOne = (schema: JsonValue, form: Form): number => {
    const item = limited(itemExtent(schema, document, form), assumed.item) + 3
    return Math.max(single(schema, form), itemsOf(schema) * item, membersIn(schema))
  }

  const single = (schema: JsonValue, form: Form): number => limited(textExtent(schema, document, form), assumed.value)

  const itemsOf = (schema: JsonValue): number => limited(mostItems(schema, document), assumed.items)

  /** The members of an object that is one text. */
  const membersIn = (schema: JsonValue): number =>
    [...declaredMembers(placeOf(schema, document))]
      .map(([name, properties]) => {
        const value = limited(textExtent(properties[name] ?? true, document, assumed.inUrl), assumed.item)
        return value + encodedLength(name) + 6
      })
      .reduce(sum, 0)

  const query = ({ name, schema: node, style, explode }: ParameterModel): Pairs => {
    const { schema } = node
    const around = encodedLength(name) + 2
    const isDeep = style === 'deepObject'
    if (style === null || (!explode && !isDeep)) return { pairs: 1, bytes: inOne(schema, assumed.inUrl) + around }
    const { types } = factsOf(node, document)
    if (isDeep || types?.has('object') === true)
      return behind(isDeep ? around : 2, ofMembers(schema, isDeep, 0, new Map()))
    const one = { pairs: 1, bytes: single(schema, assumed.inUrl) + around }
    return types === null || types.has('array') ? larger(one, ofItems(schema, around)) : one
  }

  const ofItems = (schema: JsonValue, around: number): Pairs => ({
    pairs: limited(mostItems(schema, document), assumed.pairs),
    bytes: itemsOf(schema) * (limited(itemExtent(schema, document, assumed.inUrl), assumed.item) + around),
  })

  /**
   * The pairs of an object: one for each member, and with brackets one for each item of a member that is a list, without what stands before
   * the name of the member. `known`: by depth and schema, since documents may refer to one often.
   */
  const ofMembers = (
    schema: JsonValue,
    nested: boolean,
    depth: number,
    known: Map<number, Map<JsonValue, Pairs>>,
  ): Pairs => {
    const ofDepth = known.get(depth) ?? new Map<JsonValue, Pairs>()
    known.set(depth, ofDepth)
    const before = ofDepth.get(schema)
    if (before !== undefined) return before
    const ofMember = ([name, member]: readonly [string, JsonValue]): Pairs => {
      const around = encodedLength(name) + (nested ? 6 : 0)
      const one = { pairs: 1, bytes: inOne(member, assumed.inUrl) + around }
      if (!nested || depth === deepest) return one
      const { types } = factsOf(nodeOf(member), document)
      if (types?.has('array') === true) return larger(one, ofItems(member, around + 6))
      return types?.has('object') === true ? behind(around, ofMembers(member, true, depth + 1, known)) : one
    }
    const members = new Map(
      [...declaredMembers(placeOf(schema, document))].map(([name, properties]) => [name, properties[name] ?? true]),
    )
    const most = mostMembers(schema, document)
    const found =
      members.size === 0
        ? { pairs: limited(most, assumed.pairs), bytes: limited(most, 0) * assumed.member }
        : [...members]
            .map(ofMember)
            .sort((a, b) => b.pairs - a.pairs || b.bytes - a.bytes)
            .slice(0, Math.min(most, members.size))
            .reduce(together, nothing)
    ofDepth.set(schema, found)
    return found
  }

  return {
    field: ({ name, schema }) => inOne(schema.schema, 'plain') + name.length + 4,
    pathValue: ({ schema }) => inOne(schema.schema, assumed.inUrl),
    query,
  }
}

/** Pairs whose names have more before them. */
function behind(length: number, { pairs, bytes }: Pairs): Pairs {
  return { pairs, bytes: bytes + limited(pairs, 0) * length }
}

function nodeOf(schema: JsonValue): SchemaNode {
  return { schema, origin: { file: '', pointer: '' } }
}

function limited(limit: number, otherwise: number): number {
  return Number.isFinite(limit) ? limit : otherwise
}

const sum = (a: number, b: number): number => a + b
const together = (a: Pairs, b: Pairs): Pairs => ({ pairs: a.pairs + b.pairs, bytes: a.bytes + b.bytes })
const larger = (a: Pairs, b: Pairs): Pairs => ({
  pairs: Math.max(a.pairs, b.pairs),
  bytes: Math.max(a.bytes, b.bytes),
})
