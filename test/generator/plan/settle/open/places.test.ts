import { describe, expect, test } from '@jest/globals'
import { placesIn } from '../../../../../generator/plan/settle/open/places.ts'
import type { JsonObject, JsonValue } from '../../../../../generator/read/types.ts'
import { answering, planDocument } from '../../../../support/translation.ts'

/** The open places of an answer: `/a object`. */
function open(schema: JsonValue, components: JsonObject = {}, version = '3.1.0'): readonly string[] {
  const { translation } = planDocument(answering(schema, components, version))
  const answer = translation.operations.get('getOrder')?.answers[0]?.content[0]?.schema ?? null
  if (answer === null) throw new Error('There is no answer.')
  return placesIn(translation)(answer).map(({ pointer, openness }) => `${pointer} ${openness}`)
}

const text = { type: 'string' }
const described = { type: 'object', properties: { a: text } }
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })

describe('a place is open where nothing describes what passes', () => {
  test.each<[string, JsonValue, readonly string[]]>([
    ['nothing said', {}, [' value']],
    ['only a description', { description: 'Anything' }, [' value']],
    ['true', true, [' value']],
    ['an object without members', { type: 'object' }, [' object']],
    ['an object with an empty list of members', { type: 'object', properties: {} }, [' object']],
    ['an object or null', { type: ['object', 'null'] }, [' object']],
    ['a list without items', { type: 'array' }, [' list']],
    ['a list of anything', { type: 'array', items: {} }, ['/* value']],
    ['a list of objects', { type: 'array', items: { type: 'object' } }, ['/* object']],
    ['a member', { properties: { a: { type: 'object' }, b: text } }, ['/a object']],
    ['a member whose name needs escapes', { properties: { 'a/b~': {} } }, ['/a~1b~0 value']],
    ['a member of an item', { type: 'array', items: { properties: { a: {} } } }, ['/*/a value']],
    ['other members', { properties: { a: text }, additionalProperties: true }, ['/* value']],
    ['a map of objects', { additionalProperties: { type: 'object' } }, ['/* object']],
    ['members by pattern', { patternProperties: { '^x-': {} } }, ['/* value']],
    ['members that parts leave', { allOf: [described], unevaluatedProperties: true }, ['/* value']],
    ['an item of a tuple', { type: 'array', prefixItems: [text, {}], items: false }, ['/1 value']],
    ['a format without a type', { properties: { at: { format: 'date-time' } } }, ['/at value']],
    ['a member that is only required', { ...described, required: ['b'] }, ['/b value']],
    ['one of several alternatives', { oneOf: [described, { type: 'object' }] }, [' object']],
    ['an alternative of text', { anyOf: [text, {}] }, [' value']],
    ['a member in an alternative', { anyOf: [described, { properties: { b: {} } }] }, ['/b value']],
    ['a conditional member', { ...described, if: described, then: { properties: { b: {} } } }, ['/b value']],
    ['a member of a condition', { ...described, if: { properties: { b: {} } } }, ['/b value']],
    ['a dependent member', { ...described, dependentSchemas: { a: { properties: { b: {} } } } }, ['/b value']],
  ])('%s', (_, schema, want) => {
    expect(open(schema)).toEqual(want)
  })

  test.each<[string, JsonValue]>([
    ['a described object', described],
    ['an object without any member', { type: 'object', additionalProperties: false }],
    ['a map of texts', { type: 'object', additionalProperties: text }],
    ['a list of texts', { type: 'array', items: text }],
    ['text or null', { anyOf: [text, { type: 'null' }] }],
    ['listed values', { enum: ['a', 1] }],
    ['a constant', { const: { a: 1 } }],
    ['members of which a part tells nothing', { allOf: [described, { type: 'object' }] }],
    ['a member that another part describes', { allOf: [{ properties: { a: {} } }, described] }],
    ['a member that each alternative describes', { ...described, oneOf: [described, { properties: { b: text } }] }],
    [
      'an object that each of two alternatives describes',
      { type: 'object', oneOf: [described, { properties: { b: text } }] },
    ],
    [
      'two choices of which one describes',
      { anyOf: [{ type: 'object' }], oneOf: [described, { properties: { b: text } }] },
    ],
    ['members without a type', { properties: { a: text } }],
    ['a member that no client gets', { properties: { a: text, b: { writeOnly: true } } }],
    ['a secret member', { properties: { a: text, b: { 'x-sensitive': true } } }],
    ['nothing', false],
  ])('and not at %s', (_, schema) => {
    expect(open(schema)).toEqual([])
  })
})

test('a schema is followed through references, and listed where it is used', () => {
  const components = {
    Order: { properties: { first: ref('Part'), last: ref('Part') } },
    Part: { properties: { a: ref('Any') } },
    Any: {},
  }
  expect(open(ref('Order'), components)).toEqual(['/first/a value', '/last/a value'])
})

test('a schema is listed at each place, however many closed schemas are used often', () => {
  const shared = { ...described, properties: { a: text, any: ref('Any') } }
  const members = [...Array(600).keys()].map((at) => [`m${at}`, ref('Closed')])
  const components = {
    Order: { properties: Object.fromEntries([...members, ['first', ref('Shared')], ['last', ref('Shared')]]) },
    Closed: described,
    Shared: shared,
    Any: {},
  }
  expect(open(ref('Order'), components)).toEqual(['/first/any value', '/last/any value'])
})

describe('a schema that contains itself is listed once more, for all values within', () => {
  const list = (name: string): JsonObject => ({ type: 'array', items: ref(name) })

  test('in a list', () => {
    expect(open(ref('Tree'), { Tree: { properties: { note: {}, children: list('Tree') } } })).toEqual([
      '/note value',
      '/children/*/note value',
    ])
  })

  test('in several members', () => {
    const components = { Tree: { properties: { note: {}, left: ref('Tree'), right: ref('Tree') } } }
    expect(open(ref('Tree'), components)).toEqual(['/note value', '/left/note value', '/right/note value'])
  })

  test('by way of another schema, which is within itself too', () => {
    const components = {
      Ward: { properties: { note: {}, beds: list('Bed') } },
      Bed: { properties: { state: {}, ward: ref('Ward') } },
    }
    expect(open({ properties: { ward: ref('Ward') } }, components)).toEqual([
      '/ward/note value',
      '/ward/beds/*/state value',
      '/ward/beds/*/ward/note value',
      '/ward/beds/*/ward/beds/*/state value',
    ])
  })

  test('if it is open itself', () => {
    const components = { Tree: { type: 'object', properties: { child: ref('Tree') }, additionalProperties: true } }
    expect(open(ref('Tree'), components)).toEqual(['/* value', '/child/* value'])
  })
})

test('OpenAPI 3.0: what may be null is as open as it is without', () => {
  expect(open({ properties: { a: { type: 'object', nullable: true }, b: { nullable: true } } }, {}, '3.0.3')).toEqual([
    '/a object',
    '/b value',
  ])
})

test('schemas that a discriminator selects', () => {
  const kind = { type: 'string' }
  const components = {
    Pet: {
      type: 'object',
      required: ['kind'],
      properties: { kind },
      discriminator: { propertyName: 'kind', mapping: { cat: '#/components/schemas/Cat' } },
    },
    Cat: { allOf: [ref('Pet'), { properties: { extra: {} } }] },
  }
  expect(open(ref('Pet'), components)).toEqual(['/extra value'])
})

test('the schema of objects that a discriminator does not tell', () => {
  const components = {
    Pet: {
      type: 'object',
      required: ['kind'],
      properties: { kind: text },
      discriminator: { propertyName: 'kind', mapping: {}, defaultMapping: '#/components/schemas/Other' },
    },
    Other: { allOf: [ref('Pet'), { properties: { extra: {} } }] },
  }
  expect(open(ref('Pet'), components, '3.2.0')).toEqual(['/extra value'])
})

test('each branch counts where there are more combinations than are looked into', () => {
  const member = (name: string, schema: JsonValue) => ({ type: 'object', properties: { [name]: schema } })
  const numbers = [...Array(50).keys()]
  const inner = (at: number) => ({ oneOf: numbers.map((other) => member(`m${at}of${other}`, text)) })
  const choices = numbers.map((at) => (at < 49 ? inner(at) : member('last', {})))
  expect(open({ anyOf: choices })).toEqual(['/last value'])
})

test('of schemas that refer to each other without end, each is listed', () => {
  const names = [...Array(30).keys()].map((at) => `S${at}`)
  const components = Object.fromEntries(
    names.map((name) => [
      name,
      { properties: { ...Object.fromEntries(names.map((other) => [other, ref(other)])), [`open${name}`]: {} } },
    ]),
  )
  const found = open(ref('S0'), components)
  for (const name of names) expect(found.some((place) => place.endsWith(`open${name} value`))).toBe(true)
  expect(found.length).toBeLessThan(1000)
})
