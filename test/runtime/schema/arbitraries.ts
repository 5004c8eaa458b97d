import fc from 'fast-check'
import type { JsonValue } from '../../../templates/runtime/json/index.ts'
import type { Schema } from '../../../templates/runtime/vocabulary.ts'

const names = ['a', 'b', 'label', 'children', 'constructor'] as const
const words = ['', 'x', 'abc', 'éé', '😀😀', '2020-02-29', '10.0.0.1', 'long enough to break limits']

const scalar: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom<JsonValue>(null, true, false, 0, 1, -1, 2, 3, 1.5, 100, ...words),
  fc.integer({ min: -5, max: 5 }),
)

/** Small values that have a chance to be valid for small schemas. */
export const anyValue: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 3, arbitrary: scalar },
    { weight: 2, arbitrary: fc.array(tie('value'), { maxLength: 4 }) },
    {
      weight: 3,
      arbitrary: fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 4, noNullPrototype: true }),
    },
  ),
})).value

/** A keyword present in about one schema of two. */
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 2 })

const count = fc.integer({ min: 0, max: 3 })
const name = fc.constantFrom(...names)
const type = fc.constantFrom('null', 'boolean', 'number', 'integer', 'string', 'array', 'object')

function without(undefinedMembers: Readonly<Record<string, unknown>>): Schema {
  return Object.fromEntries(Object.entries(undefinedMembers).filter(([, value]) => value !== undefined))
}

type Keywords = Readonly<Record<string, fc.Arbitrary<unknown>>>

const record = (keywords: Keywords): fc.Arbitrary<Schema> =>
  fc.record(Object.fromEntries(Object.entries(keywords).map(([key, of]) => [key, maybe(of)]))).map(without)

/**
 * Schemas with all keywords of validation. Branches and `unevaluated...` are generated separately, because ajv also
 * counts evaluations by branches that do not match (tested in `checker.test.ts`).
 */
const vocabulary = (kind: 'branching' | 'unevaluated'): fc.Arbitrary<Schema> =>
  fc.letrec<{ schema: Schema }>((tie) => {
    const schema = tie('schema')
    const schemas = fc.array(schema, { minLength: 1, maxLength: 3 })
    const properties = fc.dictionary(name, schema, { minKeys: 1, maxKeys: 3, noNullPrototype: true })
    const types = fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 3 }))
    const someNames = fc.uniqueArray(name, { maxLength: 2 })
    const groups = [
      record({ type: types, enum: fc.array(anyValue, { minLength: 1, maxLength: 3 }) }),
      record({ const: anyValue }),
      record({ minimum: count, maximum: count, exclusiveMinimum: count, exclusiveMaximum: count }),
      record({ multipleOf: fc.constantFrom(1, 2, 0.5) }),
      record({ minLength: count, maxLength: count, pattern: fc.constantFrom('^a', '\\d', '^.{2}$', 'é') }),
      record({ format: fc.constantFrom('date', 'ipv4', 'uuid', 'int32', 'password', 'unheard-of') }),
      record({ items: schema, prefixItems: schemas, minItems: count, maxItems: count, uniqueItems: fc.boolean() }),
      record({
        properties,
        patternProperties: fc.dictionary(fc.constantFrom('^a', 'l'), schema, { noNullPrototype: true }),
        additionalProperties: schema,
      }),
      record({ required: someNames, minProperties: count, maxProperties: count, propertyNames: schema }),
      record({ dependentRequired: fc.dictionary(name, someNames, { noNullPrototype: true }) }),
      record({ allOf: schemas, not: schema }),
    ]
    const branching = [
      record({ anyOf: schemas, dependentSchemas: properties }),
      record({ oneOf: schemas }),
      fc
        .tuple(schema, maybe(schema), maybe(schema))
        .map(([condition, then, otherwise]) => [
          ['if', condition],
          ['then', then],
          ['else', otherwise],
        ])
        .map((entries) => without(Object.fromEntries(entries))),
      record({ $ref: fc.constantFrom('#/schemas/tree', '#/schemas/short'), maxProperties: count }),
      fc.record({ contains: schema, minContains: maybe(count), maxContains: maybe(count) }).map(without),
    ]
    const unevaluated = [
      record({ properties, allOf: schemas, unevaluatedProperties: schema }),
      record({ prefixItems: schemas, allOf: schemas, unevaluatedItems: schema }),
    ]
    const simple = fc.oneof(fc.boolean(), record({ type: types }), record({ type, maxLength: count, minimum: count }))
    return { schema: fc.oneof({ maxDepth: 3 }, simple, ...groups, ...(kind === 'branching' ? branching : unevaluated)) }
  }).schema

export const schemaArbitrary: fc.Arbitrary<Schema> = fc.oneof(vocabulary('branching'), vocabulary('unevaluated'))

/**
 * A value that is closer to the schema, or misses it by one change: a member added, removed or changed, selected by the
 * seed.
 */
export function nearMiss(schema: Schema, value: JsonValue, seed: number): JsonValue {
  const listed = typeof schema === 'object' ? (schema['enum'] ?? schema['required']) : undefined
  const candidates = Array.isArray(listed) ? (listed as JsonValue[]) : []
  const [pick = null] = candidates.slice(seed % Math.max(1, candidates.length))
  if (Array.isArray(value)) return seed % 2 === 0 ? [...value, ...value] : value.slice(1)
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
    if (seed % 3 === 0) return Object.fromEntries(entries.slice(1))
    return Object.fromEntries([...entries, [typeof pick === 'string' ? pick : (names[seed % names.length] ?? 'a'), 1]])
  }
  if (typeof value === 'number') return value + (seed % 2 === 0 ? 1 : 0.5)
  if (typeof value === 'string') return value + 'a'
  return pick
}

const others: readonly JsonValue[] = [null, true, 1.5, -1, '', 'x', [], {}]

/** The value with one change at any place: another value, one item or member more or less, or a bound missed by one. */
export function oneStepFrom(value: JsonValue, seed: number): JsonValue {
  const at = Math.floor(seed / 8)
  if (seed % 8 === 0) return others[at % others.length] ?? null
  if (Array.isArray(value)) return oneItemOff(value as readonly JsonValue[], seed % 8, at)
  if (typeof value === 'object' && value !== null)
    return oneMemberOff(value as Readonly<Record<string, JsonValue>>, seed % 8, at)
  if (typeof value === 'number') return value + ([1, -1, 0.5][at % 3] ?? 1)
  if (typeof value === 'string') return at % 2 === 0 ? `${value}a` : value.slice(0, -1)
  return others[at % others.length] ?? null
}

function oneItemOff(items: readonly JsonValue[], what: number, at: number): JsonValue {
  if (what === 1) return [...items, others[at % others.length] ?? null]
  if (what === 2 || items.length === 0) return [...items, ...items.slice(-1)]
  if (what === 3) return items.slice(0, -1)
  const changed = at % items.length
  return items.map((item, index) => (index === changed ? oneStepFrom(item, Math.floor(at / items.length)) : item))
}

function oneMemberOff(members: Readonly<Record<string, JsonValue>>, what: number, at: number): JsonValue {
  const entries = Object.entries(members)
  if (what < 3 || entries.length === 0) {
    return Object.fromEntries([...entries, [names[at % names.length] ?? 'a', others[at % others.length] ?? null]])
  }
  const chosen = at % entries.length
  if (what < 5) return Object.fromEntries(entries.filter((_, index) => index !== chosen))
  const next = Math.floor(at / entries.length)
  return Object.fromEntries(entries.map(([name, of], index) => [name, index === chosen ? oneStepFrom(of, next) : of]))
}

/** Whether ajv cannot compare a value with equal ones: it confuses a member `constructor` with the inherited one. */
export function confusesAjv(value: unknown): boolean {
  return /"constructor":[[{]/.test(JSON.stringify(value))
}
