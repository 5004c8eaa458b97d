import { describe, expect, test } from '@jest/globals'
import { JsonNumber, type JsonValue, parseAnswer } from '../../../templates/runtime/json/index.ts'
import { compileSchemas, type Direction } from '../../../templates/runtime/schema/index.ts'
import type { Schema } from '../../../templates/runtime/vocabulary.ts'

function check(
  schema: Schema,
  value: JsonValue,
  schemas: Record<string, Schema> = {},
  direction: Direction = 'request',
) {
  const checker = compileSchemas({ operations: {}, schemas, linear: [] }).checker(schema, direction)
  const faults = checker.faults(value)
  expect(checker.fits(value)).toBe(faults.length === 0)
  return faults.map(({ pointer, detail }) => `${pointer} ${detail}`.trim())
}

describe('faults have place and reason, and never repeat the value', () => {
  test.each<[Schema, JsonValue, readonly string[]]>([
    [{ type: 'string' }, 7, ['must be a string']],
    [{ type: ['integer', 'null'] }, 'secret', ['must be an integer or null']],
    [{ type: ['string', 'number', 'boolean'] }, null, ['must be a string, a number or a boolean']],
    [{ type: 'integer' }, 1.5, ['must be an integer']],
    [{ minimum: 1 }, 0, ['must be at least 1']],
    [{ maximum: 1 }, 2, ['must be at most 1']],
    [{ exclusiveMinimum: 1 }, 1, ['must be more than 1']],
    [{ exclusiveMaximum: 1 }, 1, ['must be less than 1']],
    [{ multipleOf: 0.01 }, 0.015, ['must be a multiple of 0.01']],
    [{ minLength: 2 }, 'a', ['must have at least 2 characters']],
    [{ maxLength: 1 }, 'secret', ['must have at most 1 character']],
    [{ pattern: '^a' }, 'secret', ['must match the pattern ^a']],
    [{ format: 'uuid' }, 'secret', ['must be a UUID']],
    [{ enum: ['a', 1, null] }, 'secret', ['must be a or 1 or null']],
    [{ enum: [{ a: 1 }] }, 'secret', ['must be one of the listed values']],
    [{ const: 'a' }, 'secret', ['must be a']],
    [{ minItems: 1 }, [], ['must have at least 1 item']],
    [{ maxItems: 1 }, [1, 2], ['must have at most 1 item']],
    [
      { uniqueItems: true },
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
      ['must not have two equal items'],
    ],
    [{ contains: { const: 1 } }, [2], ['must have at least 1 item of the kind described']],
    [{ prefixItems: [true], items: false }, [1, 2], ['/1 is one item too many']],
    [{ required: ['a', 'b'] }, {}, ['/a is required', '/b is required']],
    [{ minProperties: 1 }, {}, ['must have at least 1 member']],
    [{ maxProperties: 0 }, { a: 1 }, ['must have at most 0 members']],
    [{ additionalProperties: false }, { a: 1 }, ['/a is not allowed here']],
    [{ unevaluatedProperties: false }, { a: 1 }, ['/a is not allowed here']],
    [{ unevaluatedItems: false }, [1], ['/0 is one item too many']],
    [{ propertyNames: { maxLength: 1 } }, { ab: 1 }, ['/ab has a name that is not allowed']],
    [{ dependentRequired: { a: ['b'] } }, { a: 1 }, ['/b is required where a is']],
    [{ not: { type: 'string' } }, 'secret', ['must not be of the kind that is excluded']],
    [{ properties: { a: false } }, { a: 1 }, ['/a is not allowed']],
    [{ anyOf: [{ type: 'string' }, { type: 'number' }] }, true, ['must fit one of the alternatives']],
    [{ oneOf: [{ type: 'string' }, { minLength: 1 }] }, 'secret', ['must fit only one of the alternatives']],
    [{ oneOf: [{ type: 'string', maxLength: 1 }, { type: 'null' }] }, 'secret', ['must have at most 1 character']],
    [{ items: { properties: { 'a/b~c': { type: 'string' } } } }, [{}, { 'a/b~c': 1 }], ['/1/a~1b~0c must be a string']],
  ])('%j', (schema, value, expected) => {
    expect(check(schema, value)).toEqual(expected)
  })

  test('the whole value is checked, up to ten faults', () => {
    const item: Schema = { type: 'object', properties: { quantity: { minimum: 1 }, sku: { type: 'string' } } }
    expect(check({ items: item }, [{ quantity: 0, sku: 1 }, { quantity: 0 }])).toEqual([
      '/0/quantity must be at least 1',
      '/0/sku must be a string',
      '/1/quantity must be at least 1',
    ])
    expect(check({ items: { type: 'string' } }, Array(1_000).fill(1))).toHaveLength(10)
  })

  test('a long name from the client is shortened in a pointer', () => {
    const [fault = ''] = check({ additionalProperties: false }, { ['x'.repeat(5_000)]: 1 })
    expect(fault.length).toBeLessThan(100)
  })
})

describe('exact numbers', () => {
  const number = (text: string) => new JsonNumber(text)

  test.each<[Schema, JsonValue, boolean]>([
    [{ type: 'integer' }, number('9007199254740993'), true],
    [{ type: 'integer' }, number('9007199254740993.5'), false],
    [{ type: 'number', maximum: 9007199254740992 }, number('9007199254740993'), false],
    [{ type: 'number', minimum: number('9007199254740993') }, 9007199254740992, false],
    [{ type: 'number', minimum: number('9007199254740993') }, number('9007199254740994.5'), true],
    [{ multipleOf: 2 }, number('9007199254740993'), false],
    [{ multipleOf: 0.1 }, 0.3, true],
    [{ multipleOf: 0.01 }, 19.99, true],
    [{ const: number('9007199254740993') }, number('9007199254740993.0'), true],
    [{ const: number('9007199254740993') }, 9007199254740992, false],
    [{ uniqueItems: true }, [number('9007199254740993'), 9007199254740992], true],
    [{ uniqueItems: true }, [number('9007199254740993'), number('9007199254740993e0')], false],
  ])('%j for %j', (schema, value, expected) => {
    expect(check(schema, value).length === 0).toBe(expected)
  })
})

test('length is counted in code points', () => {
  expect(check({ minLength: 2, maxLength: 2 }, '😀😀')).toEqual([])
  expect(check({ minLength: 2 }, '😀')).toEqual(['must have at least 2 characters'])
})

describe('rule O5: patterns', () => {
  test('a listed source runs in linear time', () => {
    const contract = compileSchemas({ operations: {}, schemas: {}, linear: ['^(a+)+$'] })
    const checker = contract.checker({ pattern: '^(a+)+$' }, 'request')
    expect(checker.fits(`${'a'.repeat(30_000)}!`)).toBe(false)
    expect(checker.fits('aaa')).toBe(true)
  })

  test('a text longer than maxLength is checked against neither pattern nor format', () => {
    const text = `${'a'.repeat(30_000)}!`
    expect(check({ pattern: '^(a+)+$', maxLength: 20 }, text)).toEqual(['must have at most 20 characters'])
  })

  test('a source that is valid only without the flag `u` works', () => {
    expect(check({ pattern: '^a\\-b$' }, 'a-b')).toEqual([])
  })
})

describe('direction', () => {
  const account: Schema = {
    type: 'object',
    required: ['id', 'name', 'password', 'by'],
    properties: {
      id: { type: 'string', readOnly: true },
      by: { $ref: '#/schemas/stamp' },
      password: { allOf: [{ $ref: '#/schemas/secret' }] },
      name: { type: 'string' },
    },
  }
  const schemas: Record<string, Schema> = {
    stamp: { type: 'string', readOnly: true },
    secret: { type: 'string', writeOnly: true },
    account,
    parent: { allOf: [{ $ref: '#/schemas/account' }, { required: ['id', 'extra'] }] },
  }

  test('a request need not and may not have readOnly members', () => {
    expect(check(account, { name: 'a', password: 'b' }, schemas)).toEqual([])
    expect(check(account, { name: 'a', password: 'b', id: 'c', by: 'd' }, schemas)).toEqual([
      '/id is read-only: it cannot be sent',
      '/by is read-only: it cannot be sent',
    ])
  })

  test('an answer need not have writeOnly members, but may', () => {
    expect(check(account, { id: 'a', by: 'b', name: 'c' }, schemas, 'response')).toEqual([])
    expect(check(account, { id: 'a', by: 'b', name: 'c', password: 'd' }, schemas, 'response')).toEqual([])
  })

  test('a name that one part of allOf requires may be missing if another declares it readOnly', () => {
    expect(check({ $ref: '#/schemas/parent' }, { name: 'a', password: 'b', extra: 1 }, schemas)).toEqual([])
    expect(check({ $ref: '#/schemas/parent' }, { name: 'a', password: 'b' }, schemas)).toEqual(['/extra is required'])
  })
})

describe('discriminator', () => {
  const pet: Schema = {
    oneOf: [{ $ref: '#/schemas/cat' }, { $ref: '#/schemas/dog' }],
    discriminator: { propertyName: 'kind', mapping: { cat: '#/schemas/cat', dog: '#/schemas/dog' } },
  }
  const schemas: Record<string, Schema> = {
    cat: {
      type: 'object',
      required: ['kind', 'lives'],
      properties: { kind: { type: 'string' }, lives: { maximum: 9 } },
    },
    dog: { type: 'object', required: ['kind'], properties: { kind: { type: 'string' } } },
  }

  test('selects the branch, even if another would match, and reports the faults of that one', () => {
    expect(check(pet, { kind: 'cat', lives: 3 }, schemas)).toEqual([])
    expect(check(pet, { kind: 'cat', lives: 10 }, schemas)).toEqual(['/lives must be at most 9'])
  })

  test('without branches selects an heir, which applies its base again', () => {
    const base: Schema = { type: 'object', required: ['kind'], discriminator: pet['discriminator'] }
    const heirs: Record<string, Schema> = {
      pet: {
        ...base,
        discriminator: { propertyName: 'kind', mapping: { cat: '#/schemas/cat', pet: '#/schemas/pet' } },
      },
      cat: { allOf: [{ $ref: '#/schemas/pet' }, { required: ['lives'], properties: { lives: { maximum: 9 } } }] },
    }
    for (const schema of [{ $ref: '#/schemas/pet' }, { $ref: '#/schemas/cat' }]) {
      expect(check(schema, { kind: 'cat', lives: 9 }, heirs)).toEqual([])
      expect(check(schema, { kind: 'cat', lives: 10 }, heirs)).toEqual(['/lives must be at most 9'])
      expect(check(schema, { kind: 'dog', lives: 9 }, heirs)).toEqual(['/kind must be cat or pet'])
    }
    expect(check({ $ref: '#/schemas/pet' }, { kind: 'pet' }, heirs)).toEqual([])
    const closed = { $ref: '#/schemas/pet', properties: { kind: true }, unevaluatedProperties: false }
    expect(check(closed, { kind: 'cat', lives: 9 }, heirs)).toEqual([])
    expect(check(closed, { kind: 'pet', lives: 9 }, heirs)).toEqual(['/lives is not allowed here'])
  })

  test('refuses a text that it does not name, unless a branch has none', () => {
    expect(check(pet, { kind: 'cow' }, schemas)).toEqual(['/kind must be cat or dog'])
    const open: Schema = { ...pet, discriminator: { propertyName: 'kind', mapping: { cat: '#/schemas/cat' } } }
    expect(check(open, { kind: 'cow' }, schemas)).toEqual([])
  })

  test('lists its values', () => {
    expect(check(pet, { kind: 7 }, schemas)).toEqual(['/kind must be cat or dog'])
  })
})

describe('recursion', () => {
  test('a schema that applies itself to the same value terminates', () => {
    const schemas: Record<string, Schema> = {
      pet: { oneOf: [{ $ref: '#/schemas/cat' }], properties: { name: { type: 'string' } } },
      cat: { allOf: [{ $ref: '#/schemas/pet' }, { required: ['lives'] }] },
      loop: { $ref: '#/schemas/loop' },
    }
    expect(check({ $ref: '#/schemas/cat' }, { lives: 9, name: 'Tom' }, schemas)).toEqual([])
    expect(check({ $ref: '#/schemas/cat' }, { lives: 9, name: 1 }, schemas)).not.toEqual([])
    expect(check({ $ref: '#/schemas/loop' }, 1, schemas)).toEqual([])
  })

  test('a dangling reference is an error', () => {
    expect(() => check({ $ref: '#/schemas/none' }, 1)).toThrow('#/schemas/none')
  })
})

test('names of Object.prototype have no special meaning', () => {
  expect(check({ required: ['constructor', 'toString'] }, {})).toHaveLength(2)
  const value = parseAnswer(Buffer.from('{"hasOwnProperty":1,"toString":"x"}'))
  expect(check({ properties: { toString: { type: 'string' } } }, value.kind === 'json' ? value.value : null)).toEqual(
    [],
  )
})

describe('unevaluated members and items are those that no matching schema evaluates', () => {
  const branches = (keyword: string): Schema => ({
    [keyword]: [
      { properties: { a: { type: 'string' } }, required: ['a'] },
      { properties: { b: { type: 'string' } }, required: ['b'] },
    ],
    unevaluatedProperties: false,
  })
  const nested: Schema = {
    allOf: [{ properties: { a: true }, unevaluatedProperties: { type: 'string' } }],
    unevaluatedProperties: false,
  }
  const conditional = Object.fromEntries([
    ['if', { properties: { a: { const: 1 } }, required: ['a'] }],
    ['then', { properties: { b: true } }],
    ['else', { properties: { c: true } }],
    ['unevaluatedProperties', false],
  ])
  const tuple: Schema = { anyOf: [{ prefixItems: [{ type: 'string' }] }, true], unevaluatedItems: { type: 'number' } }

  test.each<[string, Schema, JsonValue, readonly string[]]>([
    ['a branch that fits', branches('oneOf'), { a: 'x' }, []],
    ['a branch that does not', branches('oneOf'), { a: 'x', b: 1 }, ['/b is not allowed here']],
    ['both of anyOf', branches('anyOf'), { a: 'x', b: 'y' }, []],
    ['a schema in allOf with the same keyword', nested, { a: 1, b: 'x' }, []],
    ['a condition that holds, and then', conditional, { a: 1, b: 1 }, []],
    ['a condition that holds, and else', conditional, { a: 1, c: 1 }, ['/c is not allowed here']],
    ['a condition that does not hold', conditional, { c: 1 }, []],
    [
      'dependentSchemas',
      { properties: { a: true }, dependentSchemas: { a: { properties: { b: true } } }, unevaluatedProperties: false },
      { a: 1, b: 1 },
      [],
    ],
    [
      'a reference',
      { $ref: '#/schemas/named', unevaluatedProperties: false },
      { n: 1, m: 1 },
      ['/m is not allowed here'],
    ],
    [
      'not evaluates nothing',
      { not: { not: { properties: { a: true } } }, unevaluatedProperties: false },
      { a: 1 },
      ['/a is not allowed here'],
    ],
    ['items of a fitting tuple', tuple, ['x', 1], []],
    ['items of a tuple that does not fit', tuple, [true, 1], ['/0 must be a number']],
    [
      'items that contains found',
      { contains: { type: 'string' }, unevaluatedItems: false },
      ['x', 1],
      ['/1 is one item too many'],
    ],
  ])('%s', (_, schema, value, expected) => {
    expect(check(schema, value, { named: { properties: { n: true } } })).toEqual(expected)
  })
})

test('uniqueItems takes time linear in the items', () => {
  const items = Array.from({ length: 200_000 }, (_, at) => `item ${at}`)
  expect(check({ uniqueItems: true }, items)).toEqual([])
})
