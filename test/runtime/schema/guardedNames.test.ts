import { describe, expect, test } from '@jest/globals'
import { compileSchemas } from '../../../templates/runtime/schema/index.ts'
import type { Schema } from '../../../templates/runtime/vocabulary.ts'

const id = { type: 'string', readOnly: true }
const schemas: Readonly<Record<string, Schema>> = {
  Id: id,
  Base: { type: 'object', properties: { id } },
  Tree: { type: 'object', properties: { id, children: { type: 'array', items: { $ref: '#/schemas/Tree' } } } },
}

function guarded(schema: Schema, bound: readonly string[] = []) {
  return compileSchemas({ operations: {}, schemas, linear: [] }).guardedNames(schema, bound)
}

describe('rule P13: names that may set a guarded member', () => {
  test.each<[string, Schema, string, string | undefined]>([
    ['a read-only member', { properties: { id } }, 'ID', 'id'],
    ['by reference', { properties: { id: { $ref: '#/schemas/Id' } } }, 'Id', 'id'],
    ['of a part', { allOf: [{ $ref: '#/schemas/Base' }] }, 'Id', 'id'],
    ['of an alternative', { oneOf: [{ $ref: '#/schemas/Base' }, { properties: { a: true } }] }, 'Id', 'id'],
    ['a member with one within it', { properties: { base: { $ref: '#/schemas/Base' } } }, 'Base', 'base'],
    ['a list of such members', { properties: { list: { items: { $ref: '#/schemas/Base' } } } }, 'LIST', 'list'],
    ['of a recursive schema', { $ref: '#/schemas/Tree' }, 'Children', 'children'],
    ['with additionalProperties', { properties: { id }, additionalProperties: true }, 'ID', 'id'],
    [
      'with a pattern',
      { properties: { id }, patternProperties: { '^I': true }, additionalProperties: false },
      'ID',
      'id',
    ],
    ['another name', { properties: { id } }, 'name', undefined],
    ['the name itself, which the check refuses', { properties: { id } }, 'id', undefined],
    ['a declared variant', { properties: { id, ID: true } }, 'ID', undefined],
    ['a variant declared by a part', { properties: { id }, allOf: [{ properties: { ID: true } }] }, 'ID', undefined],
  ])('%s', (_, schema, name, want) => {
    expect(guarded(schema)?.(name)).toBe(want)
  })

  test('a bound name is guarded whatever the schema says of it', () => {
    expect(guarded({ properties: { customerId: true } }, ['customerId'])?.('CUSTOMERID')).toBe('customerId')
  })

  test.each<[string, Schema]>([
    ['no member is guarded', { properties: { id: { type: 'string' } } }],
    ['undeclared members are refused', { properties: { id }, additionalProperties: false }],
    ['a part refuses them', { allOf: [{ properties: { id }, unevaluatedProperties: false }] }],
    [
      'all alternatives refuse them',
      { anyOf: [{ properties: { id }, additionalProperties: false }, { additionalProperties: false }] },
    ],
    ['it has no members', { type: 'string' }],
  ])('nothing is to be tested where %s', (_, schema) => {
    expect(guarded(schema)).toBeNull()
  })

  test('one alternative that is open is enough for a test', () => {
    expect(guarded({ anyOf: [{ properties: { id }, additionalProperties: false }, {}] })?.('ID')).toBe('id')
  })

  test('answers are not tested', () => {
    const contract = compileSchemas({ operations: {}, schemas, linear: [] })
    const schema: Schema = { properties: { id } }
    expect(contract.checker(schema, 'response').fits({ ID: 'x' })).toBe(true)
    expect(contract.checker(schema, 'request').faults({ ID: 'x' })).toEqual([
      { pointer: '/ID', detail: 'is not allowed here: services may read it as id' },
    ])
  })

  test('schemas with many references to each other are expanded once each', () => {
    const many = Array.from({ length: 60 }, (_, at) => `Heir${at}`)
    const ref = (name: string): Schema => ({ $ref: `#/schemas/${name}` })
    const heir = (name: string): Schema => {
      const members = many.filter((one) => one !== name).map((one): [string, Schema] => [`to${one}`, ref(one)])
      return { allOf: [ref('Base'), { properties: Object.fromEntries(members) }] }
    }
    const mapping = Object.fromEntries(many.map((name) => [name, `#/schemas/${name}`]))
    const base: Schema = { properties: { kind: true }, discriminator: { propertyName: 'kind', mapping } }
    const family = { Base: base, ...Object.fromEntries(many.map((name) => [name, heir(name)])) }
    const marked = { ...family, Heir59: { allOf: [heir('Heir59'), { properties: { id } }] } }
    const started = performance.now()
    for (const [schemas, want] of [
      [family, undefined],
      [marked, 'toHeir1'],
    ] as const) {
      const { guardedNames } = compileSchemas({ operations: {}, schemas, linear: [] })
      expect(guardedNames(ref('Base'), [])?.('TOHEIR1')).toBe(want)
    }
    // About 1 s; more than 60 s where each reference is followed on its own.
    expect(performance.now() - started).toBeLessThan(20_000)
  })
})
