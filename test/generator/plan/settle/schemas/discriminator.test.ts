import { describe, expect, test } from '@jest/globals'
import type { JsonObject, JsonValue } from '../../../../../generator/read/types.ts'
import { answering, planDocument } from '../../../../support/translation.ts'

const to = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const extending = (parent: string): JsonValue => ({ allOf: [to(parent), { type: 'object' }] })

const family: JsonObject = {
  Cat: { type: 'object' },
  Dog: { type: 'object' },
  'big dog': { type: 'object' },
}

function discriminatorOf(schema: JsonObject, components: JsonObject): unknown {
  const { schemas, problems } = planDocument(answering(to('Pet'), { ...components, Pet: schema }))
  expect(problems).toEqual([])
  const pet = schemas.schemas['Pet']
  expect(typeof pet).toBe('object')
  return typeof pet === 'object' ? pet['discriminator'] : undefined
}

describe('the mapping of a discriminator', () => {
  const oneOf = [to('Cat'), to('Dog')]
  const cases: readonly (readonly [name: string, mapping: JsonObject | undefined, want: JsonObject])[] = [
    ['is filled in with the names of the branches', undefined, { Cat: '#/schemas/Cat', Dog: '#/schemas/Dog' }],
    ['may name components', { d: 'Dog', c: 'Cat' }, { d: '#/schemas/Dog', c: '#/schemas/Cat' }],
    ['may refer to components', { d: '#/components/schemas/Dog' }, { d: '#/schemas/Dog', Cat: '#/schemas/Cat' }],
    [
      'may map one branch twice',
      { d: 'Dog', D: 'Dog' },
      { d: '#/schemas/Dog', D: '#/schemas/Dog', Cat: '#/schemas/Cat' },
    ],
    ['may use the name of another branch', { Cat: 'Dog' }, { Cat: '#/schemas/Dog' }],
  ]
  test.each(cases)('%s', (_, mapping, want) => {
    const discriminator = { propertyName: 'kind', ...(mapping === undefined ? {} : { mapping }) }
    expect(discriminatorOf({ oneOf, discriminator }, family)).toEqual({ propertyName: 'kind', mapping: want })
    expect(discriminatorOf({ anyOf: oneOf, discriminator }, family)).toEqual({ propertyName: 'kind', mapping: want })
  })

  test('without branches contains the component and all that extend it', () => {
    const components = { Cat: extending('Pet'), Persian: extending('Cat'), Stone: extending('Thing'), Thing: {} }
    expect(discriminatorOf({ type: 'object', discriminator: { propertyName: 'kind' } }, components)).toEqual({
      propertyName: 'kind',
      mapping: { Pet: '#/schemas/Pet', Cat: '#/schemas/Cat', Persian: '#/schemas/Persian' },
    })
  })

  test('without branches is found through references, parts of parts, and variants that allow null', () => {
    const components = {
      Animal: { $ref: '#/components/schemas/Pet' },
      Cat: extending('Animal'),
      Dog: { allOf: [{ allOf: [to('Pet')] }] },
      Fish: { anyOf: [extending('Pet'), { type: 'null' }] },
      Bird: { ...to('Pet'), required: ['wings'] },
      Alias: to('Cat'),
    }
    expect(discriminatorOf({ type: 'object', discriminator: { propertyName: 'kind' } }, components)).toEqual({
      propertyName: 'kind',
      mapping: Object.fromEntries([
        ...['Pet', 'Bird', 'Cat', 'Dog', 'Fish'].map((name) => [name, `#/schemas/${name}`]),
        ['Animal', '#/schemas/Pet'],
        ['Alias', '#/schemas/Cat'],
      ]),
    })
  })

  test('that names only its own schema selects nothing', () => {
    const schema = { type: 'object', discriminator: { propertyName: 'kind', mapping: { Pet: 'Pet' } } }
    expect(discriminatorOf(schema, {})).toEqual({ propertyName: 'kind' })
  })

  test('of a base that a written mapping leaves out does not have its name', () => {
    const schema = { type: 'object', discriminator: { propertyName: 'kind', mapping: { c: 'Cat' } } }
    expect(discriminatorOf(schema, { Cat: extending('Pet') })).toEqual({
      propertyName: 'kind',
      mapping: { c: '#/schemas/Cat' },
    })
  })

  test('has the values that schemas list, which no other lists', () => {
    const kinds = (...values: string[]): JsonObject => ({ properties: { kind: { enum: values } } })
    const Pet = { oneOf: [to('Cat'), to('Dog')], discriminator: { propertyName: 'kind' } }
    const { schemas, problems } = planDocument(
      answering(to('Pet'), { Pet, Cat: kinds('cat', 'pet'), Dog: kinds('dog', 'pet') }),
    )
    expect(problems).toEqual([])
    expect(schemas.schemas['Pet']).toHaveProperty('discriminator.mapping', {
      cat: '#/schemas/Cat',
      dog: '#/schemas/Dog',
    })
  })

  test('is reported where a value does not fit the schema that it names, or the schema is no alternative', () => {
    const Pet = { oneOf: [to('Cat')], discriminator: { propertyName: 'kind', mapping: { cat: 'Cat', dog: 'Dog' } } }
    const Cat = { properties: { kind: { enum: ['CAT'] } } }
    const { schemas, problems } = planDocument(answering(to('Pet'), { Pet, Cat, Dog: {} }))
    const at = '/components/schemas/Pet/discriminator/mapping'
    expect(problems).toEqual([`GW3264 ${at}/cat`, `GW3265 ${at}/dog`])
    expect(schemas.schemas['Pet']).toHaveProperty('discriminator.mapping', { CAT: '#/schemas/Cat' })
  })

  test('as text, which is Swagger 2.0, is refused', () => {
    const { problems, findings } = planDocument(answering({ type: 'object', discriminator: 'kind' }))
    expect(problems).toHaveLength(1)
    expect(findings[0]?.report).toMatchObject({
      code: 'GW3251',
      remedy: 'Write `discriminator: { propertyName: kind }`. Only Swagger 2.0 has text here.',
    })
  })

  test('leads to the named schemas', () => {
    const Pet = { type: 'object', discriminator: { propertyName: 'kind', mapping: { c: 'Cat' } } }
    const { schemas } = planDocument(answering(to('Pet'), { Pet, ...family }))
    expect(Object.keys(schemas.schemas)).toEqual(['Cat', 'Pet'])
  })

  test('is left out if it would be empty', () => {
    const { schemas } = planDocument(answering({ type: 'object', discriminator: { propertyName: 'kind' } }))
    expect(schemas.operations['getOrder']?.answers['200']?.content['application/json']?.schema).toEqual({
      type: 'object',
      discriminator: { propertyName: 'kind' },
    })
  })
})

describe('the default of a mapping', () => {
  const pet = (defaultMapping: string): JsonObject => ({
    oneOf: [to('Cat'), to('Dog')],
    discriminator: { propertyName: 'kind', defaultMapping },
  })
  const planned = (defaultMapping: string, openapi: string) =>
    planDocument(answering(to('Pet'), { ...family, Pet: pet(defaultMapping) }, openapi))

  test.each(['Dog', '#/components/schemas/Dog'])('names a schema: %s', (name) => {
    const { schemas, problems } = planned(name, '3.2.0')
    expect(problems).toEqual([])
    expect(schemas.schemas['Pet']).toMatchObject({ discriminator: { defaultMapping: '#/schemas/Dog' } })
  })

  test('that names no schema is reported', () => {
    expect(planned('Cow', '3.2.0').problems).toEqual(['GW3260 /components/schemas/Pet/discriminator/defaultMapping'])
  })

  test('is not a keyword before OpenAPI 3.2', () => {
    const { schemas, problems } = planned('Cow', '3.1.0')
    expect(problems).toEqual([])
    expect(schemas.schemas['Pet']).not.toHaveProperty('discriminator.defaultMapping')
  })
})
