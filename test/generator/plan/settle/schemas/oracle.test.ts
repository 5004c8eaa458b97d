import { describe, expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { JsonObject, JsonValue } from '../../../../../generator/read/types.ts'
import { answering, planDocument } from '../../../../support/translation.ts'

// ajv implements JSON Schema 2020-12 and nothing of OpenAPI 3.0, so it tests the translation.

const components: JsonObject = {
  Address: { type: 'object', required: ['city'], properties: { city: { type: 'string' } } },
  Cat: { type: 'object', required: ['kind'], properties: { kind: { enum: ['cat'] }, lives: { type: 'integer' } } },
  Dog: { type: 'object', required: ['kind'], properties: { kind: { enum: ['dog'] } } },
  Node: { type: 'object', properties: { next: { nullable: true, allOf: [{ $ref: '#/components/schemas/Node' }] } } },
}
const to = (name: string) => ({ $ref: `#/components/schemas/${name}` })

function validator(schema: JsonValue): (value: unknown) => boolean {
  const { schemas, problems } = planDocument(
    answering({ type: 'object', properties: { it: schema } }, components, '3.0.3'),
  )
  // A pattern of another engine may be reported; nothing else.
  expect(problems.filter((problem) => !problem.startsWith('GW3261'))).toEqual([])
  const answer = schemas.operations['getOrder']?.answers['200']?.content['application/json']?.schema ?? {}
  const member = (answer as { readonly properties: { readonly it: object } }).properties.it
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  ajv.addSchema({ schemas: schemas.schemas }, 'service')
  const local = JSON.parse(JSON.stringify(member).replaceAll('"#/schemas/', '"service#/schemas/'))
  return (value) => ajv.validate(local, value)
}

const cases: readonly (readonly [
  name: string,
  schema: JsonValue,
  fits: readonly unknown[],
  fails: readonly unknown[],
])[] = [
  ['a nullable string', { type: 'string', nullable: true, minLength: 1 }, ['a', null], ['', 1]],
  ['a nullable enumeration', { type: 'string', nullable: true, enum: ['a', 'b'] }, ['a', null], ['c', 0]],
  ['an enumeration of numbers', { type: 'integer', enum: [1, 2] }, [1], [null, 3, '1']],
  ['a nullable reference', { nullable: true, allOf: [to('Address')] }, [null, { city: 'Bern' }], [{}, 'Bern']],
  ['a reference beside nullable', { ...to('Address'), nullable: true }, [{ city: 'Bern' }], [null]],
  [
    'a nullable composition',
    { type: 'object', nullable: true, allOf: [to('Address'), { required: ['zip'] }] },
    [null, { city: 'Bern', zip: 1 }],
    [{ city: 'Bern' }, []],
  ],
  [
    'nullable alternatives',
    { nullable: true, oneOf: [to('Cat'), to('Dog')] },
    [null, { kind: 'cat' }],
    [{ kind: 'cow' }],
  ],
  ['alternatives', { anyOf: [{ type: 'string' }, to('Cat')] }, ['a', { kind: 'cat' }], [null, 1, {}]],
  ['an exclusive minimum', { type: 'number', minimum: 1, exclusiveMinimum: true }, [1.1], [1, 0]],
  ['an inclusive minimum', { type: 'number', minimum: 1, exclusiveMinimum: false }, [1], [0.9]],
  ['an exclusive maximum', { type: 'integer', maximum: 3, exclusiveMaximum: true }, [2], [3]],
  [
    'recursion through null',
    to('Node'),
    [{}, { next: null }, { next: { next: {} } }],
    [{ next: 1 }, { next: { next: [] } }],
  ],
  [
    'a closed object',
    { type: 'object', properties: { a: {} }, additionalProperties: false },
    [{ a: 1 }, {}],
    [{ b: 1 }],
  ],
  ['a map', { type: 'object', additionalProperties: { type: 'integer' } }, [{ a: 1 }, {}], [{ a: 'x' }]],
  ['not', { not: { type: 'string' } }, [1, null], ['a']],
  ['a pattern spelt for an older engine', { type: 'string', pattern: '^[\\w\\_]+\\-x$' }, ['a_-x'], ['a b-x', '-x']],
  ['a pattern without regard to case', { type: 'string', pattern: '(?i)^(all|none)$' }, ['All', 'NONE'], ['any']],
  [
    'unique items',
    { type: 'array', items: {}, uniqueItems: true, maxItems: 2 },
    [[1, 2]],
    [
      [1, 1],
      [1, 2, 3],
    ],
  ],
]

describe('a translated schema of OpenAPI 3.0', () => {
  test.each(cases)('accepts what it should and nothing else: %s', (_, schema, fits, fails) => {
    const accepts = validator(schema)
    expect(fits.filter((value) => !accepts(value))).toEqual([])
    expect(fails.filter(accepts)).toEqual([])
  })
})
