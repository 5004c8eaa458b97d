import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { OperationSchemas, Route, Schema, WrittenRoute } from '../../templates/runtime/vocabulary.ts'
import { some } from '../support/gatewayParts.ts'
import { aKeyHolder } from '../support/keyHolder.ts'
import { manifest, operation, planned, spec } from '../support/planned.ts'
import { createRecordingService, type RecordingService } from '../support/recordingService.ts'
import { startTestGateway, type TestGateway } from '../support/testGateway.ts'

// Every member of a body that its schema does not declare reached the service, such as `isAdmin` of a user (mass assignment). A route,
// a client and a service can drop or refuse them now, and external clients refuse them by default (rule P13).

const user: Schema = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    score: { type: 'number' },
    password: { type: 'string', writeOnly: true },
    address: { $ref: '#/schemas/Address' },
    tags: { type: 'array', items: { oneOf: [{ type: 'string' }, { $ref: '#/schemas/Tag' }] } },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    anything: {},
  },
  minProperties: 1,
}
const schemas: Readonly<Record<string, Schema>> = {
  Address: { allOf: [{ type: 'object', properties: { street: { type: 'string' } } }, { properties: { no: {} } }] },
  Tag: { type: 'object', properties: { tag: { type: 'string' } }, required: ['tag'] },
}
const content = (schema: Schema) => ({ schema, encoding: {} })
const takes: OperationSchemas = some.operation({
  body: {
    required: true,
    content: {
      'application/json': content(user),
      'application/x-www-form-urlencoded': content(user),
      'multipart/form-data': content(user),
    },
  },
})
const holder = aKeyHolder({ name: 'me' })

const route = (undeclaredBody: Route['undeclaredBody'], more: Partial<WrittenRoute> = {}): WrittenRoute => ({
  id: `users.${undeclaredBody}${more.path ?? ''}`,
  method: 'POST',
  path: `/${undeclaredBody}`,
  access: { kind: 'public', because: 'tests' },
  contract: { service: 'users', operation: 'takes' },
  action: { kind: 'call', service: 'users', method: 'POST', path: '/users' },
  request: { body: Object.keys(takes.body?.content ?? {}) },
  answers: { statuses: ['200'] },
  undeclaredBody,
  ...more,
})

let service: RecordingService
let gateway: TestGateway

beforeAll(async () => {
  service = await createRecordingService()
  gateway = await startTestGateway({
    routes: [
      route('pass'),
      route('drop'),
      route('refuse'),
      route('drop', {
        path: '/bound',
        access: { kind: 'principal', anyOf: [{ scopes: [], roles: [] }], own: [], when: [] },
        request: { body: ['application/json'], bind: [{ in: 'body', name: 'name', claim: ['name'] }] },
      }),
    ],
    services: { users: some.service(service.url) },
    operations: { takes },
    schemas,
    client: holder.client,
    env: holder.env,
  })
})

afterAll(async () => {
  await gateway.close()
  await service.close()
})

async function post(path: string, body: string, type = 'application/json') {
  const before = service.requests.length
  const headers = { 'content-type': type, ...(path === '/bound' ? holder.headers : {}) }
  const answer = await fetch(`http://127.0.0.1:${gateway.port}${path}`, { method: 'POST', body, headers })
  const problem = (await answer.json()) as { readonly errors?: readonly { readonly pointer: string }[] }
  return {
    status: answer.status,
    sent: service.requests.length === before ? null : service.requests.at(-1)?.body,
    pointer: problem.errors?.[0]?.pointer,
  }
}

describe('undeclared members of a JSON body', () => {
  const cases: readonly (readonly [string, string, dropped: string, pointer: string])[] = [
    ['a member', '{"name":"a","isAdmin":true}', '{"name":"a"}', '/isAdmin'],
    [
      'within a member',
      '{"address":{"street":"b","geo":1},"name":"a"}',
      '{"address":{"street":"b"},"name":"a"}',
      '/address/geo',
    ],
    ['within an item', '{"tags":["x",{"tag":"y","z":1}]}', '{"tags":["x",{"tag":"y"}]}', '/tags/1/z'],
    [
      'beside numbers with many digits',
      '{"score":12345678901234567890.5,"x":1e400}',
      '{"score":12345678901234567890.5}',
      '/x',
    ],
    ['beside a writeOnly member', '{"password":"p","x":1}', '{"password":"p"}', '/x'],
    ['in a body with spaces', ' { "x" : 1 , "name" : "a" } ', '{"name":"a"}', '/x'],
  ]

  test.each(cases)('%s: passed on', async (_, body) => {
    expect(await post('/pass', body)).toMatchObject({ status: 200, sent: body })
  })

  test.each(cases)('%s: dropped', async (_, body, dropped) => {
    expect(await post('/drop', body)).toMatchObject({ status: 200, sent: dropped })
  })

  test.each(cases)('%s: refused', async (_, body, __, pointer) => {
    expect(await post('/refuse', body)).toEqual({ status: 400, sent: null, pointer })
  })

  test.each(['drop', 'refuse'])('declared ones pass as the bytes that came: %s', async (path) => {
    const body = '{ "name":"a", "labels":{"any":"x"}, "anything":{"y":1.0}, "score":1.50 }'
    expect(await post(`/${path}`, body)).toMatchObject({ status: 200, sent: body })
  })

  test('a body that is not valid without them is refused', async () => {
    expect(await post('/drop', '{"isAdmin":true}')).toMatchObject({ status: 400, sent: null })
  })

  test('members that the gateway fills stay', async () => {
    expect(await post('/bound', '{"isAdmin":true,"score":1}')).toMatchObject({
      status: 200,
      sent: '{"score":1,"name":"me"}',
    })
  })
})

describe('undeclared members of JSON within a form', () => {
  const part = '--x\r\nContent-Disposition: form-data; name="address"\r\n\r\n{"street":"b","geo":1}\r\n--x--\r\n'
  test.each([
    ['urlencoded', 'application/x-www-form-urlencoded', 'tags={"tag":"y","z":1}'],
    ['multipart', 'multipart/form-data; boundary=x', part],
  ])('%s: they pass, or the form is refused', async (_, type, body) => {
    expect(await post('/pass', body, type)).toMatchObject({ status: 200 })
    expect(await post('/refuse', body, type)).toMatchObject({ status: 400, sent: null })
    expect(await post('/drop', body, type)).toMatchObject({ status: 400, sent: null })
  })
})

describe('what counts for a route', () => {
  const body = '{ content: { application/json: { schema: { type: object, properties: { a: { type: string } } } } } }'
  const orders = spec([`/orders: { ${operation('post', `operationId: addOrder, requestBody: ${body}`)} }`])
  const effective = (options: string, client: string, ofService: string) => {
    const text = manifest([`orders.addOrder: ${options}`])
      .replace(/^( +)authenticate:/m, `$1${client}\n$1authenticate:`)
      .replace(/^( +)spec:/m, `$1${ofService}\n$1spec:`)
    const { client: plan } = planned(text, { orders })
    const { undeclaredBody } = plan.routes[0]?.route ?? {}
    const [service] = plan.services
    return [undeclaredBody, plan.routes[0]?.written.undeclaredBody ?? service?.service.undeclaredBody]
  }

  test.each([
    ['nothing is written', '{}', '', '', 'pass'],
    ['an external client', '{}', 'audience: external', '', 'refuse'],
    ['a service', '{}', '', 'undeclaredBody: drop', 'drop'],
    ['a client before a service', '{}', 'undeclaredBody: refuse', 'undeclaredBody: drop', 'refuse'],
    ['an entry before a client', '{ undeclaredBody: drop }', 'undeclaredBody: refuse', '', 'drop'],
    ['an entry of an external client', '{ undeclaredBody: pass }', 'audience: external', '', 'pass'],
  ])('%s', (_, options, client, ofService, want) => {
    expect(effective(options, client, ofService)).toEqual([want, want])
  })
})
