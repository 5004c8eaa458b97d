import { expect, test } from '@jest/globals'
import { createSampler } from '../../generator/dev/sampler.ts'
import { declarations } from '../../generator/emit/declarations.ts'
import type { JsonObject, JsonValue } from '../../generator/read/types.ts'
import { manifest, planned } from '../support/planned.ts'

// A parameter whose schema had 3 members that referred to it took 3 seconds to read, and one with 40 never ended: each member was
// followed on its own, and so were its members. A question about a schema visits each schema once.

const many = Array.from({ length: 40 }, (_, at) => `M${at}`)
const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` })
const noted = (name: string): JsonObject => ({ ...ref(name), description: 'again' })
const contracted = (name: string): JsonObject => ({ $ref: `#/schemas/${name}` })
const all = (of: (name: string) => JsonValue) => Object.fromEntries(many.map((name) => [name, of(name)]))
const others = (name: string, of = ref) => many.filter((one) => one !== name).map(of)
const start = { A: ref('M0') }
const optional = { type: 'object', properties: { kind: { type: 'string' } } }

/** `A` is the schema that is used. */
const documents: readonly (readonly [what: string, schemas: JsonObject])[] = [
  ['members', { A: { type: 'object', properties: all(() => ref('A')) } }],
  ['members with notes', { A: { type: 'object', properties: all(() => noted('A')) } }],
  ['members that are required', { A: { type: 'object', properties: all(() => ref('A')), required: many } }],
  [
    'members of members',
    { ...start, ...all((name) => ({ properties: Object.fromEntries(others(name).map((to, at) => [`p${at}`, to])) })) },
  ],
  [
    'required members of members',
    {
      ...start,
      ...all((name) => ({
        type: 'object',
        properties: Object.fromEntries(others(name).map((to, at) => [`p${at}`, to])),
        required: ['p0', 'p1', 'p2', 'p3'],
      })),
    },
  ],
  ['alternatives', { A: { oneOf: [...many.map(() => ref('A')), optional] } }],
  ['alternatives of alternatives', { ...start, ...all((name) => ({ oneOf: [...others(name), optional] })) }],
  ['alternatives with notes', { ...start, ...all((name) => ({ anyOf: [...others(name, noted), optional] })) }],
  ['parts', { ...start, ...all((name) => ({ allOf: [...others(name), optional] })) }],
  [
    'parts and alternatives',
    { ...start, ...all((name) => ({ allOf: others(name).slice(0, 20), oneOf: others(name).slice(20) })) },
  ],
  ['items', { ...start, ...all((name) => ({ type: 'array', items: { oneOf: others(name) } })) }],
  ['first items', { ...start, ...all((name) => ({ type: 'array', prefixItems: others(name), minItems: 1 })) }],
  [
    'other members',
    { ...start, ...all((name) => ({ type: 'object', additionalProperties: { anyOf: others(name) } })) },
  ],
  [
    'tagged alternatives',
    { ...start, ...all((name) => ({ oneOf: others(name), discriminator: { propertyName: 'kind' } })) },
  ],
  [
    'heirs',
    {
      A: { ...optional, required: ['kind'], discriminator: { propertyName: 'kind' } },
      ...all((name) => ({
        allOf: [ref('A'), { properties: Object.fromEntries(others(name).map((to, at) => [`p${at}`, to])) }],
      })),
    },
  ],
  [
    'heirs of heirs',
    {
      A: { ...optional, discriminator: { propertyName: 'kind' } },
      ...all((name) => ({
        allOf: [ref('A'), ...many.slice(0, many.indexOf(name)).map(ref)],
        properties: { again: ref('A') },
        discriminator: { propertyName: 'kind' },
      })),
    },
  ],
  [
    'mappings of mappings',
    {
      ...start,
      ...all((name) => ({
        ...optional,
        discriminator: {
          propertyName: 'kind',
          mapping: Object.fromEntries(many.filter((one) => one !== name).map((one) => [one, one])),
        },
      })),
    },
  ],
]

const paths = {
  '/give': {
    get: {
      operationId: 'ask',
      parameters: [
        { name: 'deep', in: 'query', style: 'deepObject', schema: ref('A') },
        { name: 'flat', in: 'query', schema: ref('A') },
        { name: 'json', in: 'query', content: { 'application/json': { schema: ref('A') } } },
      ],
      responses: { 200: { description: 'Fine', content: { 'application/json': { schema: ref('A') } } } },
    },
    post: {
      operationId: 'give',
      requestBody: {
        content: { 'application/json': { schema: ref('A') }, 'multipart/form-data': { schema: ref('A') } },
      },
      responses: { 200: { description: 'Fine', content: { 'application/json': { schema: ref('A') } } } },
    },
  },
}

test.each(documents)(
  '%s are visited once',
  (_, schemas) => {
    const scheme = { type: 'http', scheme: 'bearer' }
    const components = { schemas, securitySchemes: { oauth: scheme, staff: scheme, key: scheme } }
    const document = { openapi: '3.1.0', info: { title: 'a', version: '1' }, paths, components }
    const { plan } = planned(
      manifest(['orders.*: { access: { authenticated: true } }']),
      { orders: JSON.stringify(document) },
      true,
    )
    // Refused for its effort, the schema has no routes; the document is planned all the same.
    expect(plan).not.toBeNull()
    declarations(plan?.clients[0]?.contract ?? {})
  },
  60_000,
)

test('samples of members that refer to each other often', () => {
  const schemas = Object.fromEntries(
    many.map((name) => [
      name,
      {
        type: 'object',
        properties: Object.fromEntries(others(name, contracted).map((to, at) => [`p${at}`, to])),
        required: ['p0', 'p1'],
      },
    ]),
  )
  const { value } = createSampler({ operations: {}, schemas, linear: [] })
  // Each value needs another one within itself.
  expect(value({ $ref: '#/schemas/M0' }, 'request').fits).toBe(false)
}, 60_000)
