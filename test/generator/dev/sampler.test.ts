import { describe, expect, test } from '@jest/globals'
import { createSampler } from '../../../generator/dev/sampler.ts'
import type { ParameterSchema, Schema } from '../../../templates/runtime/vocabulary.ts'

const schemas: Readonly<Record<string, Schema>> = {
  Base: { type: 'object', properties: { '@type': { type: 'string' } }, required: ['@type'] },
  Cat: { allOf: [{ $ref: '#/schemas/Base' }, { properties: { lives: { type: 'integer', maximum: 9 } } }] },
  Dog: { allOf: [{ $ref: '#/schemas/Base' }, { properties: { friend: { $ref: '#/schemas/Pet' } } }] },
  Pet: {
    oneOf: [{ $ref: '#/schemas/Cat' }, { $ref: '#/schemas/Dog' }],
    discriminator: { propertyName: '@type', mapping: { cat: '#/schemas/Cat', dog: '#/schemas/Dog' } },
  },
  Shape: {
    type: 'object',
    properties: { kind: { type: 'string' } },
    required: ['kind'],
    discriminator: { propertyName: 'kind', mapping: { circle: '#/schemas/Circle' } },
  },
  Circle: {
    allOf: [{ $ref: '#/schemas/Shape' }, { properties: { radius: { type: 'number' } }, required: ['radius'] }],
  },
  Tree: {
    type: 'object',
    properties: { left: { $ref: '#/schemas/Tree' }, leaves: { type: 'array', items: { $ref: '#/schemas/Tree' } } },
    required: ['leaves'],
  },
  Endless: { type: 'object', properties: { again: { $ref: '#/schemas/Endless' } }, required: ['again'] },
}
const sampler = createSampler({ operations: {}, schemas, linear: [] })
const code: Schema = { type: 'string', pattern: '^cus_[a-z0-9]{8}$' }

describe('a sampled value fits the contract', () => {
  test.each<[string, Schema]>([
    ['a pattern', code],
    ['a pattern and a length', { type: 'string', pattern: '^[0-9]+$', minLength: 12, maxLength: 13 }],
    ['a beginning, and a length', { type: 'string', pattern: '^cus_[0-9a-f]+$', minLength: 20, maxLength: 20 }],
    ['two patterns', { allOf: [{ type: 'string', pattern: '^[A-Z]' }, { pattern: '^[A-Z]{3}$' }] }],
    ['a format', { type: 'string', format: 'date-time' }],
    ['bytes', { type: 'string', format: 'byte', minLength: 4 }],
    ['bounds', { type: 'integer', minimum: 17, exclusiveMaximum: 18 }],
    ['a multiple', { type: 'number', multipleOf: 0.25, minimum: 3.1 }],
    ['different items', { type: 'array', items: { type: 'integer' }, minItems: 3, uniqueItems: true }],
    ['a tuple', { type: 'array', prefixItems: [{ const: 'a' }, { type: 'integer' }], minItems: 2 }],
    ['an item among others', { type: 'array', items: { type: 'string' }, contains: { const: 'x' } }],
    ['a map', { type: 'object', additionalProperties: code, minProperties: 2 }],
    ['names by a pattern', { type: 'object', propertyNames: { pattern: '^[A-Z]{2}$' }, minProperties: 1 }],
    ['an undescribed member', { type: 'object', required: ['grant_type'], properties: { id: { type: 'string' } } }],
    ['a closed object', { type: 'object', properties: { a: true, b: true }, required: ['a'], maxProperties: 1 }],
    [
      'a list with a member',
      { properties: { a: {} }, allOf: [{ properties: { constructor: {}, a: {} } }, { enum: [[], null] }] },
    ],
    ['a later alternative', { oneOf: [false, { type: 'string' }, { type: 'object', required: ['a'] }] }],
    ['an exclusive alternative', { oneOf: [{ type: 'string' }, { type: 'string' }, { type: 'array' }] }],
    ['a condition', { type: 'object', if: { required: ['a'] }, else: { required: ['b'] }, properties: { a: false } }],
    ['a discriminator', { $ref: '#/schemas/Pet' }],
    ['heirs of one base within each other', { type: 'array', items: { $ref: '#/schemas/Dog' }, minItems: 1 }],
    ['a base that heirs extend', { $ref: '#/schemas/Shape' }],
    ['an heir of a base', { $ref: '#/schemas/Circle' }],
    ['recursion that may end', { $ref: '#/schemas/Tree' }],
  ])('%s', (_, schema) => {
    expect(sampler.value(schema, 'request')).toMatchObject({ fits: true })
  })

  test('without members of an example that the schema does not declare, in requests', () => {
    const schema: Schema = { type: 'object', properties: { a: { type: 'string' } }, example: { a: 'x', b: 1 } }
    expect(sampler.value(schema, 'request')).toEqual({ fits: true, value: { a: 'x' } })
    expect(sampler.value(schema, 'response')).toEqual({ fits: true, value: { a: 'x', b: 1 } })
  })

  test('without members that are declared by no alternative that what is left fits, in requests', () => {
    const name: Schema = { type: 'string' }
    const schema: Schema = {
      anyOf: [
        { type: 'object', properties: { name, tag: { type: 'string', pattern: '^[0-9]+$' } }, required: ['tag'] },
        { type: 'object', properties: { name, days: { type: 'integer' } } },
      ],
    }
    const example = { name: 'x', tag: 'y', days: {} }
    expect(sampler.value(schema, 'request', [example])).toEqual({ fits: true, value: { name: 'x' } })
  })

  test.each<[string, Schema]>([
    ['nothing at all', false],
    ['recursion that must go on', { $ref: '#/schemas/Endless' }],
    ['a contradiction', { type: 'integer', minimum: 2, maximum: 1 }],
  ])('or is reported as unfit: %s', (_, schema) => {
    expect(sampler.value(schema, 'request')).toMatchObject({ fits: false })
  })
})

describe('examples of the document come first', () => {
  test('an example that fits, before those that do not', () => {
    expect(sampler.value(code, 'request', ['cus_1', 'cus_00000007']).value).toBe('cus_00000007')
    expect(sampler.value({ ...code, examples: ['cus_00000007'] }, 'request').value).toBe('cus_00000007')
  })

  test('variants are similar to the example', () => {
    const schema = { ...code, examples: ['cus_00000007'] }
    expect([1, 2].map((variant) => sampler.value(schema, 'request', [], variant).value)).toEqual([
      'cus_00000008',
      'cus_00000009',
    ])
  })
})

test('a member is included only in its direction', () => {
  const marked: Schema = {
    type: 'object',
    properties: { id: { type: 'string', readOnly: true }, secret: { type: 'string', writeOnly: true } },
    required: ['id', 'secret'],
  }
  expect(Object.keys(sampler.value(marked, 'request').value as object)).toEqual(['secret'])
  expect(Object.keys(sampler.value(marked, 'response').value as object)).toEqual(['id'])
})

describe('a parameter’s value can be distinguished from an absent one, and is valid at its place', () => {
  const of = (schema: Schema): ParameterSchema => ({
    required: true,
    style: 'simple',
    explode: false,
    allowReserved: false,
    schema,
  })

  test.each<['path' | 'query' | 'header', Schema]>([
    ['path', { type: 'string', enum: ['', '..', 'a/b', 'ok'] }],
    ['query', { type: 'string', enum: ['', 'ok'] }],
    ['header', { type: 'string', enum: ['ä', ' x', 'ok'] }],
    ['query', { type: 'array', items: { enum: [null, 'ok'] }, minItems: 2 }],
  ])('in %s', (place, schema) => {
    const { value } = sampler.parameter(place, of(schema))
    expect([value].flat()).toEqual(['ok'])
  })
})
