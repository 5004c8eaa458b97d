import { describe, expect, test } from '@jest/globals'
import type { JsonObject, JsonValue } from '../../generator/read/types.ts'
import { manifest, planned } from '../support/planned.ts'

// `allOf` with a part `{ additionalProperties: false, required: [name] }` refuses every body, because that part does not declare
// `name`. Each call was 400, and `generate` reported nothing.

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` })
const text: JsonObject = { type: 'string' }
const object = (properties: Readonly<Record<string, JsonValue>>, ...required: readonly string[]): JsonObject => ({
  type: 'object',
  properties,
  ...(required.length === 0 ? {} : { required }),
})
const closed: JsonObject = { additionalProperties: false, required: ['name'] }

interface Asked {
  readonly schema: JsonValue
  readonly schemas?: Readonly<Record<string, JsonValue>>
  readonly parameter?: JsonObject
}

function reportsOf({ schema, schemas = {}, parameter }: Asked): readonly string[] {
  const scheme = { type: 'http', scheme: 'bearer' }
  const document = {
    openapi: '3.1.0',
    info: { title: 'a', version: '1' },
    paths: {
      '/orders': {
        post: {
          operationId: 'addOrder',
          ...(parameter === undefined ? {} : { parameters: [{ name: 'q', in: 'query', schema, ...parameter }] }),
          ...(parameter === undefined ? { requestBody: { content: { 'application/json': { schema } } } } : {}),
          responses: { 204: { description: 'Done' } },
        },
      },
    },
    components: { schemas, securitySchemes: { oauth: scheme, staff: scheme, key: scheme } },
  }
  const text = manifest(['orders.addOrder: { access: { authenticated: true } }'])
  const { diagnostics } = planned(text, { orders: JSON.stringify(document) })
  return diagnostics.map(({ code, message }) => `${code} ${message}`)
}

describe('a body that no value fits is reported', () => {
  test.each<[what: string, schema: JsonValue, reason: RegExp, schemas?: Record<string, JsonValue>]>([
    ['required and refused by a part', { allOf: [object({ name: text }), closed] }, /`name` is required/],
    [
      'required by the base, refused by an heir',
      ref('B'),
      /`name`/,
      { A: object({ name: text }, 'name'), B: { allOf: [ref('A'), { additionalProperties: false }] } },
    ],
    ['required and false', object({ name: false }, 'name'), /`name` is required/],
    ['required and nothing', object({ name: { not: {} } }, 'name'), /`name` is required/],
    ['two values', { allOf: [object({ a: { enum: ['x'] } }, 'a'), object({ a: { const: 'y' } })] }, /listed values/],
    ['two enumerations', { allOf: [{ enum: ['a', 'b'] }, { enum: ['c'] }] }, /listed values/],
    ['a value outside the bounds', { allOf: [{ enum: [1, 2] }, { minimum: 3 }] }, /listed values/],
    [
      'bounds in two parts',
      object({ a: { allOf: [{ minimum: 5 }, { type: 'integer', maximum: 4 }] } }, 'a'),
      /lower bound/,
    ],
    ['lengths in two parts', { allOf: [{ type: 'string', minLength: 5 }, { maxLength: 4 }] }, /lower bound/],
    [
      'exclusive bounds',
      { type: 'number', minimum: 1, exclusiveMaximum: 1 },
      /between the lower bound \(`minimum` 1\) and the upper one \(`exclusiveMaximum` 1\)/,
    ],
    ['types in two parts', { allOf: [{ type: 'string' }, { type: ['integer', 'null'] }] }, /no type fits/],
    ['every alternative', { type: 'object', oneOf: [text, { type: 'array', items: {} }] }, /no alternative fits/],
    ['the items of a list', { type: 'array', minItems: 1, items: { allOf: [text, { type: 'null' }] } }, /an item/],
    ['itself', ref('A'), /requires itself/, { A: object({ child: ref('A') }, 'child') }],
    ['deep within', object({ a: object({ b: object({ c: false }, 'c') }, 'b') }, 'a'), /`c` is required/],
  ])('%s', (_, schema, reason, schemas = {}) => {
    expect(reportsOf({ schema, schemas })).toEqual([expect.stringMatching(new RegExp(`^GW3268 .*${reason.source}`))])
  })

  test('a required parameter, too', () => {
    const schema = { allOf: [text, { type: 'integer' }] }
    expect(reportsOf({ schema, parameter: { required: true } })).toEqual([expect.stringMatching(/^GW3268 .*`q`/)])
    expect(reportsOf({ schema, parameter: {} })).toEqual([])
  })
})

test.each<[what: string, schema: JsonValue, schemas?: Record<string, JsonValue>]>([
  [
    'a closed part that declares the member',
    { allOf: [object({ name: text }), { ...closed, properties: { name: {} } }] },
  ],
  ['a closed part with patterns', { type: 'object', ...closed, patternProperties: { '^n': text } }],
  [
    'a member that requests do not have by its reference',
    { allOf: [object({ name: ref('Name') }), closed] },
    { Name: { ...text, readOnly: true } },
  ],
  [
    'a member that requests do not have by a part',
    { allOf: [object({ name: { allOf: [text, { readOnly: true }] } }), closed] },
  ],
  ['a member that requests do not have', { allOf: [object({ name: { ...text, readOnly: true } }), closed] }],
  ['an optional member that nothing fits', object({ name: false })],
  ['an alternative that fits', { type: 'object', oneOf: [text, object({ a: text }, 'a')] }],
  [
    'alternatives of which each excludes the other',
    { oneOf: [object({ a: { const: 1 } }, 'a'), object({ a: { const: 2 } }, 'a')] },
  ],
  ['several choices', { allOf: [{ anyOf: [text, { type: 'null' }] }, { anyOf: [{ type: 'integer' }, text] }] }],
  ['itself in a list', ref('A'), { A: object({ children: { type: 'array', items: ref('A') } }, 'children') }],
  ['itself or null', ref('A'), { A: object({ child: { anyOf: [ref('A'), { type: 'null' }] } }, 'child') }],
  ['each other or a text', ref('A'), { A: object({ b: ref('B') }, 'b'), B: { oneOf: [ref('A'), text] } }],
  [
    'an integer for a number',
    {
      allOf: [
        { type: 'number', minimum: 1 },
        { type: 'integer', maximum: 1 },
      ],
    },
  ],
  ['a list that may be empty', { type: 'array', items: false }],
  ['equal objects among values', { allOf: [{ enum: [{ a: 1, b: [2] }] }, { const: { b: [2], a: 1 } }] }],
])('nothing is reported of %s', (_, schema, schemas = {}) => {
  expect(reportsOf({ schema, schemas })).toEqual([])
})
