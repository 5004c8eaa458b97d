import { describe, expect, test } from '@jest/globals'
import type { OperationModel } from '../../../generator/model/index.ts'
import { manifestFolder, manifestOf, outcomeOf, outcomeOfFiles } from '../../support/manifestFolder.ts'

interface Found {
  readonly operation: OperationModel
  readonly faults: readonly string[]
}

/** The operation of a document whose only path item is given as YAML in flow style. */
async function operationOf(item: string, rest = '', path = '/a', version = '3.1.0'): Promise<Found> {
  const spec = `openapi: ${version}\ninfo: { title: T, version: '1' }\npaths: { '${path}': ${item} }\n${rest}`
  const { model, problems } = await outcomeOfFiles({ 'spec.yaml': spec })
  const operation = model?.services[0]?.operations[0]
  if (operation === undefined) throw new Error(problems.join('\n'))
  return { operation, faults: operation.faults.map(({ code }) => code) }
}

const withParameter = (parameter: string, rest = ''): Promise<Found> =>
  operationOf(`{ get: { parameters: [${parameter}] } }`, rest)

describe('a parameter', () => {
  test.each([
    ['{ name: a, in: query, schema: {} }', { style: 'form', explode: true, required: false }],
    ['{ name: a, in: query, explode: false, schema: {} }', { style: 'form', explode: false }],
    [
      '{ name: a, in: query, style: pipeDelimited, schema: { type: array } }',
      { style: 'pipeDelimited', explode: false },
    ],
    ['{ name: a, in: query, style: deepObject, schema: { type: object } }', { style: 'deepObject', explode: true }],
    ['{ name: a, in: header, required: true, schema: {} }', { style: 'simple', explode: false, required: true }],
    ['{ name: a, in: cookie, schema: { type: string } }', { style: 'form', explode: true }],
    ['{ name: a, in: query, allowReserved: true, schema: {} }', { allowReserved: true }],
    [
      '{ name: a, in: query, content: { application/json: { schema: { type: object } } } }',
      { style: null, explode: false },
    ],
    ['{ name: a, in: query, content: { application/vnd.x+json: {} } }', { style: null }],
  ])('%s', async (parameter, want) => {
    const { operation, faults } = await withParameter(parameter)
    expect(faults).toEqual([])
    expect(operation.parameters[0]).toMatchObject(want)
  })

  test.each([
    [
      'path',
      '{ name: a, in: path, required: true, style: label, explode: true, schema: {} }',
      { style: 'label', explode: true },
    ],
    ['path, always required', '{ name: a, in: path, schema: {} }', { style: 'simple', explode: false, required: true }],
  ])('in %s', async (_what, parameter, want) => {
    const { operation, faults } = await operationOf(`{ get: { parameters: [${parameter}] } }`, '', '/{a}')
    expect(faults).toEqual([])
    expect(operation.parameters[0]).toMatchObject(want)
  })

  test.each(['Accept', 'content-type', 'AUTHORIZATION'])(
    'named %s in a header is ignored, as OpenAPI requires',
    async (name) => {
      const { operation, faults } = await withParameter(`{ name: ${name}, in: header, schema: {} }`)
      expect([operation.parameters, faults]).toEqual([[], []])
    },
  )

  test('of an operation overrides its path item’s in the same place', async () => {
    const { operation } = await operationOf(
      `{ parameters: [{ name: a, in: query, schema: { type: string } }, { name: b, in: query, schema: {} }],
         get: { parameters: [{ name: c, in: query, schema: {} }, { name: a, in: query, required: true, schema: {} }, { name: a, in: header, schema: {} }] } }`,
    )
    expect(operation.parameters.map((one) => [one.in, one.name, one.required])).toEqual([
      ['query', 'a', true],
      ['query', 'b', false],
      ['query', 'c', false],
      ['header', 'a', false],
    ])
  })

  test('that is referred to has the place where it is defined', async () => {
    const { operation } = await withParameter(
      "{ $ref: '#/components/parameters/A' }",
      'components: { parameters: { A: { $ref: "#/components/parameters/B" }, B: { name: a, in: query, schema: { type: string } } } }\n',
    )
    expect(operation.parameters[0]?.origin.pointer).toBe('/components/parameters/B')
  })

  test.each([
    ['form, list of lists', 'style: form', '{ type: array, items: { type: array } }', ['GW2121']],
    ['form, object of lists', 'style: form', '{ type: object, properties: { a: { type: array } } }', ['GW2121']],
    ['form, nested through references', 'style: form', "{ $ref: '#/components/schemas/Deep' }", ['GW2121']],
    [
      'form, nested in one alternative',
      'style: form',
      '{ oneOf: [{ type: string }, { type: array, items: { type: object } }] }',
      ['GW2121'],
    ],
    ['form, list of anything', 'style: form', '{ type: array }', []],
    ['form, list or null', 'style: form', '{ type: [array, "null"], items: { type: string } }', []],
    ['pipeDelimited, plain', 'style: pipeDelimited', '{ type: string }', ['GW2121']],
    ['pipeDelimited, exploded', 'style: pipeDelimited, explode: true', '{ type: array }', ['GW2121']],
    ['spaceDelimited, list', 'style: spaceDelimited', '{ type: array }', []],
    ['deepObject, plain', 'style: deepObject', '{ type: string }', ['GW2121']],
    ['deepObject, nested', 'style: deepObject', '{ properties: { a: { type: object } } }', ['GW2121']],
    [
      'deepObject, map of plain values',
      'style: deepObject',
      '{ type: object, additionalProperties: { type: string } }',
      [],
    ],
    [
      'deepObject, composed',
      'style: deepObject',
      '{ allOf: [{ properties: { a: { type: string } } }, { description: x }] }',
      [],
    ],
    ['recursion', 'style: form', "{ $ref: '#/components/schemas/Self' }", ['GW2121']],
  ])('%s', async (_what, style, schema, want) => {
    const { faults } = await withParameter(
      `{ name: a, in: query, ${style}, schema: ${schema} }`,
      'components: { schemas: { Deep: { allOf: [{ type: array, items: { type: object } }] }, Self: { type: array, items: { $ref: "#/components/schemas/Self" } } } }\n',
    )
    expect(faults).toEqual(want)
  })

  test('with lists and objects inside uses brackets if the manifest sets nestedQuery', async () => {
    const spec = (parameter: string): string =>
      `openapi: 3.1.0\ninfo: { title: Orders, version: '1' }\npaths:\n  /orders:\n    get:\n      parameters: [${parameter}]\n      responses: {}\n`
    const parameter = '{ name: expand, in: query, schema: { type: array, items: { type: object } } }'
    const folder = manifestFolder({
      'gateway.yaml': manifestOf('nestedQuery: brackets'),
      'spec.yaml': spec(parameter),
    })
    const { model, problems } = await outcomeOf(folder.path)
    folder.remove()
    expect(problems).toEqual([])
    expect(model?.services[0]?.operations[0]?.parameters).toMatchObject([{ style: 'deepObject', explode: true }])
  })

  test('of a cookie cannot be exploded', async () => {
    expect((await withParameter('{ name: a, in: cookie, schema: { type: array } }')).faults).toEqual(['GW2108'])
    expect((await withParameter('{ name: a, in: cookie, explode: false, schema: { type: array } }')).faults).toEqual([])
  })
})

describe('a body', () => {
  test('keeps its media types as written, in order', async () => {
    const { operation } = await operationOf(
      `{ post: { requestBody: { required: true, content: {
         'application/json; charset=utf-8': { schema: { type: object } }, multipart/form-data: { schema: {}, encoding: { f: { contentType: 'image/png, image/*' } } },
         application/x-www-form-urlencoded: { encoding: { d: { style: deepObject }, e: {} } }, 'image/*': {} } } } }`,
    )
    expect(operation.body?.required).toBe(true)
    expect(operation.body?.content.map(({ type }) => type)).toEqual([
      'application/json; charset=utf-8',
      'multipart/form-data',
      'application/x-www-form-urlencoded',
      'image/*',
    ])
    const [, multipart, form] = operation.body?.content ?? []
    expect(multipart?.encoding['f']).toMatchObject({ contentType: ['image/png', 'image/*'], style: null })
    expect(form?.encoding).toMatchObject({
      d: { style: 'deepObject', explode: true },
      e: { style: 'form', explode: true, contentType: [] },
    })
  })

  test.each(['get', 'head'])('of %s is ignored, as OpenAPI 3.0 requires', async (method) => {
    const { operation, faults } = await operationOf(`{ ${method}: { requestBody: { content: { text/plain: {} } } } }`)
    expect([operation.body, faults]).toEqual([null, []])
  })

  test('of DELETE is kept, because services use it', async () => {
    const { operation } = await operationOf('{ delete: { requestBody: { content: { text/plain: {} } } } }')
    expect(operation.body?.content).toHaveLength(1)
  })
})

describe('responses', () => {
  test('are in ascending order, ranges in upper case, default last', async () => {
    const { operation } = await operationOf(
      "{ get: { responses: { default: {}, 4xx: {}, '404': { headers: { X-A: { schema: { type: string } }, Content-Type: {} } }, '200': {}, '201': {} } } }",
    )
    expect(operation.responses.map(({ status }) => status)).toEqual(['200', '201', '404', '4XX', 'default'])
    expect(operation.responses[2]?.headers.map(({ name }) => name)).toEqual(['X-A'])
  })
})

describe('security', () => {
  const schemes =
    'components: { securitySchemes: { a: { type: http, scheme: Bearer }, b: { type: apiKey, in: query, name: k }, c: { type: odd } } }\n'
  const names = (operation: OperationModel) =>
    operation.security?.map((all) => all.map(({ scheme, scopes }) => `${scheme}(${scopes.join()})`)) ?? null

  test.each([
    ['nowhere', '', '', null],
    ['at the root', '', 'security: [{ a: [] }]\n', [['a()']]],
    [
      'at the operation, over the root',
      'security: [{ a: [r, w], b: [] }, {}]',
      'security: [{ a: [] }]\n',
      [['a(r,w)', 'b()'], []],
    ],
    ['taken away by the operation', 'security: []', 'security: [{ a: [] }]\n', []],
  ])('written %s', async (_what, own, root, want) => {
    const { operation } = await operationOf(`{ get: { ${own} } }`, root + schemes)
    expect(names(operation)).toEqual(want)
  })

  test('that is malformed never means that the operation is open', async () => {
    expect((await operationOf('{ get: { security: [null] } }', schemes)).faults).toEqual(['GW2115'])
    expect((await operationOf('{ get: { security: {} } }', schemes)).faults).toEqual(['GW2115'])
    expect((await operationOf('{ get: { security: null } }', schemes)).faults).toEqual(['GW2115'])
  })
})

describe('servers', () => {
  const root =
    'servers: [{ url: "https://{region}.example/{v}", variables: { region: { default: eu }, v: { default: v1 } } }]\n'
  test.each([
    ['the root’s', '{ get: {} }', root, ['https://eu.example/v1'], false],
    ['the path item’s', '{ servers: [{ url: /item }], get: {} }', root, ['/item'], true],
    ['the operation’s', '{ servers: [{ url: /item }], get: { servers: [{ url: ../up }] } }', root, ['../up'], true],
    ['incomplete', '{ get: { servers: [{ url: "https://{x}" }, { url: /y }] } }', root, ['/y'], true],
    ['none', '{ get: {} }', '', [], false],
  ])('%s', async (_what, item, rest, want, own) => {
    const { operation } = await operationOf(item, rest)
    expect([operation.servers, operation.ownServers]).toEqual([want, own])
  })
})

describe('a server whose variable has no value', () => {
  const unfilled = async (servers: string) =>
    (await operationOf(`{ get: { servers: ${servers} } }`, '')).operation.unfilledServer

  test.each(['token', 'apiToken', 'APIToken', 'bot-token', 'api_key', 'apikey', 'accessKey', 'clientSecret', 'token2'])(
    '%s is a secret, whose default is not used',
    async (variable) => {
      const url = `https://{${variable}}.example`
      const found = await unfilled(`[{ url: '${url}', variables: { ${variable}: { default: abc } } }]`)
      expect(found).toEqual({ url, variable, isSecret: true })
    },
  )

  test.each(['tokenRegion', 'token_url', 'secretary', 'passwordless', 'keyRegion', 'api_key_region', 'region'])(
    '%s is not a secret',
    async (variable) => {
      const { operation } = await operationOf(
        `{ get: { servers: [{ url: 'https://{${variable}}.example', variables: { ${variable}: { default: eu } } }] } }`,
        '',
      )
      expect([operation.servers, operation.unfilledServer]).toEqual([['https://eu.example'], null])
    },
  )

  test('is found in the nearest list of servers, without a default', async () => {
    expect(await unfilled("[{ url: /a }, { url: 'https://{region}.example' }]")).toEqual({
      url: 'https://{region}.example',
      variable: 'region',
      isSecret: false,
    })
    const root = "servers: [{ url: 'https://{token}.example' }]\n"
    expect((await operationOf('{ get: {} }', root)).operation.unfilledServer?.variable).toBe('token')
    expect((await operationOf('{ get: { servers: [{ url: /a }] } }', root)).operation.unfilledServer).toBeNull()
  })
})

describe('a dangling reference', () => {
  const components =
    "components: { schemas: { Good: { type: object }, Bad: { properties: { x: { $ref: '#/nowhere' } } }, Loop: { allOf: [{ $ref: '#/components/schemas/Loop' }] } } }\n"
  test.each([
    ['Good', []],
    ['Bad', ['GW1204']],
    ['Loop', []],
  ])('is a fault of the operations that use it: %s', async (name, want) => {
    const answer = `{ get: { responses: { '200': { content: { application/json: { schema: { $ref: '#/components/schemas/${name}' } } } } } } }`
    expect((await operationOf(answer, components)).faults).toEqual(want)
  })

  test('within data is ignored', async () => {
    const media = "{ schema: { properties: { $ref: { type: string } }, example: { $ref: '#/nowhere' } } }"
    const item = `{ get: { responses: { '200': { content: { application/json: ${media} } } } } }`
    expect((await operationOf(item)).faults).toEqual([])
  })
})
