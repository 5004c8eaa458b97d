import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { JsonNumber, type JsonValue, parseAnswer, stringifyJson, work } from '../../../templates/runtime/json/index.ts'
import { compileSchemas } from '../../../templates/runtime/schema/index.ts'
import type { Schema } from '../../../templates/runtime/vocabulary.ts'
import { anyValue, schemaArbitrary } from './arbitraries.ts'

function project(schema: Schema, value: JsonValue, schemas: Record<string, Schema> = {}): JsonValue | undefined {
  return compileSchemas({ operations: {}, schemas, linear: [] }).projector(schema)(value)
}

/** Built with `Object.fromEntries`, because the linter mistakes a literal with `then` for a promise. */
const conditional: Schema = Object.fromEntries([
  ['if', { properties: { k: { const: 1 } } }],
  ['then', { properties: { a: true } }],
  ['else', { properties: { b: true } }],
])

const person: Schema = { type: 'object', properties: { name: { type: 'string' }, age: { type: 'integer' } } }

describe('a projection draws from the budget (rule P15)', () => {
  const wide = Object.fromEntries(Array.from({ length: 200_000 }, (_, at) => [`n${at}`, 1]))
  const patterns = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`^n${at}`, {}]))
  const required = (at: number): Schema => ({ required: [`n${at}`], properties: { [`n${at}`]: {} } })
  const branches = { anyOf: Array.from({ length: 12 }, (_, at) => required(at)) }
  const combinations = Array.from({ length: 12_000 }, (_, at) =>
    Object.fromEntries(Array.from({ length: 12 }, (_, bit) => [`n${(at >> bit) & 1 ? bit : 'x'}`, 1])),
  )
  test.each<[string, Schema, JsonValue]>([
    ['names searched by patterns', { patternProperties: patterns } as Schema, wide],
    ['members of many objects', { items: person }, Array.from({ length: 500_000 }, () => ({ x: 1 }))],
    ['more combinations of branches than are remembered', { items: branches } as Schema, combinations],
  ])('%s', (_, schema, value) => {
    const projector = compileSchemas({ operations: {}, schemas: {}, linear: [] }).projector(schema, 'request')
    work.begin()
    try {
      expect(() => projector(value)).toThrow('takes too long to check')
    } finally {
      work.end()
    }
  })
})

describe('rule O2: a projection keeps what is declared', () => {
  test.each<[string, Schema, JsonValue, JsonValue | undefined]>([
    ['undeclared members go', person, { name: 'a', passwordHash: 'x' }, { name: 'a' }],
    ['members of items', { items: person }, [{ name: 'a', x: 1 }], [{ name: 'a' }]],
    ['members of members', { properties: { who: person } }, { who: { x: 1, age: 1 } }, { who: { age: 1 } }],
    ['a free-form object stays', { type: 'object' }, { x: { y: 1 } }, { x: { y: 1 } }],
    ['everything stays', {}, { x: 1 }, { x: 1 }],
    ['true', true, [{ x: 1 }], [{ x: 1 }]],
    ['false', false, { x: 1 }, undefined],
    ['an object that is not listed', { enum: ['a', { x: 1 }] }, { x: 2 }, undefined],
    ['a listed object, whatever the order of its members', { enum: [{ x: 1, y: 2 }] }, { y: 2, x: 1 }, { y: 2, x: 1 }],
    ['a list that is not the constant', { const: ['a'] }, ['a', { x: 1 }], undefined],
    [
      'a listed object of which a part is left out',
      { properties: { x: {} }, enum: [{ x: 1, y: 2 }] },
      { x: 1, y: 2 },
      { x: 1 },
    ],
    ['a listed object that differs from `const`', { enum: [{ x: 1 }, { x: 2 }], const: { x: 1 } }, { x: 2 }, undefined],
    ['a text that is not listed stays', { enum: ['a'] }, 'b', 'b'],
    [
      'a member that is not listed goes',
      { properties: { of: { enum: ['a'] }, b: true } },
      { of: { x: 1 }, b: 1 },
      { b: 1 },
    ],
    [
      'an object is compared without what is undeclared',
      { type: 'object', properties: { x: true }, const: { x: 1 } },
      { x: 1, y: 1 },
      { x: 1 },
    ],
    ['a map stays', { type: 'object', additionalProperties: true }, { x: 1 }, { x: 1 }],
    [
      'a map is projected by its schema',
      { additionalProperties: person },
      { x: { name: 'a', y: 1 } },
      { x: { name: 'a' } },
    ],
    [
      'declared and others',
      { properties: { a: person }, additionalProperties: true },
      { a: { x: 1 }, b: { y: 1 } },
      { a: {}, b: { y: 1 } },
    ],
    ['nothing is allowed', { type: 'object', additionalProperties: false }, { x: 1 }, {}],
    [
      'names by pattern',
      { patternProperties: { '^x-': person } },
      { 'x-a': { name: 'a', b: 1 }, y: 1 },
      { 'x-a': { name: 'a' } },
    ],
    [
      'the union of allOf',
      { allOf: [person, { properties: { b: true } }] },
      { name: 'a', b: 1, c: 1 },
      { name: 'a', b: 1 },
    ],
    [
      'allOf with one member in two parts',
      { allOf: [{ properties: { p: person } }, { properties: { p: { properties: { c: true } } } }] },
      { p: { name: 'a', c: 1, d: 1 } },
      { p: { name: 'a', c: 1 } },
    ],
    [
      'allOf with a part that declares nothing',
      { allOf: [person, { description: 'x', type: 'object' }] },
      { name: 'a', c: 1 },
      { name: 'a' },
    ],
    [
      '$ref with siblings',
      { $ref: '#/schemas/person', properties: { b: true } },
      { name: 'a', b: 1, c: 1 },
      { name: 'a', b: 1 },
    ],
    [
      'a required name that nobody describes',
      { properties: { a: true }, required: ['b'] },
      { a: 1, b: 1, c: 1 },
      { a: 1, b: 1 },
    ],
    [
      'unevaluatedProperties as a schema',
      { allOf: [person], unevaluatedProperties: person },
      { name: 'a', x: { name: 'b', y: 1 } },
      { name: 'a', x: { name: 'b' } },
    ],
    [
      'unevaluatedProperties: false',
      { allOf: [person], unevaluatedProperties: false },
      { name: 'a', x: 1 },
      { name: 'a' },
    ],
    ['a tuple', { prefixItems: [person, { type: 'string' }] }, [{ x: 1 }, { y: 1 }, { z: 1 }], [{}, null]],
    ['a tuple with a rest', { prefixItems: [true], items: person }, [{ x: 1 }, { y: 1 }], [{ x: 1 }, {}]],
    [
      'the branch that fits',
      {
        oneOf: [
          { ...person, required: ['name'] },
          { properties: { id: true }, required: ['id'] },
        ],
      },
      { id: 1, name2: 1, age: 1 },
      { id: 1 },
    ],
    [
      'all branches that fit',
      { anyOf: [person, { properties: { b: true } }] },
      { name: 'a', b: 1, c: 1 },
      { name: 'a', b: 1 },
    ],
    [
      'all branches when none fits',
      {
        oneOf: [
          { ...person, required: ['name', 'age'] },
          { properties: { id: true }, required: ['id'] },
        ],
      },
      { name: 'a', x: 1 },
      { name: 'a' },
    ],
    [
      'a nullable reference',
      { anyOf: [{ $ref: '#/schemas/person' }, { type: 'null' }] },
      { name: 'a', x: 1 },
      { name: 'a' },
    ],
    ['null for a nullable reference', { anyOf: [{ $ref: '#/schemas/person' }, { type: 'null' }] }, null, null],
    ['then', conditional, { k: 1, a: 1, b: 1 }, { k: 1, a: 1 }],
    ['else', conditional, { k: 2, a: 1, b: 1 }, { b: 1 }],
    [
      'dependentSchemas',
      { properties: { a: true }, dependentSchemas: { a: { properties: { b: true } } } },
      { a: 1, b: 1, c: 1 },
      { a: 1, b: 1 },
    ],
  ])('%s', (_, schema, value, expected) => {
    expect(project(schema, value, { person })).toEqual(expected)
  })

  test.each<[string, Schema, JsonValue, JsonValue | undefined]>([
    ['an object where text is declared', { properties: { a: { type: 'string' } } }, { a: { secret: 1 } }, {}],
    ['text where an object is declared', { properties: { a: person } }, { a: 'secret' }, {}],
    ['text where a number is declared', { properties: { a: { type: 'number' } } }, { a: 'secret' }, {}],
    [
      'an array where writeOnly properties are declared without type',
      { properties: { a: { properties: { b: { properties: { c: { writeOnly: true } } } } } } },
      { a: [{ b: { c: 1 } }] },
      {},
    ],
    [
      'an object where items with writeOnly members are declared without type',
      { properties: { a: { items: { $ref: '#/schemas/secret' } } } },
      { a: { b: 1 } },
      {},
    ],
    [
      'an array where an heir of what is declared has writeOnly members',
      { properties: { a: { $ref: '#/schemas/base' } } },
      { a: [{ kind: 'heir', b: 1 }] },
      {},
    ],
    ['an item', { items: { type: 'string' } }, ['a', { secret: 1 }, 'b'], ['a', 'b']],
    ['the whole answer', person, ['secret'], undefined],
    ['what no branch admits', { oneOf: [person, { type: 'string' }] }, ['secret'], undefined],
    ['null stays: it says nothing', { properties: { a: { type: 'string' } } }, { a: null }, { a: null }],
    ['a fraction for an integer stays', { properties: { a: { type: 'integer' } } }, { a: 1.5 }, { a: 1.5 }],
  ])('rule O2: a value of a type that is not declared is left out: %s', (_, schema, value, expected) => {
    const secret = { properties: { b: { writeOnly: true } } }
    const base = {
      properties: { kind: {} },
      discriminator: { propertyName: 'kind', mapping: { heir: '#/schemas/heir' } },
    }
    const heir = { allOf: [{ $ref: '#/schemas/base' }, secret] }
    expect(project(schema, value, { secret, base, heir })).toEqual(expected)
  })

  const listed: Schema = { items: { properties: { a: true } } }
  const named: Schema = { properties: { a: true } }
  test.each<[string, Schema, JsonValue, JsonValue]>([
    ['an object where items are declared', listed, { b: 1 }, { b: 1 }],
    ['an object where a tuple is declared', { prefixItems: [named] }, { b: 1 }, { b: 1 }],
    ['a list where members are declared', named, [{ b: 1 }], [{ b: 1 }]],
    ['a list where patterns are declared', { patternProperties: { '^a': true } }, [{ b: 1 }], [{ b: 1 }]],
    ['a list where a map is declared', { additionalProperties: { type: 'string' } }, [1], [1]],
    ['within a member', { properties: { m: listed } }, { m: { b: 1 }, x: 1 }, { m: { b: 1 } }],
    ['within an item', { items: { items: named } }, [{ b: 1 }, [{ a: 1, b: 1 }]], [{ b: 1 }, [{ a: 1 }]]],
    ['both are declared: an object', { ...listed, ...named }, { a: 1, b: 1 }, { a: 1 }],
    ['both are declared: a list', { ...listed, ...named }, [{ a: 1, b: 1 }], [{ a: 1 }]],
    ['in parts: an object', { allOf: [listed, named] }, { a: 1, b: 1 }, { a: 1 }],
    ['another alternative declares it', { anyOf: [listed, named] }, { a: 1, b: 1 }, { a: 1 }],
    ['another alternative does not', { anyOf: [listed, { type: 'string' }] }, { b: 1 }, { b: 1 }],
  ])('rule O2: without type, a value that the schema says nothing about stays: %s', (_, schema, value, expected) => {
    expect(project(schema, value)).toEqual(expected)
  })

  test('writeOnly members are removed, wherever they are marked', () => {
    const schemas: Record<string, Schema> = { secret: { type: 'string', writeOnly: true } }
    const schema: Schema = {
      properties: {
        a: { writeOnly: true },
        b: { $ref: '#/schemas/secret' },
        c: { allOf: [{ $ref: '#/schemas/secret' }] },
        d: true,
      },
      additionalProperties: true,
    }
    expect(project(schema, { a: 1, b: 'x', c: 'y', d: 1 }, schemas)).toEqual({ d: 1 })
    expect(project({ allOf: [{ properties: { a: true } }, schema] }, { a: 1, d: 1 }, schemas)).toEqual({ d: 1 })
  })
})

describe('families', () => {
  const schemas: Record<string, Schema> = {
    pet: {
      type: 'object',
      properties: { kind: { type: 'string' } },
      discriminator: { propertyName: 'kind', mapping: { cat: '#/schemas/cat', dog: '#/schemas/dog' } },
    },
    cat: { allOf: [{ $ref: '#/schemas/pet' }, { properties: { lives: true } }] },
    dog: { allOf: [{ $ref: '#/schemas/pet' }, { properties: { barks: true } }] },
    either: {
      oneOf: [{ $ref: '#/schemas/dog' }, { $ref: '#/schemas/cat' }],
      discriminator: { propertyName: 'kind', mapping: { cat: '#/schemas/cat', dog: '#/schemas/dog' } },
    },
  }

  test.each(['pet', 'either'])('%s: the discriminator selects the members', (name) => {
    const schema = { $ref: `#/schemas/${name}` }
    expect(project(schema, { kind: 'cat', lives: 9, barks: true }, schemas)).toEqual({ kind: 'cat', lives: 9 })
    expect(project(schema, { kind: 'dog', lives: 9, barks: true }, schemas)).toEqual({ kind: 'dog', barks: true })
  })

  test('a value of an unknown kind has the members of the base', () => {
    expect(project({ $ref: '#/schemas/pet' }, { kind: 'cow', lives: 9 }, schemas)).toEqual({ kind: 'cow' })
  })
})

describe('recursion', () => {
  const tree: Schema = {
    type: 'object',
    properties: { id: true, kids: { type: 'array', items: { $ref: '#/schemas/tree' } } },
  }

  test('through members', () => {
    const value = { id: 1, x: 1, kids: [{ id: 2, x: 1, kids: [] }] }
    expect(project(tree, value, { tree })).toEqual({ id: 1, kids: [{ id: 2, kids: [] }] })
  })

  test('through the same value', () => {
    const a: Schema = { allOf: [{ $ref: '#/schemas/b' }], properties: { x: true } }
    const b: Schema = {
      anyOf: [{ $ref: '#/schemas/a' }, { properties: { z: true }, required: ['z'] }],
      properties: { y: true },
    }
    expect(project({ $ref: '#/schemas/a' }, { x: 1, y: 1, w: 1 }, { a, b })).toEqual({ x: 1, y: 1 })
  })
})

test('exact numbers are unchanged', () => {
  expect(project(person, { age: new JsonNumber('9007199254740993') })).toEqual({
    age: new JsonNumber('9007199254740993'),
  })
})

test('rule O2: __proto__ from a service is never assigned', () => {
  const read = parseAnswer(Buffer.from('{"name":"a","__proto__":{"isAdmin":true}}'))
  for (const schema of [person, true, { additionalProperties: true }]) {
    const value = read.kind === 'json' ? project(schema, read.value) : undefined
    expect(stringifyJson(value ?? null)).toBe('{"name":"a"}')
  }
  const native = JSON.parse('{"name":"a","__proto__":{"isAdmin":true}}') as JsonValue
  const kept = project({ properties: { name: true }, additionalProperties: true }, native)
  expect(JSON.stringify(kept)).toBe('{"name":"a"}')
  expect(Object.getPrototypeOf(kept)).toBe(Object.prototype)
})

describe('for every schema and value', () => {
  const compiled = (schema: Schema) =>
    compileSchemas({ operations: {}, schemas: { tree: true, short: true }, linear: [] }).projector(schema)

  test('projecting twice is projecting once', () => {
    fc.assert(
      fc.property(plain(schemaArbitrary), anyValue, (schema, value) => {
        const projector = compiled(schema)
        const once = projector(value)
        if (once !== undefined) expect(projector(once)).toEqual(once)
      }),
      { numRuns: 500 },
    )
  })

  test('nothing is added, and the input is not changed', () => {
    fc.assert(
      fc.property(schemaArbitrary, anyValue, (schema, value) => {
        const before = JSON.stringify(value)
        const projected = compiled(schema)(value)
        expect(JSON.stringify(value)).toBe(before)
        if (projected !== undefined) expect(isWithin(projected, value)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('a value of declared members only is unchanged, and as valid as before', () => {
    fc.assert(
      fc.property(documented, ({ schema, value }) => {
        const contract = compileSchemas({ operations: {}, schemas: {}, linear: [] })
        expect(contract.projector(schema)(value)).toEqual(value)
        expect(contract.checker(schema, 'response').fits(value)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('members added to such a value are removed again', () => {
    fc.assert(
      fc.property(documented, ({ schema, value }) => {
        const contract = compileSchemas({ operations: {}, schemas: {}, linear: [] })
        expect(contract.projector(schema)(padded(value))).toEqual(value)
      }),
      { numRuns: 500 },
    )
  })
})

/** Schemas whose branches do not depend on members that a projection may drop. */
function plain(schemas: fc.Arbitrary<Schema>): fc.Arbitrary<Schema> {
  return schemas.filter((schema) => !/"(?:anyOf|oneOf|if|not|dependentSchemas)"/.test(JSON.stringify(schema)))
}

interface Documented {
  readonly schema: Schema
  readonly value: JsonValue
}

/** A schema together with a value of declared members only. */
const documented: fc.Arbitrary<Documented> = fc.letrec<{ one: Documented }>((tie) => {
  const members = fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('one'), { noNullPrototype: true, minKeys: 1 })
  const object = members.map(
    (all): Documented => ({
      schema: {
        type: 'object',
        required: Object.keys(all),
        properties: Object.fromEntries(Object.entries(all).map(([name, { schema }]) => [name, schema])),
      },
      value: Object.fromEntries(Object.entries(all).map(([name, { value }]) => [name, value])),
    }),
  )
  return {
    one: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<Documented>(
        { schema: { type: 'string' }, value: 'x' },
        { schema: { type: 'integer' }, value: 1 },
      ),
      object,
      fc.tuple(object, fc.nat({ max: 3 })).map(([{ schema, value }, length]) => ({
        schema: { type: 'array', items: schema },
        value: Array<JsonValue>(length).fill(value),
      })),
      object.map(({ schema, value }) => ({ schema: { allOf: [{ description: 'x' }, schema] }, value })),
      object.map(({ schema, value }) => ({ schema: { oneOf: [{ type: 'null' }, schema] }, value })),
      object.map(({ schema, value }) => ({
        schema: { anyOf: [{ type: 'string' }, { $comment: 'x', allOf: [schema] }] },
        value,
      })),
    ),
  }
}).one

/** The value with one more member in each object. */
function padded(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(padded)
  if (typeof value !== 'object' || value === null) return value
  return { ...Object.fromEntries(Object.entries(value).map(([name, of]) => [name, padded(of)])), extra: { secret: 1 } }
}

/** Whether the first value is the second with parts removed, or with null for an item of a tuple. */
function isWithin(part: JsonValue, whole: JsonValue): boolean {
  if (part === null) return true
  if (Array.isArray(part))
    return Array.isArray(whole) && part.every((item) => whole.some((other) => isWithin(item, other)))
  if (typeof part !== 'object' || part instanceof JsonNumber) return part === whole
  if (typeof whole !== 'object' || whole === null || Array.isArray(whole)) return false
  return Object.entries(part).every(
    ([name, of]) => Object.hasOwn(whole, name) && isWithin(of, (whole as Record<string, JsonValue>)[name] ?? null),
  )
}
