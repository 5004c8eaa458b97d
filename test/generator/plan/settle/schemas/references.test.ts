import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { schemaName } from '../../../../../generator/plan/settle/schemas/names.ts'
import { answering, answerSchema, planDocument } from '../../../../support/translation.ts'

const component = (name: string) => schemaName(['components', 'schemas', name])

describe('the name of a schema', () => {
  test.each(['Order', 'model.Product', 'File--Mini', '400', 'a_b'])('is the component’s: %s', (name) => {
    expect(component(name)).toBe(name)
  })

  test.each([
    '__proto__',
    'constructor',
    'toString',
    'name',
    'a b',
    'Größe',
    '',
    'x'.repeat(10_000),
    'Order-x0123456789ab',
  ])('is generated if the component’s is not usable: %p', (name) => {
    expect(component(name)).toMatch(/^[A-Za-z0-9._-]{0,80}-x[0-9a-f]{12}$/)
    expect(component(name)).not.toBe(name)
  })

  test('is derived from the pointer otherwise', () => {
    const pointer = ['components', 'responses', 'Gone', 'content', 'application/json', 'schema']
    expect(schemaName(pointer)).toMatch(/^responses\.Gone\.content\.application_json\.schema-x[0-9a-f]{12}$/)
    expect(schemaName(['components', 'schemas', 'Order', 'properties', 'id'])).toMatch(/^Order\.properties\.id-x/)
    expect(schemaName(['paths', '/a/{b}', 'get'])).toMatch(/^paths\.a_b.*\.get-x/)
  })

  test('is different for different names, even if they differ only in case or punctuation', () => {
    const name = fc.oneof(fc.string(), fc.constantFrom('a b', 'a_b', 'a-b', 'A b', 'a.b', 'a__b', 'a/b', 'constructor'))
    fc.assert(
      fc.property(name, name, (a, b) => {
        expect(component(a) === component(b)).toBe(a === b)
      }),
    )
  })
})

describe('a reference', () => {
  const cases = [
    ['to a component', '#/components/schemas/Order', 'Order'],
    ['percent-encoded', '#/components/schemas/O%72der', 'Order'],
    ['with escapes', '#/components/schemas/a~1b%20c', component('a/b c')],
    [
      'into a component',
      '#/components/schemas/Order/properties/id',
      schemaName(['components', 'schemas', 'Order', 'properties', 'id']),
    ],
    [
      'through a reference on its way',
      '#/components/schemas/Alias/properties/id',
      schemaName(['components', 'schemas', 'Order', 'properties', 'id']),
    ],
    [
      'to the schema of an answer',
      '#/components/responses/Gone/content/application~1json/schema',
      schemaName(['components', 'responses', 'Gone', 'content', 'application/json', 'schema']),
    ],
    ['to an anchor', '#order', 'Order'],
    ['to an $id', '/schemas/tag', 'Tag'],
    [
      'to an anchor of a resource',
      '/schemas/tag#label',
      schemaName(['components', 'schemas', 'Tag', 'properties', 'label']),
    ],
  ] as const
  const components = {
    Order: { $anchor: 'order', type: 'object', properties: { id: { type: 'string' } } },
    Alias: { $ref: '#/components/schemas/Order' },
    'a/b c': { type: 'object' },
    Tag: {
      $id: '/schemas/tag',
      type: 'object',
      properties: {
        label: { $anchor: 'label', type: 'string' },
        again: { $ref: '#label' },
        own: { $ref: '#/$defs/x' },
      },
      $defs: { x: { type: 'integer' } },
    },
  }

  test.each(cases)('%s', (_, $ref, name) => {
    const planned = planDocument({
      ...answering({ $ref }, components),
      components: {
        schemas: components,
        responses: { Gone: { description: '', content: { 'application/json': { schema: { type: 'object' } } } } },
      },
    })
    expect(planned.problems).toEqual([])
    expect(answerSchema(planned)).toEqual({ $ref: `#/schemas/${name}` })
    expect(Object.keys(planned.schemas.schemas)).toContain(name)
  })

  test('within a resource is resolved there, else from the document', () => {
    const { schemas, problems } = planDocument(answering({ $ref: '#/components/schemas/Tag' }, components))
    expect(problems).toEqual([])
    const own = schemaName(['components', 'schemas', 'Tag', '$defs', 'x'])
    expect(schemas.schemas[own]).toEqual({ type: 'integer' })
    expect(schemas.schemas['Tag']).toMatchObject({ properties: { own: { $ref: `#/schemas/${own}` } } })
  })

  test('that is dynamic leads to the only anchor of that name', () => {
    const Tree = { $dynamicAnchor: 'node', type: 'object', properties: { child: { $dynamicRef: '#node' } } }
    const { schemas, problems } = planDocument(answering({ $ref: '#/components/schemas/Tree' }, { Tree }))
    expect(problems).toEqual([])
    expect(schemas.schemas['Tree']).toEqual({ type: 'object', properties: { child: { $ref: '#/schemas/Tree' } } })
  })

  test('may be recursive', () => {
    const Node = { type: 'object', properties: { next: { $ref: '#/components/schemas/Node' } } }
    const { schemas } = planDocument(answering({ $ref: '#/components/schemas/Node' }, { Node }))
    expect(schemas.schemas).toEqual({ Node: { type: 'object', properties: { next: { $ref: '#/schemas/Node' } } } })
  })

  test('that no operation uses adds no schema', () => {
    expect(planDocument(answering({}, components)).schemas.schemas).toEqual({})
  })

  test('keeps members called __proto__ and constructor', () => {
    const properties = JSON.parse('{"__proto__":{"type":"string"},"constructor":{"type":"string"}}')
    const found = answerSchema(planDocument(answering({ type: 'object', properties }))) as { properties: object }
    expect(Object.keys(found.properties)).toEqual(['__proto__', 'constructor'])
    expect(Object.getPrototypeOf(found.properties)).toBe(Object.prototype)
  })
})

describe('names are in code-unit order', () => {
  test('of operations, parameters and schemas', () => {
    const parameter = (name: string) => ({ name, in: 'query', schema: { $ref: `#/components/schemas/${name}` } })
    const { schemas } = planDocument({
      paths: {
        '/b': { get: { operationId: 'b', parameters: ['b', 'a', 'B'].map(parameter), responses: {} } },
        '/a': { get: { operationId: 'a', responses: {} } },
      },
      components: { schemas: { b: {}, a: {}, B: {} } },
    })
    expect(Object.keys(schemas.operations)).toEqual(['a', 'b'])
    expect(Object.keys(schemas.operations['b']?.query ?? {})).toEqual(['B', 'a', 'b'])
    expect(Object.keys(schemas.schemas)).toEqual(['B', 'a', 'b'])
  })
})
