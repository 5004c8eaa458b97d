import fc from 'fast-check'
import { createSampler } from '../../generator/dev/sampler.ts'
import { JsonNumber, type JsonValue } from '../../templates/runtime/json/index.ts'
import { compileSchemas, type Direction } from '../../templates/runtime/schema/index.ts'
import type { Schema } from '../../templates/runtime/vocabulary.ts'
import { oneStepFrom, schemaArbitrary } from '../runtime/schema/arbitraries.ts'
import { type Choose, encode, spell, styleOf } from '../support/jsonStyles.ts'

// Schemas that the scanner reads itself, and texts of values for them.

const schemas: Readonly<Record<string, Schema>> = {
  tree: {
    type: 'object',
    properties: { a: { type: 'string' }, b: { type: 'array', items: { $ref: '#/schemas/tree' } } },
  },
  short: { type: 'string', maxLength: 3 },
}
export const contract = compileSchemas({ operations: {}, schemas, linear: [] })
const sampler = createSampler({ operations: {}, schemas, linear: [] })

const names = ['a', 'b', 'id', 'é', '"', 'a/b', 'label', 'constructor', '😀']
const texts = [
  '',
  'a',
  'abc',
  'éé',
  '😀',
  '"\\/',
  '\u0000\n',
  '\ud800',
  'ordinary text of some length',
  'https://example.com/é',
]
const numbers = [
  '12345678901234567890',
  '0.1000000000000000055511151231257827',
  '1e400',
  '-1e-400',
  '100000000000000000000',
]

/** Schemas of the forms that the scanner reads itself, with one in five of any form. */
export const scanned: fc.Arbitrary<Schema> = fc.letrec<{ schema: Schema }>((tie) => {
  const record = (
    keywords: Readonly<Record<string, fc.Arbitrary<unknown>>>,
    requiredKeys = ['type'],
  ): fc.Arbitrary<Schema> => fc.record(keywords, { requiredKeys }) as fc.Arbitrary<Schema>
  const count = fc.integer({ min: 0, max: 4 })
  const nullable = (type: string) => fc.constantFrom<unknown>(type, type, [type, 'null'], ['null', type])
  const string = record({
    type: nullable('string'),
    minLength: count,
    maxLength: fc.integer({ min: 0, max: 30 }),
    pattern: fc.constantFrom('^a', 'é', '.', '^[a-z ]*$', '^.{0,5}$', '/'),
  })
  const properties = fc.dictionary(fc.constantFrom(...names), tie('schema'), { minKeys: 1, noNullPrototype: true })
  return {
    schema: fc.oneof(
      { maxDepth: 4, depthSize: 'medium' },
      string,
      fc.record({ type: nullable('string') }) as fc.Arbitrary<Schema>,
      fc.record({ enum: fc.uniqueArray(fc.constantFrom(...texts), { minLength: 1 }) }) as fc.Arbitrary<Schema>,
      record({ type: nullable('integer'), minimum: count }),
      record({ type: nullable('number'), maximum: fc.constantFrom(3, 1e30), multipleOf: fc.constantFrom(1, 0.5) }),
      record({ type: nullable('boolean') }),
      fc.constantFrom<Schema>({ $ref: '#/schemas/tree' }, { $ref: '#/schemas/short' }, {}),
      {
        arbitrary: record(
          {
            type: nullable('array'),
            items: tie('schema'),
            minItems: count,
            maxItems: fc.constantFrom(2, 9),
          },
          ['type', 'items'],
        ),
        weight: 3,
      },
      {
        arbitrary: properties.chain((of) =>
          record({
            type: nullable('object'),
            properties: fc.constant(of),
            required: fc.subarray(Object.keys(of)),
            additionalProperties: fc.constantFrom<Schema>(false, false),
          }),
        ),
        weight: 5,
      },
      schemaArbitrary,
    ),
  }
}).schema

/** The value with some of its scalars replaced by other ones of their type. */
function varied(value: JsonValue, choose: Choose): JsonValue {
  if (typeof value === 'string') return choose(2) === 0 ? value : (texts[choose(texts.length)] ?? '')
  if (typeof value === 'number')
    return choose(4) > 0 ? value : new JsonNumber(numbers[choose(numbers.length)] ?? '1e400')
  if (typeof value !== 'object' || value === null || value instanceof JsonNumber) return value
  if (Array.isArray(value)) {
    const items = value as readonly JsonValue[]
    return (choose(3) === 0 ? [...items, ...items] : items).map((item) => varied(item, choose))
  }
  const entries = Object.entries(value as Readonly<Record<string, JsonValue>>)
  if (choose(2) === 0) entries.reverse()
  return Object.fromEntries(entries.map(([name, of]) => [name, varied(of, choose)]))
}

/** Texts in random spelling: of values that fit, of values that nearly fit, and of this value. */
export function spellings(
  schema: Schema,
  direction: Direction,
  value: JsonValue,
  seed: number,
  choose: Choose,
): Buffer[] {
  const fitting = [0, 1].map((variant) => sampler.value(schema, direction, [], variant).value as JsonValue)
  const values = [
    ...fitting,
    ...fitting.map((each) => varied(each, choose)),
    ...fitting.map((each) => oneStepFrom(each, seed)),
    value,
  ]
  return values.map((each) => encode(spell(each, styleOf(choose), choose), choose))
}
