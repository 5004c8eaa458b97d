import { describe, expect, test } from '@jest/globals'
import { diffSpecs, isSame, type SpecChanges } from '../../../generator/diff/index.ts'

type Json = Readonly<Record<string, unknown>>
const answer = (schema: Json): Json => ({ 200: { description: 'It.', content: { 'application/json': { schema } } } })
const orders = { responses: answer({ $ref: '#/components/schemas/Order' }) }
const document = (more: Json = {}): Json => ({
  openapi: '3.1.0',
  info: { title: 'Orders', version: '1' },
  paths: { '/orders/{id}': { get: orders } },
  components: { schemas: { Order: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] } } },
  ...more,
})
const schema = (Order: Json, more: Json = {}): Json => document({ components: { schemas: { Order, ...more } } })
const changes = (before: Json, after: Json): SpecChanges => {
  const found = diffSpecs(before, after)
  if (found === null) throw new Error('not compared')
  return found
}

describe('two documents', () => {
  test('are the same if only texts, the order of members and names of path parameters differ', () => {
    const other = document({
      info: { version: '1', title: 'Other' },
      paths: { '/orders/{orderId}': { get: { summary: 'Text', ...orders } } },
    })
    expect(isSame(changes(document(), other))).toBe(true)
  })

  test('differ in their versions', () => {
    const found = changes(document(), document({ info: { title: 'Orders', version: '2' } }))
    expect([found.version, isSame(found)]).toEqual([{ before: '1', after: '2' }, false])
  })

  test('differ in operations that are new, gone and changed', () => {
    const paths = { '/orders': { post: orders }, '/orders/{id}': { get: { responses: answer({ type: 'string' }) } } }
    const { operations } = changes(
      document({ paths: { ...paths, '/old': { get: orders } } }),
      document({ paths: { ...paths, '/orders/{id}': { get: orders }, '/new': { get: orders } } }),
    )
    expect(operations).toEqual({
      added: [{ method: 'GET', path: '/new' }],
      removed: [{ method: 'GET', path: '/old' }],
      changed: [{ method: 'GET', path: '/orders/{id}', inputs: [], answers: [{ what: '200', how: 'changed' }] }],
    })
  })

  test('differ in parameters of a path, unless an operation has its own', () => {
    const page = (type: string): Json => ({ name: 'page', in: 'query', schema: { type } })
    const item = (type: string): Json =>
      document({
        paths: { '/a': { parameters: [page(type)], get: orders, put: { ...orders, parameters: [page('string')] } } },
      })
    expect(changes(item('string'), item('integer')).operations.changed).toEqual([
      { method: 'GET', path: '/a', inputs: [{ what: 'query page', how: 'changed' }], answers: [] },
    ])
  })
})

describe('what an operation asks callers for', () => {
  const secured = (security: unknown, own?: unknown): Json =>
    document({ security, paths: { '/a': { get: own === undefined ? orders : { ...orders, security: own } } } })
  const between = (before: Json, after: Json): readonly string[] =>
    changes(before, after).security.map((one) => `${one.before} -> ${one.after}`)

  test.each([
    [secured([{ oauth: ['a', 'b'] }]), secured([{ oauth: ['a'] }]), ['oauth (a b) -> oauth (a)']],
    [secured([{ oauth: [] }]), secured([{ oauth: [] }, {}]), ['oauth -> oauth or nothing']],
    [secured([{ oauth: [], key: [] }]), secured([{ oauth: [] }, { key: [] }]), ['key and oauth -> oauth or key']],
    [secured([{ oauth: [] }]), secured([{ oauth: [] }], []), ['oauth -> nothing']],
    [secured([{ oauth: ['b', 'a'] }]), secured([], [{ oauth: ['a', 'b'] }]), []],
  ])('%#', (before, after, expected) => {
    expect(between(before, after)).toEqual(expected)
  })
})

describe('a schema', () => {
  const order = { type: 'object', properties: { id: { type: 'string' }, total: { type: 'integer' } }, required: ['id'] }

  test('is new or gone', () => {
    expect(changes(schema(order, { Old: {} }), schema(order, { New: {} })).schemas).toEqual([
      { name: 'New', how: 'new', parts: [] },
      { name: 'Old', how: 'gone', parts: [] },
    ])
  })

  test('changes in properties, required ones and other keywords', () => {
    const after = {
      ...order,
      properties: { id: { type: 'string' }, total: { type: 'string' }, note: {} },
      required: ['total'],
      minProperties: 1,
    }
    expect(changes(schema(order), schema(after)).schemas).toEqual([
      {
        name: 'Order',
        how: 'changed',
        parts: [
          { what: 'property total', how: 'changed' },
          { what: 'property note', how: 'new' },
          { what: 'required total', how: 'new' },
          { what: 'required id', how: 'gone' },
          { what: 'minProperties', how: 'new' },
        ],
      },
    ])
  })

  test('does not change with one that it refers to, with texts, and with the order of a set', () => {
    const from = schema(
      { ...order, properties: { a: { $ref: '#/components/schemas/A' } }, enum: [1, 2] },
      { A: { type: 'string' } },
    )
    const to = schema(
      { ...order, properties: { a: { $ref: '#/components/schemas/A' } }, enum: [2, 1], description: 'New' },
      { A: { type: 'integer' } },
    )
    expect(changes(from, to).schemas.map(({ name }) => name)).toEqual(['A'])
  })

  test('has properties that are called like keywords', () => {
    const properties = (type: string): Json => schema({ type: 'object', properties: { description: { type } } })
    expect(changes(properties('string'), properties('integer')).schemas[0]?.parts).toEqual([
      { what: 'property description', how: 'changed' },
    ])
  })
})
