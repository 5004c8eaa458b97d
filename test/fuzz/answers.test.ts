import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createSampler } from '../../generator/dev/sampler.ts'
import {
  canonicalNumber,
  JsonNumber,
  type JsonValue,
  parseAnswer,
  stringifyJson,
} from '../../templates/runtime/json/index.ts'
import { compileSchemas, type Scanned } from '../../templates/runtime/schema/index.ts'
import type { Schema } from '../../templates/runtime/vocabulary.ts'
import { anyValue, oneStepFrom, schemaArbitrary } from '../runtime/schema/arbitraries.ts'
import { type Choose, createChoose, encode, spell, styleOf } from '../support/jsonStyles.ts'
import { fuzz, patience } from './runs.ts'

const schemas: Readonly<Record<string, Schema>> = {
  tree: {
    type: 'object',
    properties: { a: { type: 'string' }, b: { type: 'array', items: { $ref: '#/schemas/tree' } } },
  },
  short: { type: 'string', maxLength: 3 },
}
const contract = compileSchemas({ operations: {}, schemas, linear: [] })
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
const scanned: fc.Arbitrary<Schema> = fc.letrec<{ schema: Schema }>((tie) => {
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

/** A value in which equal values are equal, whatever their notation and the order of members. */
function canonical(value: JsonValue): unknown {
  if (typeof value === 'number' || value instanceof JsonNumber) return { number: canonicalNumber(value) }
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(canonical)
  return new Map(
    Object.entries(value as Readonly<Record<string, JsonValue>>)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, of]) => [name, canonical(of)]),
  )
}

/** The value of bytes; `null`: they are not JSON. */
function read(bytes: Buffer | string): unknown {
  const json = parseAnswer(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes)
  return json.kind === 'fault' ? null : { value: canonical(json.value) }
}

/** The value of bytes, and the number of members in their text: a name that came twice would count twice. */
function shown(bytes: Buffer | string): unknown {
  const text = typeof bytes === 'string' ? bytes : bytes.toString('latin1')
  return { read: read(bytes), members: text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '').split(':').length - 1 }
}

/** What parsing, checking and projecting give; `null`: nothing of it is shown. */
function oracle(bytes: Buffer, schema: Schema, checked: boolean): unknown {
  const json = parseAnswer(bytes)
  if (json.kind === 'fault') return null
  if (checked && !contract.checker(schema, 'response').fits(json.value)) return null
  const value = contract.projector(schema)(json.value)
  const text = value === undefined ? null : stringifyJson(value, json.exact)
  return text === null ? null : shown(Buffer.from(text))
}

function scan(bytes: Buffer, schema: Schema, checked: boolean, piece: number): Buffer | string | null {
  let result: Scanned = contract.scanner(schema, checked)(bytes, piece)
  while (typeof result === 'function') result = result()
  return result
}

describe('answers in any spelling', () => {
  test(
    'are scanned to what the parser, the check and the projection make of them, or left to these (rule O2)',
    () => {
      let said = 0
      let all = 0
      fc.assert(
        fc.property(scanned, anyValue, fc.nat(), fc.boolean(), (schema, value, seed, checked) => {
          const choose = createChoose(seed)
          const fitting = [0, 1].map((variant) => sampler.value(schema, 'response', [], variant).value as JsonValue)
          const values = [
            ...fitting,
            ...fitting.map((each) => varied(each, choose)),
            ...fitting.map((each) => oneStepFrom(each, seed)),
            value,
          ]
          for (const each of values) {
            const bytes = encode(spell(each, styleOf(choose), choose), choose)
            const piece = [1, 10, 65_536][choose(3)] ?? 1
            const result = scan(bytes, schema, checked, piece)
            all += 1
            if (result === null) continue
            said += 1
            const expected = oracle(bytes, schema, checked)
            expect([bytes.toString('latin1'), shown(result)]).toEqual([bytes.toString('latin1'), expected])
          }
        }),
        fuzz(2_000, 15_000, 1),
      )
      // The comparison would be meaningless if the scanner left everything to the parser.
      expect(said / all).toBeGreaterThan(0.3)
    },
    patience,
  )
})
