import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { MediaSchema, OperationSchemas, Schema, WrittenRoute } from '../../templates/runtime/vocabulary.ts'
import { some } from '../support/gatewayParts.ts'
import { aKeyHolder } from '../support/keyHolder.ts'
import { createRecordingService, type RecordingService } from '../support/recordingService.ts'
import { startTestGateway, type TestGateway } from '../support/testGateway.ts'

// `{"CustomerId":"victim"}` was sent on beside the `customerId` that the gateway fills. Readers that ignore case take the last one.
// The same held for members that a schema marks as `readOnly` (rule P13).

const holder = aKeyHolder({ customer: 'mine' })
const item: Schema = { type: 'object', properties: { id: { type: 'string', readOnly: true }, sku: { type: 'string' } } }
const open: Schema = {
  type: 'object',
  properties: { role: { type: 'string', readOnly: true }, name: { type: 'string' }, profile: item },
  patternProperties: { '^sys-': { type: 'string', readOnly: true } },
  additionalProperties: true,
}
const order: Schema = {
  type: 'object',
  properties: {
    customerId: { type: 'string' },
    note: { type: 'string' },
    createdAt: { type: 'string', readOnly: true },
    items: { type: 'array', items: item },
    labels: open,
    shipping: { allOf: [{ $ref: '#/schemas/Base' }, { type: 'object', properties: { street: { type: 'string' } } }] },
  },
}
const declaring: Schema = {
  type: 'object',
  properties: { id: { type: 'string', readOnly: true }, ID: { type: 'string' } },
}
const body = (type: string, schema: Schema): OperationSchemas =>
  some.operation({ body: { required: true, content: { [type]: { schema, encoding: {} } satisfies MediaSchema } } })
const query = (name: string, schema: Schema, style: 'form' | 'deepObject') => ({
  [name]: some.parameter({ required: false, style, explode: true, schema }),
})

const operations: Readonly<Record<string, OperationSchemas>> = {
  order: body('application/json', order),
  form: body('application/x-www-form-urlencoded', open),
  signup: body('application/x-www-form-urlencoded', { ...order, additionalProperties: { type: 'string' } } as Schema),
  parts: body('multipart/form-data', open),
  declaring: body('application/json', declaring),
  search: some.operation({
    query: {
      ...query('customerId', { type: 'string' }, 'form'),
      ...query('filter', open, 'form'),
    },
  }),
  deep: some.operation({ query: query('filter', { ...open, additionalProperties: { type: 'string' } }, 'deepObject') }),
}

const bound = [{ in: 'body', name: 'customerId', claim: ['customer'] }] as const
const route = (id: string, method: 'GET' | 'POST', request: WrittenRoute['request']): WrittenRoute => ({
  id: `orders.${id}`,
  method,
  path: `/${id}`,
  access: { kind: 'principal', anyOf: [{ scopes: [], roles: [] }], own: [], when: [] },
  contract: { service: 'orders', operation: id },
  action: { kind: 'call', service: 'orders', method, path: `/${id}` },
  answers: { statuses: ['200'] },
  ...(request === undefined ? {} : { request }),
})

let service: RecordingService
let gateway: TestGateway

beforeAll(async () => {
  service = await createRecordingService()
  gateway = await startTestGateway({
    routes: [
      route('order', 'POST', { body: ['application/json'], bind: bound }),
      route('form', 'POST', { body: ['application/x-www-form-urlencoded'] }),
      route('signup', 'POST', { body: ['application/x-www-form-urlencoded'], bind: bound }),
      route('parts', 'POST', { body: ['multipart/form-data'] }),
      route('declaring', 'POST', { body: ['application/json'] }),
      route('search', 'GET', { query: ['filter'], bind: [{ in: 'query', name: 'customerId', claim: ['customer'] }] }),
      route('deep', 'GET', { query: ['filter'] }),
    ],
    services: { orders: some.service(service.url) },
    operations,
    schemas: { Base: { type: 'object', properties: { verified: { type: 'boolean', readOnly: true } } } },
    client: holder.client,
    env: holder.env,
  })
})

afterAll(async () => {
  await gateway.close()
  await service.close()
})

interface Sent {
  readonly path: string
  readonly type?: string
  readonly body?: string
}

/** The status, and what the service received: `null` if nothing. */
async function send({ path, type, body: text }: Sent) {
  const before = service.requests.length
  const init = text === undefined ? {} : { method: 'POST', body: text }
  const headers = { ...holder.headers, ...(type === undefined ? {} : { 'content-type': type }) }
  const { status } = await fetch(`http://127.0.0.1:${gateway.port}${path}`, { ...init, headers })
  const got = service.requests.length === before ? null : service.requests.at(-1)
  return { status, sent: got == null ? null : text === undefined ? got.url : got.body }
}

const json = (path: string, value: unknown): Sent => ({ path, type: 'application/json', body: JSON.stringify(value) })
const form = (text: string): Sent => ({ path: '/form', type: 'application/x-www-form-urlencoded', body: text })
const signup = (text: string): Sent => ({ ...form(text), path: '/signup' })
const part = (name: string): Sent => ({
  path: '/parts',
  type: 'multipart/form-data; boundary=x',
  body: `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\nadmin\r\n--x--\r\n`,
})

describe('rule P13: a variant of a guarded name is 400 and does not reach the service', () => {
  test.each<[string, Sent]>([
    ['a bound member in another case', json('/order', { CustomerId: 'victim' })],
    ['in full-width letters', json('/order', { ｃｕｓｔｏｍｅｒＩｄ: 'victim' })],
    ['with the long s', json('/order', { cuſtomerId: 'victim' })],
    ['with the dotless i', json('/order', { customerıd: 'victim' })],
    ['with escapes', { ...json('/order', {}), body: '{"\\u0043ustomerId":"victim"}' }],
    ['with a bracket', json('/order', { 'customerId[]': 'victim' })],
    ['the bound member itself', json('/order', { customerId: 'victim' })],
    ['a read-only member', json('/order', { CREATEDAT: 'now' })],
    ['a read-only member of an item', json('/order', { items: [{ sku: 'a' }, { Id: 'x' }] })],
    ['a read-only member of a part of allOf', json('/order', { shipping: { Verified: true } })],
    ['a member whose pattern is read-only', json('/order', { labels: { 'sys-owner': 'x' } })],
    ['a bound field of a form', signup('CustomerId=victim')],
    ['a bound field with the long s', signup('cu%C5%BFtomerId=victim')],
    ['a bound field in brackets', signup('customerID[]=victim')],
    ['the bound field itself', signup('customerId=victim')],
    ['a read-only field of a form', form('name=a&Role=admin')],
    ['a read-only field in brackets', form('ROLE[]=admin')],
    ['a read-only field within a field', form('profile={"ID":"x"}')],
    ['a variant of a member with a read-only one within it', json('/order', { Items: [{ id: 'x' }] })],
    ['a dotted name of a read-only member', json('/order', { 'items.0.id': 'x' })],
    ['a variant of a field with a read-only one within it', form('Profile[id]=x')],
    ['a dotted field', form('profile.id=x')],
    ['a part for a member of another', part('profile[id]')],
    ['a read-only part', part('ROLE')],
    ['a read-only part in brackets', part('Role[0]')],
    ['a read-only member of a query object', { path: '/search?Role=admin' }],
    ['a bound parameter as a member of a query object', { path: '/search?CustomerId=victim' }],
    ['a bound parameter in brackets', { path: '/search?CUSTOMERID%5B%5D=victim' }],
    ['a read-only member of a deep object', { path: '/deep?filter%5BRole%5D=admin' }],
  ])('%s', async (_, sent) => {
    expect(await send(sent)).toEqual({ status: 400, sent: null })
  })
})

describe('other names reach the service', () => {
  test.each<[string, Sent, string]>([
    ['undeclared members', json('/order', { extra: 1 }), '{"customerId":"mine","extra":1}'],
    ['names in other scripts', json('/order', { имя: 1 }), '{"customerId":"mine","имя":1}'],
    [
      'a name at another level',
      json('/order', { Verified: 1, sku: 'a' }),
      '{"customerId":"mine","Verified":1,"sku":"a"}',
    ],
    ['a variant that is declared', json('/declaring', { ID: 'x' }), '{"ID":"x"}'],
    ['fields of an open form', form('extra=1'), 'extra=1'],
    ['members of a query object', { path: '/search?extra=1' }, '/search?extra=1&customerId=mine'],
    ['members of a deep object', { path: '/deep?filter%5Bextra%5D=1' }, '/deep?filter%5Bextra%5D=1'],
  ])('%s', async (_, sent, want) => {
    expect(await send(sent)).toEqual({ status: 200, sent: want })
  })

  test('parts of an open form', async () => {
    expect(await send(part('extra'))).toMatchObject({ status: 200 })
  })
})
