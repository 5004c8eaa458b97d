import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { BaseResolver, bundleFromString, createConfig } from '@redocly/openapi-core'
import { declarations } from '../../generator/emit/declarations.ts'
import { run } from '../../generator/index.ts'
import type { JsonObject } from '../../generator/read/types.ts'
import { structureFaults } from '../corpus/structure.ts'
import { probing } from '../openapi/probe.ts'
import { manifestFolder } from '../support/manifestFolder.ts'

// A `$ref` within an example, a default, a constant or an extension is data. It was resolved in documents of several files, and stood in the
// contract as it was written, where its target does not exist.

const link = { $ref: '#/definitions/Order' }
const file = { $ref: 'absent.json' }
const named = { $ref: '#order' }

const manifest = {
  gatewright: 1,
  name: 'shop',
  services: { shop: { spec: 'spec.json', url: 'http://127.0.0.1:4102' } },
  clients: { web: { expose: { 'shop.*': { access: { public: 'For tests' } } } } },
}

const documentOf = (schema: object, media: object = {}, parameter: object = {}, more: object = {}): JsonObject =>
  ({
    openapi: '3.1.0',
    info: { title: 'Shop', version: '1' },
    paths: {
      '/probe': {
        post: {
          operationId: 'postProbe',
          parameters: [{ name: 'q', in: 'query', schema: { type: 'string' }, ...parameter }],
          requestBody: { content: { 'application/json': { schema, ...media } } },
          responses: { 200: { description: 'Fine', content: { 'application/json': { schema, ...media } } } },
        },
      },
    },
    components: { schemas: { Order: { $anchor: 'order', type: 'object' } } },
    ...more,
  }) as unknown as JsonObject

/** The contract and the schemas of the gateway. Fails if anything is reported, or if the contract has a reference that leads nowhere. */
async function emitted(document: JsonObject, files: Readonly<Record<string, object>> = {}) {
  const texts = Object.entries({ 'gateway.yaml': manifest, 'spec.json': document, ...files })
  const folder = manifestFolder(Object.fromEntries(texts.map(([name, of]) => [name, JSON.stringify(of)])))
  try {
    const { diagnostics, plan } = await run({
      manifest: join(folder.path, 'gateway.yaml'),
      clients: [],
      until: 'plan',
      skipUnsupported: false,
    })
    // The schemas of these documents admit any value, which GW3341 reports.
    const others = diagnostics.all.filter(({ code }) => code !== 'GW3341')
    expect(others.map(({ code, message }) => `${code} ${message}`)).toEqual([])
    const [client] = plan?.value.clients ?? []
    const contract = client?.contract ?? {}
    const source = JSON.stringify(contract)
    expect(await structureFaults(source)).toEqual([])
    const { problems } = await bundleFromString({
      source,
      absoluteRef: join(folder.path, 'openapi.json'),
      config: await createConfig({}),
      externalRefResolver: new BaseResolver(),
      dereference: true,
    })
    expect(problems.map(({ message }) => message)).toEqual([])
    expect(danglingIn(contract, contract)).toEqual([])
    expect(declarations(contract)).toContain('postProbe')
    return { contract: source, schemas: JSON.stringify(client?.services[0]?.schemas) }
  } finally {
    folder.remove()
  }
}

/** Texts of `$ref`, anywhere, that do not lead to a component: what a reader that follows all of them complains about. */
function danglingIn(value: unknown, root: JsonObject): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  const { $ref } = value as { readonly $ref?: unknown }
  const [, section = '', name = ''] = typeof $ref === 'string' ? $ref.slice(2).split('/') : []
  const components = root['components'] as Readonly<Record<string, Readonly<Record<string, unknown>>>>
  const isLost = typeof $ref === 'string' && components[section]?.[decodeURIComponent(name)] === undefined
  return [...(isLost ? [$ref] : []), ...Object.values(value).flatMap((inner) => danglingIn(inner, root))]
}

const object = { type: 'object', properties: { a: {} } }

describe.each([
  ['within the document', link],
  ['of another file', file],
  ['by an anchor', named],
])('a $ref %s is data', (_what, data) => {
  test.each<[string, JsonObject]>([
    ['in the example of a schema', documentOf({ ...object, example: { a: data } })],
    ['in the examples of a schema', documentOf({ ...object, examples: [{ a: data }, { a: 1 }] })],
    ['in a default', documentOf({ ...object, default: { a: [data] } })],
    ['in the default of a member', documentOf({ type: 'object', properties: { default: { default: data } } })],
    ['in the example of a media type', documentOf(object, { example: data })],
    [
      'in one of the examples of a media type',
      documentOf(object, { examples: { a: { value: { a: data } }, b: { value: { a: 2 } } } }),
    ],
    ['in the example of a parameter', documentOf(object, {}, { example: data })],
    ['in the examples of a parameter', documentOf(object, {}, { examples: { a: { value: data } } })],
    ['in an extension', documentOf({ ...object, 'x-a': data }, { 'x-b': { c: data } }, {}, { 'x-d': [data] })],
  ])('%s', async (_where, document) => {
    const { contract, schemas } = await emitted(document)
    expect(contract).not.toContain(JSON.stringify(data))
    expect(schemas).not.toContain(JSON.stringify(data))
    // In several files.
    const { paths } = document as unknown as { readonly paths: { readonly '/probe': object } }
    const split = { ...document, paths: { '/probe': { $ref: 'probe.json' } } }
    expect(await emitted(split as JsonObject, { 'probe.json': paths['/probe'] })).toEqual({ contract, schemas })
  })

  test.each<[string, JsonObject]>([
    ['in a constant', { const: { a: data } }],
    ['in a list of values', { enum: ['b', { a: data }] }],
    ['in a list within a constant', { const: { a: [data, 1] } }],
  ])('%s, and checked as such', async (_where, schema) => {
    const body = { type: 'object', required: ['v'], properties: { v: schema } }
    const { contract, schemas } = await emitted(documentOf(body))
    expect(schemas).toContain(JSON.stringify(data))
    expect(contract).toContain(`"properties":{"$ref":{"const":"${data.$ref}"}}`)
    const constant = schema['const'] ?? { a: data }
    await probing(documentOf(body), {}, async (probe) => {
      const send = (v: unknown) => probe.send({ body: JSON.stringify({ v }) })
      expect((await send(constant)).status).toBe(200)
      expect((await send({ a: { $ref: '#/other' } })).status).toBe(400)
    })
  })

  test('where a component is needed only by it, the contract has no component', async () => {
    const { contract } = await emitted(documentOf({ ...object, example: data }))
    expect(contract).not.toContain('shop.Order')
  })
})

test('the other examples stay', async () => {
  const examples = { a: { value: { a: link } }, b: { summary: 'B', value: { a: 2 } } }
  const { contract } = await emitted(documentOf({ ...object, examples: [{ a: link }, { a: 1 }] }, { examples }))
  expect(contract).toContain('"examples":[{"a":1}]')
  expect(contract).toContain('"examples":{"b":{"summary":"B","value":{"a":2}}}')
})

test('names that look like keywords of data still have schemas', async () => {
  const schema = {
    type: 'object',
    properties: { example: { $ref: '#order' }, default: { $ref: 'a.json' }, enum: { $ref: 'a.json' } },
  }
  const { contract } = await emitted(documentOf(schema), { 'a.json': { type: 'integer', maximum: 77_531 } })
  expect(contract).toContain('"example":{"$ref":"#/components/schemas/shop.Order"}')
  expect(contract).toContain('77531')
})

const other = { $ref: 'a.json' }

test.each<[string, JsonObject]>([
  ['a media type', { content: { 'x-shop/order+json': { schema: other } } }],
  ['a header', { headers: { 'x-count': { schema: other } } }],
  ['a member', { content: { 'application/json': { schema: { properties: { 'x-a': other } } } } }],
])('a reference below %s whose name begins with `x-` is followed', async (_where, answer) => {
  const get = { operationId: 'postProbe', responses: { 200: { description: 'Fine', ...answer } } }
  const document = { ...documentOf({}), paths: { '/probe': { get } } }
  const { contract } = await emitted(document, { 'a.json': { type: 'integer', maximum: 77_531 } })
  expect(contract).toContain('77531')
})

test.each(['x-key', 'default', 'example', 'value'])('a security scheme `%s` may be in another file', async (name) => {
  const components = { securitySchemes: { [name]: other } }
  const document = { ...documentOf({}), components, security: [{ [name]: [] }] }
  const mapped = structuredClone(manifest)
  Object.assign(mapped.services.shop, { security: { [name]: 'service' }, credential: 'principal' })
  const authenticators = { jwt: { type: 'jwt', issuer: 'https://id.example', audience: 'shop' } }
  const web = { authenticate: ['jwt'], expose: { 'shop.*': { access: { authenticated: true } } } }
  await emitted(document as JsonObject, {
    'gateway.yaml': { ...mapped, authenticators, clients: { web } },
    'a.json': { type: 'http', scheme: 'bearer' },
  })
})
