import { describe, expect, test } from '@jest/globals'
import { planContract } from '../../../../../generator/plan/settle/openapi/index.ts'
import type { JsonObject, JsonValue } from '../../../../../generator/read/types.ts'
import type { Access, Client } from '../../../../../templates/runtime/vocabulary.ts'
import { catalogue } from '../../../../../templates/runtime/words/problems.ts'
import { client, contractOf, routeOf } from '../../../../support/contract.ts'
import { planDocument } from '../../../../support/translation.ts'

const json = (schema: JsonValue): JsonObject => ({ 'application/json': { schema } })
const to = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const order = { type: 'object', properties: { id: { type: 'string' } } }

/** One operation, `putOrder`, on `/orders/{orderId}`. */
function putting(operation: JsonObject, schemas: JsonObject = {}): JsonObject {
  const id = { name: 'orderId', in: 'path', required: true, schema: { type: 'string' } }
  const responses = { 200: { description: 'OK' } }
  const { parameters = [], ...rest } = operation
  const all = [id, ...(parameters as readonly JsonValue[])]
  return {
    info: { title: 'Orders', version: '3' },
    paths: { '/orders/{orderId}': { put: { operationId: 'putOrder', responses, parameters: all, ...rest } } },
    components: { schemas },
  }
}

function operationIn(contract: JsonObject): JsonObject {
  const [item] = Object.values(contract['paths'] as JsonObject)
  const [operation] = Object.values(item as JsonObject)
  return operation as JsonObject
}

function responsesIn(contract: JsonObject): JsonObject {
  return operationIn(contract)['responses'] as JsonObject
}

const schemasIn = (contract: JsonObject) => (contract['components'] as { schemas: JsonObject }).schemas

describe('the contract of a client', () => {
  test('has its title and version', () => {
    expect(contractOf(putting({ summary: 'S', description: 'D', deprecated: true }))).toMatchObject({
      openapi: '3.1.0',
      info: { title: 'Shop for the web', version: '1.0.0' },
      servers: [{ url: '/' }],
      tags: [{ name: 'orders', description: 'Orders' }],
      paths: {
        '/orders/{orderId}': {
          put: { operationId: 'orders.putOrder', tags: ['orders'], summary: 'S', description: 'D', deprecated: true },
        },
      },
    })
  })

  test('has routes as they are exposed, not as the service has them', () => {
    const contract = contractOf(putting({}), { path: '/mine/{orderId}', method: 'PATCH' })
    expect(
      Object.entries(contract['paths'] as JsonObject).map(([path, item]) => [path, Object.keys(item as JsonObject)]),
    ).toEqual([['/mine/{orderId}', ['patch']]])
  })

  test('names schemas after their service', () => {
    const contract = contractOf(
      putting({ responses: { 200: { description: '', content: json(to('Order')) } } }, { Order: order }),
    )
    expect(Object.keys(schemasIn(contract))).toEqual(['orders.Order', 'gatewright.Problem'])
    expect(responsesIn(contract)['200']).toMatchObject({
      content: json({ $ref: '#/components/schemas/orders.Order' }),
    })
  })

  test('renames them in mappings, too', () => {
    const Pet = { oneOf: [to('Cat')], discriminator: { propertyName: 'kind' } }
    const contract = contractOf(putting({ requestBody: { content: json(to('Pet')) } }, { Pet, Cat: order }))
    expect(schemasIn(contract)['orders.Pet']).toEqual({
      oneOf: [{ $ref: '#/components/schemas/orders.Cat' }],
      discriminator: { propertyName: 'kind', mapping: { Cat: '#/components/schemas/orders.Cat' } },
    })
  })

  test('has no discriminator that would name wrong values, and says the default of OpenAPI 3.2', () => {
    const kinds = { properties: { kind: { enum: ['cat', 'dog'] } } }
    const Pet = { oneOf: [to('Cat'), to('Dog')], discriminator: { propertyName: 'kind' } }
    const other = { oneOf: [to('Cat')], discriminator: { propertyName: 'kind', defaultMapping: 'Cat' } }
    const document = putting(
      { requestBody: { content: json({ properties: { pet: to('Pet'), other: to('Other') } }) } },
      { Pet, Cat: kinds, Dog: kinds, Other: other },
    )
    const schemas = schemasIn(contractOf({ ...document, openapi: '3.2.0' }))
    expect(schemas['orders.Pet']).not.toHaveProperty('discriminator')
    expect(schemas['orders.Other']).toMatchObject({
      discriminator: { 'x-default-mapping': '#/components/schemas/orders.Cat' },
    })
  })

  test('refuses a route whose operation was not translated', () => {
    const { translation } = planDocument(putting({}))
    const routes = [...translation.operations.values()].map((operation) =>
      routeOf(operation, { contract: { service: 'orders', operation: 'other' } }),
    )
    const services = new Map([['orders', { translation, credentials: {} }]])
    expect(() => planContract({ title: '', client, routes, services })).toThrow(/orders\.putOrder/)
  })
})

describe('who may call', () => {
  const both: Client = {
    ...client,
    authenticators: { ...client.authenticators, key: { kind: 'api-key', header: 'X-Key', keys: '', pepper: '' } },
  }
  const cases: readonly (readonly [name: string, access: Access, want: readonly JsonValue[]])[] = [
    ['everybody', { kind: 'public', because: 'It is' }, []],
    [
      'any caller',
      { kind: 'principal', anyOf: [{ scopes: [], roles: [] }], own: [], when: [] },
      [{ bearer: [] }, { key: [] }],
    ],
    [
      'a scope and a role, or another scope',
      {
        kind: 'principal',
        anyOf: [
          { scopes: ['a'], roles: ['staff'] },
          { scopes: ['b'], roles: [] },
        ],
        own: [],
        when: [],
      },
      [{ bearer: ['a', 'staff'] }, { bearer: ['b'] }, { key: ['a', 'staff'] }, { key: ['b'] }],
    ],
  ]
  test.each(cases)('%s', (_, access, want) => {
    expect(operationIn(contractOf(putting({}), { access }, { client: both }))['security']).toEqual(want)
  })

  test('with which authenticators', () => {
    expect(contractOf(putting({}), {}, { client: both })['components']).toMatchObject({
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        key: { type: 'apiKey', in: 'header', name: 'X-Key' },
      },
    })
  })
})

describe('what may be sent', () => {
  const parameters = ['a', 'b'].map((name) => ({ name, in: 'query', schema: { type: 'string' } }))
  const namesIn = (contract: JsonObject) =>
    (operationIn(contract)['parameters'] as readonly JsonObject[]).map(({ name }) => name)

  test('only parameters that the route accepts', () => {
    expect(namesIn(contractOf(putting({ parameters }), { request: { query: ['b'] } }))).toEqual(['orderId', 'b'])
  })

  test('no bound parameter', () => {
    const bind = [{ in: 'query', name: 'a', claim: ['sub'] }] as const
    expect(namesIn(contractOf(putting({ parameters }), { request: { bind } }))).toEqual(['orderId', 'b'])
  })

  test('only media types that the route accepts', () => {
    const content = { ...json(order), 'text/csv': { schema: { type: 'string' } } }
    const contract = contractOf(putting({ requestBody: { required: true, content } }), {
      request: { body: ['application/json'] },
    })
    expect(operationIn(contract)['requestBody']).toEqual({ required: true, content: json(order) })
  })

  describe('no bound member', () => {
    const bind = [{ in: 'body', name: 'owner', claim: ['sub'] }] as const
    const owned: JsonObject = {
      type: 'object',
      required: ['owner', 'id'],
      properties: { owner: { type: 'string' }, id: { type: 'string' } },
      example: { owner: 'o', id: 'i' },
    }
    const left = { type: 'object', required: ['id'], properties: { id: { type: 'string' } }, example: { id: 'i' } }
    const extended = { allOf: [to('Owned'), { type: 'object', required: ['owner'] }, to('Other')] }
    const cases: readonly (readonly [name: string, schema: JsonValue, want: unknown])[] = [
      ['of the schema itself', owned, left],
      ['of what it refers to', to('Owned'), left],
      ['of its parts', extended, { allOf: [left, { type: 'object' }, { $ref: '#/components/schemas/orders.Other' }] }],
      [
        'of its alternatives',
        { oneOf: [to('Owned'), to('Other')] },
        { oneOf: [left, { $ref: '#/components/schemas/orders.Other' }] },
      ],
    ]
    test.each(cases)('%s', (_, schema, want) => {
      const document = putting({ requestBody: { content: json(schema) } }, { Owned: owned, Other: order })
      expect(operationIn(contractOf(document, { request: { bind } }))['requestBody']).toEqual({
        content: json(want as JsonValue),
      })
    })

    test('but answers may still contain it', () => {
      const document = putting(
        {
          requestBody: { content: json(to('Owned')) },
          responses: { 200: { description: '', content: json(to('Owned')) } },
        },
        { Owned: owned },
      )
      expect(schemasIn(contractOf(document, { request: { bind } }))['orders.Owned']).toEqual(owned)
    })

    test('nor in an example', () => {
      const content = { 'application/json': { schema: owned, example: { owner: 'o', id: 'i' } } }
      expect(
        operationIn(contractOf(putting({ requestBody: { content } }), { request: { bind } }))['requestBody'],
      ).toMatchObject({
        content: { 'application/json': { example: { id: 'i' } } },
      })
    })
  })
})

describe('members of one direction', () => {
  const account: JsonObject = {
    type: 'object',
    required: ['id', 'secret', 'name'],
    properties: {
      id: { type: 'string', readOnly: true },
      secret: { $ref: '#/components/schemas/Secret' },
      name: { type: 'string' },
    },
    example: { id: '1', secret: 's', name: 'n' },
  }
  const schemas = { Account: account, Secret: { type: 'string', format: 'password' } }
  const answer = { responses: { 200: { description: '', content: json(to('Account')) } } }
  const body = { requestBody: { content: json(to('Account')) } }
  const shown = (operation: JsonObject) => schemasIn(contractOf(putting(operation, schemas)))

  test('are absent from schemas of answers, with the schemas that only they use', () => {
    expect(Object.keys(shown(answer))).toEqual(['orders.Account', 'gatewright.Problem'])
    expect(shown(answer)['orders.Account']).toEqual({
      type: 'object',
      required: ['id', 'name'],
      properties: { id: { type: 'string', readOnly: true }, name: { type: 'string' } },
    })
  })

  test('are absent from schemas of requests', () => {
    expect(shown(body)['orders.Account']).toEqual({
      type: 'object',
      required: ['secret', 'name'],
      properties: { secret: { $ref: '#/components/schemas/orders.Secret', writeOnly: true }, name: { type: 'string' } },
    })
  })

  test('are marked by keywords in schemas of both directions', () => {
    expect(shown({ ...answer, ...body })['orders.Account']).toMatchObject({
      required: ['id', 'secret', 'name'],
      properties: { id: { readOnly: true }, secret: { writeOnly: true } },
      example: account['example'] as JsonObject,
    })
  })

  test('are not required by schemas composed with them', () => {
    const schema = { allOf: [to('Account')], required: ['secret', 'name'] }
    const contract = contractOf(putting({ responses: { 200: { description: '', content: json(schema) } } }, schemas))
    expect(responsesIn(contract)['200']).toMatchObject({ content: json({ required: ['name'] }) })
  })

  test('are not in examples', () => {
    const content = { 'application/json': { schema: to('Account'), example: { secret: 's' } } }
    const contract = contractOf(putting({ responses: { 200: { description: '', content } } }, schemas))
    expect(JSON.stringify(contract)).not.toContain('"example"')
  })
})

describe('what may come back', () => {
  const problem = { $ref: '#/components/schemas/gatewright.Problem' }
  const asProblem = { 'application/problem+json': { schema: problem } }
  const statuses = (contract: JsonObject) => Object.keys(responsesIn(contract))
  const own = (status: string) => ({ $ref: `#/components/responses/gatewright.${status}` })

  test('includes the gateway’s own problems, as far as they are possible', () => {
    const body = { requestBody: { content: json(order) } }
    const always = ['200', '400', '401', '500', '502', '503', '504', '4XX']
    const open: Access = { kind: 'public', because: 'It is' }
    const anybody: Access = { kind: 'principal', anyOf: [{ scopes: [], roles: [] }], own: [], when: [] }
    const unknown: Client = { ...client, authenticators: {} }
    expect(statuses(contractOf(putting({}), { access: anybody }))).toEqual(always)
    expect(statuses(contractOf(putting({}), { access: open }))).toEqual(always)
    expect(statuses(contractOf(putting({}), { access: open }, { client: unknown }))).toEqual(
      always.filter((one) => one !== '401'),
    )
    expect(statuses(contractOf(putting({})))).toEqual(['200', '400', '401', '403', '500', '502', '503', '504', '4XX'])
    expect(statuses(contractOf(putting(body), { access: anybody }))).toEqual([
      ...['200', '400', '401', '408', '413', '415', '429'],
      ...['500', '502', '503', '504', '4XX'],
    ])
    expect(responsesIn(contractOf(putting({})))['401']).toEqual(own('401'))
  })

  test('includes 429 with Retry-After where callers have API keys, on public routes too (rule K3)', () => {
    const keys: Client['authenticators'] = { key: { kind: 'api-key', header: 'X-Api-Key', keys: '', pepper: '' } }
    for (const access of [undefined, { kind: 'public', because: 'It is' } as const]) {
      const contract = contractOf(putting({}), access === undefined ? {} : { access }, {
        client: { ...client, authenticators: keys },
      })
      expect(responsesIn(contract)['429']).toEqual(own('429'))
      const { responses } = contract['components'] as { responses: JsonObject }
      expect(responses['gatewright.429']).toMatchObject({ headers: { 'Retry-After': {} }, content: asProblem })
    }
    expect(responsesIn(contractOf(putting({})))['429']).toBeUndefined()
  })

  test('describes each problem that is referred to, and no other', () => {
    const { responses } = contractOf(putting({}))['components'] as { responses: JsonObject }
    expect(Object.keys(responses)).toEqual(
      ['400', '401', '403', '4XX', '500', '502', '503', '504'].map((status) => `gatewright.${status}`),
    )
    expect(responses['gatewright.503']).toMatchObject({ headers: { 'Retry-After': {} }, content: asProblem })
  })

  test('names every problem of the runtime', () => {
    const { properties } = schemasIn(contractOf(putting({})))['gatewright.Problem'] as {
      properties: { type: JsonObject }
    }
    expect(properties.type['enum']).toEqual(Object.keys(catalogue).map((name) => `urn:gatewright:problem:${name}`))
  })

  const answering = (responses: JsonObject) => putting({ responses })
  const conflict = { description: 'Conflict', content: json(order) }

  test('a documented error, or a problem', () => {
    const contract = contractOf(answering({ 409: conflict, 400: conflict }))
    const either = { description: 'Conflict', content: { ...json(order), ...asProblem } }
    expect(responsesIn(contract)['409']).toEqual(either)
    expect(responsesIn(contract)['400']).toEqual(either)
  })

  test('a documented problem, or one of the gateway', () => {
    const contract = contractOf(
      answering({ 404: { description: 'Gone', content: { 'application/problem+json': { schema: order } } } }),
    )
    expect(responsesIn(contract)['404']).toEqual({
      description: 'Gone',
      content: { 'application/problem+json': { schema: { anyOf: [order, problem] } } },
    })
  })

  test('an error that cannot be projected is a problem', () => {
    const contract = contractOf(
      answering({ 404: { description: 'Gone', content: { 'text/plain': { schema: { type: 'string' } } } } }),
    )
    expect(responsesIn(contract)['404']).toEqual({ description: 'Gone', content: asProblem })
  })

  test('a documented range or default covers errors that the gateway adds', () => {
    const contract = contractOf(answering({ 200: { description: 'OK' }, default: conflict }))
    expect(statuses(contract)).toEqual(['200', '401', '500', '502', '503', '504', '4XX', 'default'])
    expect(responsesIn(contract)).toMatchObject({
      401: own('401'),
      '4XX': { description: 'Conflict', content: { ...json(order), ...asProblem } },
      default: conflict,
    })
  })

  test('a 401 of the service only if it gets the caller’s own token', () => {
    const document = answering({ 401: conflict })
    expect(responsesIn(contractOf(document))['401']).toEqual(own('401'))
    const passed = contractOf(
      document,
      { action: { credentials: ['token'] } },
      { credentials: { token: { kind: 'principal' } } },
    )
    expect(responsesIn(passed)['401']).toMatchObject({
      headers: { 'WWW-Authenticate': {} },
      content: { ...json(order), ...asProblem },
    })
  })

  test('only fields that pass (rule O1)', () => {
    const headers = {
      ETag: { required: true, schema: { type: 'string' } },
      Server: { schema: { type: 'string' } },
      'Set-Cookie': {},
    }
    const contract = contractOf(answering({ 200: { description: 'OK', headers } }))
    expect(responsesIn(contract)['200']).toEqual({
      description: 'OK',
      headers: { ETag: { required: true, schema: { type: 'string' } } },
    })
  })

  test('no 5xx of the service, and no status that the route does not pass', () => {
    const contract = contractOf(answering({ 200: conflict, 202: conflict, 500: conflict }), {
      answers: { statuses: ['200'] },
    })
    expect(statuses(contract)).not.toContain('202')
    expect(responsesIn(contract)['500']).toEqual(own('500'))
  })
})
