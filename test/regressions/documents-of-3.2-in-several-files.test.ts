import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { run } from '../../generator/index.ts'
import { manifestFolder } from '../support/manifestFolder.ts'

// A document of OpenAPI 3.2 in several files was refused as a whole (GW1111) because of the scopes of its `deviceAuthorization` flow, which
// the library that joined the files did not know. It took `components.mediaTypes` for something else, too.

const manifest = {
  gatewright: 1,
  name: 'shop',
  services: { shop: { spec: 'spec.json', url: 'http://127.0.0.1:4102' } },
  authenticators: { bearer: { type: 'jwt', issuer: 'https://id.example', audience: 'shop' } },
  clients: { web: { authenticate: ['bearer'], expose: { 'shop.getX': { access: { authenticated: true } } } } },
}
const number = { type: 'integer', maximum: 77_531 }
const order = { type: 'object', properties: { n: { $ref: 'number.json' } } }
const files = { 'number.json': number, 'parts/order.json': { ...order, properties: { n: { $ref: '../number.json' } } } }
const response = (content: object): object => ({ responses: { 200: { description: '', content } } })
const json = (schema: object): object => ({ 'application/json': { schema } })
const getX = (content: object): object => ({ operationId: 'getX', ...response(content) })
const documentOf = (item: object, more: object = {}): object => ({
  openapi: '3.2.0',
  info: { title: 'Shop', version: '1' },
  paths: { '/x': { get: getX(json({ $ref: 'parts/order.json' })), ...item } },
  ...more,
})

/** `found`: the contract and the schemas of the gateway have the number of the last file; else what is reported. */
async function outcome(spec: object, more: Readonly<Record<string, object>> = {}): Promise<string> {
  const texts = Object.entries({ 'gateway.yaml': manifest, 'spec.json': spec, ...files, ...more })
  const folder = manifestFolder(Object.fromEntries(texts.map(([name, of]) => [name, JSON.stringify(of)])))
  try {
    const { diagnostics, plan } = await run({
      manifest: join(folder.path, 'gateway.yaml'),
      clients: [],
      until: 'plan',
      skipUnsupported: false,
    })
    const faults = diagnostics.all.map(({ code, severity, message }) => `${severity} ${code} ${message}`)
    const [client] = plan?.value.clients ?? []
    const both = [client?.contract, client?.services].every((part) => JSON.stringify(part)?.includes('77531'))
    return [...faults, both ? 'found' : 'lost'].join('; ')
  } finally {
    folder.remove()
  }
}

const flow = { deviceAuthorizationUrl: 'https://id.example/device', tokenUrl: 'https://id.example/token' }
const schemes = (scheme: object): object => ({ components: { securitySchemes: { id: scheme } } })

describe('a document of 3.2 in several files is joined', () => {
  test.each<[string, object, object]>([
    [
      'with the scopes of a device authorization',
      {},
      schemes({ type: 'oauth2', flows: { deviceAuthorization: { ...flow, scopes: { 'orders:read': 'Read' } } } }),
    ],
    [
      'with the address of metadata',
      {},
      schemes({
        type: 'oauth2',
        deprecated: true,
        oauth2MetadataUrl: 'https://id.example/.well-known/oauth-authorization-server',
        flows: {},
      }),
    ],
    ['with $self', {}, { $self: 'https://shop.example/openapi.json' }],
    [
      'with names of servers, and tags within tags',
      {},
      { servers: [{ url: '/', name: 'a' }], tags: [{ name: 'a', parent: 'b', kind: 'nav' }] },
    ],
    [
      'with the method QUERY',
      { query: { ...response(json({ $ref: 'parts/order.json' })), operationId: 'queryX' } },
      {},
    ],
    [
      'with a default mapping',
      {},
      { components: { schemas: { A: { discriminator: { propertyName: 'k', defaultMapping: 'parts/order.json' } } } } },
    ],
    [
      'with items of a sequence and their encodings',
      {
        post: {
          operationId: 'postX',
          ...response({
            'multipart/mixed': {
              itemSchema: { $ref: 'parts/order.json' },
              itemEncoding: { headers: { A: { schema: { $ref: 'number.json' } } } },
              prefixEncoding: [{}],
            },
          }),
        },
      },
      {},
    ],
    [
      'with values of examples',
      {},
      { components: { examples: { A: { dataValue: { n: 1 }, serializedValue: '{"n":1}' } } } },
    ],
    [
      'with unknown members',
      { 'x-a': { $ref: 'absent.json' } },
      { components: { unheardOf: { A: { $ref: 'absent.json' } } }, unheardOf: [{ $ref: 'absent.json' }] },
    ],
  ])('%s', async (_what, item, more) => {
    expect(await outcome(documentOf(item, more))).toBe('found')
  })

  test('with other methods, of which it says that they are not served', async () => {
    const item = {
      additionalOperations: { LINK: { operationId: 'linkX', ...response(json({ $ref: 'parts/order.json' })) } },
    }
    expect(await outcome(documentOf(item))).toMatch(/^warning GW2118 .*; found$/)
  })
})

describe('what a reference leads to in another file', () => {
  test.each<[string, object, Readonly<Record<string, object>>]>([
    [
      'a media type of the components',
      documentOf(
        { get: getX({ 'application/json': { $ref: '#/components/mediaTypes/Order' } }) },
        { components: { mediaTypes: { Order: { schema: { $ref: 'parts/order.json' } } } } },
      ),
      {},
    ],
    [
      'a media type of another file',
      documentOf({ get: getX({ 'application/json': { $ref: 'media.json#/Order' } }) }),
      { 'media.json': { Order: { schema: { $ref: 'parts/order.json' } } } },
    ],
    [
      'the content of an answer',
      documentOf({ get: getX({ $ref: 'content.json' }) }),
      { 'content.json': json({ $ref: 'parts/order.json' }) },
    ],
    [
      'the schemas of the components',
      documentOf(
        { get: getX(json({ $ref: '#/components/schemas/Order' })) },
        { components: { schemas: { $ref: 'parts/index.json' } } },
      ),
      { 'parts/index.json': { Order: { $ref: 'order.json' } } },
    ],
    [
      'the components',
      documentOf(
        { get: getX(json({ $ref: '#/components/schemas/Order' })) },
        { components: { $ref: 'parts/all.json' } },
      ),
      { 'parts/all.json': { schemas: { Order: { $ref: 'order.json' } } } },
    ],
    [
      'the paths',
      { ...documentOf({}), paths: { $ref: 'parts/paths.json' } },
      { 'parts/paths.json': { '/x': { get: getX(json({ $ref: 'order.json' })) } } },
    ],
    [
      'a path item, which refers to another',
      { ...documentOf({}), paths: { '/x': { $ref: 'a.json' } } },
      { 'a.json': { $ref: 'parts/b.json' }, 'parts/b.json': { get: getX(json({ $ref: 'order.json' })) } },
    ],
    [
      'an operation',
      documentOf({ get: { $ref: 'parts/get.json' } }),
      { 'parts/get.json': getX(json({ $ref: 'order.json' })) },
    ],
    [
      'a list of parameters',
      documentOf({ parameters: { $ref: 'parts/parameters.json' } }),
      { 'parts/parameters.json': [{ name: 'a', in: 'query', schema: { $ref: '../number.json' } }] },
    ],
    [
      'the members of a schema, in which others are again',
      documentOf({ get: getX(json({ type: 'object', properties: { $ref: 'parts/members.json' } })) }),
      { 'parts/members.json': { a: { type: 'array', items: { $ref: 'order.json' } } } },
    ],
    [
      'schemas that contain each other',
      documentOf({ get: getX(json({ $ref: 'a.json' })) }),
      {
        'a.json': { type: 'object', properties: { b: { $ref: 'b.json' }, n: number } },
        'b.json': { type: 'array', items: { $ref: 'a.json' } },
      },
    ],
  ])('%s', async (_what, spec, more) => {
    expect(await outcome(spec, more)).toBe('found')
  })

  test('is refused if copying it would never end', async () => {
    const spec = documentOf({ get: getX({ 'application/json': { $ref: 'a.json' } }) })
    expect(await outcome(spec, { 'a.json': { $ref: 'b.json' }, 'b.json': { $ref: 'a.json' } })).toMatch(
      /^error GW1206 /,
    )
  })
})

describe('schemas of two files with one name', () => {
  const two = (first: object, second: object) =>
    outcome(documentOf({ get: getX(json({ anyOf: [{ $ref: 'a/order.json' }, { $ref: 'b/order.json' }] })) }), {
      'a/order.json': first,
      'b/order.json': second,
    })

  test('stay two if they differ', async () => {
    expect(await two({ type: 'string' }, number)).toBe('found')
    expect(await two(number, { type: 'string' })).toBe('found')
  })

  test('stay two if their references are the same text but lead elsewhere', async () => {
    const list = { type: 'array', items: { $ref: 'item.json' } }
    const spec = documentOf({ get: getX(json({ anyOf: [{ $ref: 'a/order.json' }, { $ref: 'b/order.json' }] })) })
    const more = {
      'a/order.json': list,
      'b/order.json': list,
      'a/item.json': { type: 'string' },
      'b/item.json': number,
    }
    expect(await outcome(spec, more)).toBe('found')
  })
})
