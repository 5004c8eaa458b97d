import { describe, expect, test } from '@jest/globals'
import type { JsonValue } from '../../templates/runtime/json/index.ts'
import { compileSchemas } from '../../templates/runtime/schema/index.ts'

/**
 * A schema that refers to itself in several alternatives took 4^n validations for n levels of a value: half a kilobyte
 * kept a gateway busy for hours. With that fault these tests would time out.
 */
const names = ['and', 'or', 'not', 'xor']
const items = { type: 'array', items: { $ref: '#/schemas/Any' } }
const alternative = (op: string) => ({ type: 'object', properties: { of: items, op: { const: op } }, required: ['op'] })
const heir = (op: string) => ({ allOf: [{ $ref: '#/schemas/Any' }, { properties: { of: items, op: { const: op } } }] })
const references = names.map((name) => ({ $ref: `#/schemas/${name}` }))

const tags = { propertyName: 'op', mapping: Object.fromEntries(names.map((name) => [name, `#/schemas/${name}`])) }

const contracts: readonly (readonly [string, object])[] = [
  ['alternatives that stand in it', { Any: { oneOf: names.map(alternative) } }],
  ['alternatives that are tried twice', { Any: { anyOf: names.map(alternative), unevaluatedProperties: false } }],
  [
    'conditions',
    { Any: { if: alternative('and'), then: true, else: { if: alternative('or'), else: alternative('xor') } } },
  ],
  [
    'heirs of a base that lists them',
    { Any: { oneOf: references }, ...Object.fromEntries(names.map((name) => [name, heir(name)])) },
  ],
  [
    'heirs that its discriminator names',
    { Any: { type: 'object', discriminator: tags }, ...Object.fromEntries(names.map((name) => [name, heir(name)])) },
  ],
]

const nested = (op: string, levels: number): JsonValue => (levels === 0 ? { op } : { of: [nested(op, levels - 1)], op })

describe.each(contracts)('rule O6: a schema that refers to itself in %s', (_, schemas) => {
  const contract = compileSchemas({
    operations: {},
    schemas: { ...schemas } as Record<string, object & { [name: string]: unknown }>,
    linear: [],
  })
  const schema = { $ref: '#/schemas/Any' }

  test.each([
    ['xor', true],
    ['nand', false],
  ])('validates 15 levels of %s: %s', (op, fits) => {
    const value = nested(op, 15)
    for (const direction of ['request', 'response'] as const) {
      const checker = contract.checker(schema, direction)
      expect(checker.fits(value)).toBe(fits)
      expect(checker.faults(value).length > 0).toBe(!fits)
    }
    expect(contract.projector(schema)(value)).toBeDefined()
  })

  test('validates each value separately', () => {
    const checker = contract.checker(schema, 'request')
    const mixed = { op: 'and', of: [nested('or', 3), nested('nand', 3), nested('or', 2)] }
    expect([checker.fits(nested('or', 3)), checker.fits(mixed), checker.fits(nested('not', 4))]).toEqual([
      true,
      false,
      !('if' in Object(Object.values(schemas)[0])),
    ])
  })
})
