import type { JsonObject, JsonValue } from '../../read/types.ts'
import { isObject, pointedAt } from '../../support/index.ts'

/** How the length of a value is counted: in characters as the value has them, or in bytes that it may take in a URL. */
export type Form = 'plain' | 'encoded'

/** Bytes of one character of Unicode in a URL: four of UTF-8, each as `%XX`. */
const encodedCharacter = 12

/** Longest texts of formats and types that have only unreserved characters, apart from colons and signs. */
const formats: Readonly<Record<string, Readonly<Record<Form, number>>>> = {
  uuid: { plain: 36, encoded: 36 },
  date: { plain: 10, encoded: 10 },
  'date-time': { plain: 40, encoded: 60 },
  time: { plain: 30, encoded: 50 },
  ipv4: { plain: 15, encoded: 15 },
  ipv6: { plain: 45, encoded: 70 },
}
const ofType: Readonly<Record<string, Readonly<Record<Form, number>>>> = {
  integer: { plain: 20, encoded: 20 },
  number: { plain: 25, encoded: 27 },
  boolean: { plain: 5, encoded: 5 },
  null: { plain: 4, encoded: 4 },
}

/** The longest text of a single value of a schema; `Infinity`: no limit. */
export function textExtent(schema: JsonValue, document: JsonObject, form: Form): number {
  return least(schema, document, (node) => ownText(node, form), new Map())
}

/** The most items of a list of a schema; 0: no value is a list. */
export function mostItems(schema: JsonValue, document: JsonObject): number {
  return least(schema, document, ownItems, new Map())
}

/** The longest text of an item of a list of a schema. */
export function itemExtent(schema: JsonValue, document: JsonObject, form: Form): number {
  const own = ({ items }: JsonObject): number => (items === undefined ? Infinity : textExtent(items, document, form))
  return least(schema, document, own, new Map())
}

/** The most members that an object may have, whatever their names; `Infinity`: the schema does not say. */
export function mostMembers(schema: JsonValue, document: JsonObject): number {
  return least(schema, document, ({ maxProperties }) => limitOf(maxProperties), new Map())
}

/**
 * The limit by `own` of each part: all parts of `allOf` hold, and one of `anyOf` and `oneOf`. A circle ends without a limit. `known`: by
 * visited schema, since documents may refer to one often.
 */
function least(
  schema: JsonValue,
  document: JsonObject,
  own: (schema: JsonObject) => number,
  known: Map<JsonValue, number>,
): number {
  if (schema === false) return 0
  if (!isObject(schema)) return Infinity
  const before = known.get(schema)
  if (before !== undefined) return before
  known.set(schema, Infinity)
  const { $ref } = schema
  const target = typeof $ref === 'string' ? ((pointedAt(document, $ref) as JsonValue | undefined) ?? true) : true
  const parts = [own(schema), ...[target, ...listOf(schema['allOf'])].map((part) => least(part, document, own, known))]
  for (const keyword of ['anyOf', 'oneOf']) {
    const branches = listOf(schema[keyword])
    if (branches.length > 0) parts.push(mostOf(branches.map((one) => least(one, document, own, known))))
  }
  const found = Math.min(...parts)
  known.set(schema, found)
  return found
}

function ownText(schema: JsonObject, form: Form): number {
  const values = listedIn(schema)
  if (values.length > 0) return mostOf(values.map((value) => lengthOf(value, form)))
  const types = typesOf(schema)
  // Values of parameters are texts, so a limit of texts counts also where another part of the schema has the type.
  if (types.length === 0) return ofString(schema, form)
  return mostOf(types.map((type) => (type === 'string' ? ofString(schema, form) : (ofType[type]?.[form] ?? 0))))
}

function ofString({ format, maxLength }: JsonObject, form: Form): number {
  const known = typeof format === 'string' && Object.hasOwn(formats, format) ? formats[format]?.[form] : undefined
  return Math.min(known ?? Infinity, limitOf(maxLength) * (form === 'plain' ? 1 : encodedCharacter))
}

function lengthOf(value: JsonValue, form: Form): number {
  const text = typeof value === 'string' ? value : typeof value === 'object' && value !== null ? '' : String(value)
  return form === 'plain' ? text.length : encodedLength(text)
}

/** Bytes of a text in a URL. */
export function encodedLength(text: string): number {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd')).length
}

function ownItems(schema: JsonObject): number {
  const values = listedIn(schema)
  if (values.length > 0) return mostOf(values.map((one) => (Array.isArray(one) ? one.length : 0)))
  const types = typesOf(schema)
  if (types.length > 0 && !types.includes('array')) return 0
  return limitOf(schema['maxItems'])
}

/** The values that `const` or `enum` lists; none: neither does. */
function listedIn(schema: JsonObject): readonly JsonValue[] {
  return 'const' in schema ? [schema['const'] ?? null] : listOf(schema['enum'])
}

function mostOf(numbers: readonly number[]): number {
  return numbers.reduce((most, one) => Math.max(most, one), 0)
}

function limitOf(limit: JsonValue | undefined): number {
  return typeof limit === 'number' ? limit : Infinity
}

function typesOf({ type }: JsonObject): readonly string[] {
  return listOf(typeof type === 'string' ? [type] : type).filter((one) => typeof one === 'string')
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : []
}
