import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { OperationSchemas, ParameterSchema, Schema, WrittenRoute } from '../../templates/runtime/vocabulary.ts'
import { some } from '../support/gatewayParts.ts'
import { createRecordingService, type RecordingService } from '../support/recordingService.ts'
import { startTestGateway, type TestGateway } from '../support/testGateway.ts'

// With `allowReserved`, `q=a;admin=true` was sent on as it was, and services that split a query at `;` read a parameter `admin`. Members
// of a `deepObject` that its schema refuses were left out, where in JSON they are 400.

const closed: Schema = {
  type: 'object',
  properties: {
    status: { type: 'string' },
    range: { type: 'object', properties: { from: { type: 'string' } }, additionalProperties: false },
  },
  additionalProperties: false,
}
const query: Readonly<Record<string, ParameterSchema>> = Object.fromEntries(
  Object.entries({
    q: some.parameter({ style: 'form', explode: true, allowReserved: true }),
    list: some.parameter({ style: 'form', allowReserved: true, schema: { type: 'array', items: { type: 'string' } } }),
    json: some.parameter({ style: null, allowReserved: true, schema: { type: 'object' } }),
    tag: some.parameter({
      style: 'deepObject',
      explode: true,
      allowReserved: true,
      schema: { type: 'object', additionalProperties: { type: 'string' } },
    }),
    filter: some.parameter({ style: 'deepObject', explode: true, schema: closed }),
    part: some.parameter({ style: 'deepObject', explode: true, schema: { $ref: '#/schemas/Part' } }),
    either: some.parameter({
      style: 'deepObject',
      explode: true,
      schema: { oneOf: [closed, { ...closed, required: ['status'] }] },
    }),
    open: some.parameter({
      style: 'deepObject',
      explode: true,
      schema: { ...closed, additionalProperties: undefined },
    }),
  }).map(([name, parameter]) => [name, { ...parameter, required: false }]),
)
const form = { type: 'object', properties: { q: { type: 'string' }, filter: closed } }
const encoding = {
  q: { style: 'form', explode: true, allowReserved: true, contentType: [] },
  filter: { style: 'deepObject', explode: true, allowReserved: false, contentType: [] },
} as const
const body: OperationSchemas['body'] = {
  required: true,
  content: { 'application/x-www-form-urlencoded': { schema: form, encoding } },
}
const route = (method: 'GET' | 'POST', operation: string, request: WrittenRoute['request']): WrittenRoute => ({
  id: `orders.${operation}`,
  method,
  path: `/${operation}`,
  access: { kind: 'public', because: 'tests' },
  contract: { service: 'orders', operation },
  action: { kind: 'call', service: 'orders', method, path: `/${operation}` },
  answers: { statuses: ['200'] },
  ...(request === undefined ? {} : { request }),
})

let service: RecordingService
let gateway: TestGateway

beforeAll(async () => {
  service = await createRecordingService()
  gateway = await startTestGateway({
    routes: [
      route('GET', 'search', { query: Object.keys(query) }),
      route('POST', 'form', { body: ['application/x-www-form-urlencoded'] }),
    ],
    services: { orders: some.service(service.url) },
    operations: { search: some.operation({ query }), form: some.operation({ body }) },
    schemas: { Part: { allOf: [closed] } },
  })
})

afterAll(async () => {
  await gateway.close()
  await service.close()
})

async function search(text: string) {
  const before = service.requests.length
  const answer = await fetch(`http://127.0.0.1:${gateway.port}/search?${text}`)
  const problem = (await answer.json()) as { readonly errors?: readonly { readonly pointer: string }[] }
  const sent = service.requests.length === before ? null : service.requests.at(-1)?.url.replace('/search?', '')
  return { status: answer.status, sent, pointer: problem.errors?.[0]?.pointer }
}

async function post(text: string) {
  const before = service.requests.length
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const { status } = await fetch(`http://127.0.0.1:${gateway.port}/form`, { method: 'POST', body: text, headers })
  return { status, sent: service.requests.length === before ? null : service.requests.at(-1)?.body }
}

describe('rule P11: a value with allowReserved makes no parameter', () => {
  test.each([
    ['a semicolon', 'q=a;admin=true', 'q=a%3Badmin=true'],
    ['an encoded semicolon', 'q=a%3Badmin=true', 'q=a%3Badmin=true'],
    ['an encoded ampersand', 'q=a%26admin=true', 'q=a%26admin=true'],
    ['in a list', 'list=a;admin=1,b', 'list=a%3Badmin=1,b'],
    ['in JSON', 'json={%22a%22:%22;admin=1%22}', 'json=%7B%22a%22:%22%3Badmin=1%22%7D'],
    ['in a deep object', 'tag%5Ba%5D=b;admin=1', 'tag%5Ba%5D=b%3Badmin=1'],
    ['in a name', 'tag%5Ba;admin=1%5D=b', null],
    ['other reserved characters stay', 'q=a/b?c:d@e$f,g', 'q=a/b?c:d@e$f,g'],
  ])('%s', async (_, sent, wire) => {
    if (wire === null) expect((await search(sent)).sent ?? '').not.toMatch(/[;&]admin/)
    else expect(await search(sent)).toMatchObject({ status: 200, sent: wire })
  })

  test('in a form', async () => {
    expect(await post('q=a;admin=true')).toEqual({ status: 200, sent: 'q=a%3Badmin=true' })
  })
})

describe('a member of a deep object that its schema refuses is 400', () => {
  test.each([
    ['a member', 'filter%5Bstatus%5D=open&filter%5Badmin%5D=1', 'filter/admin'],
    ['the only member', 'filter%5Badmin%5D=1', 'filter/admin'],
    ['within a member', 'filter%5Brange%5D%5Bto%5D=1', 'filter/range/to'],
    ['of a part', 'part%5Badmin%5D=1', 'part/admin'],
    ['of all alternatives', 'either%5Badmin%5D=1', 'either/admin'],
    ['with members of its own', 'filter%5Badmin%5D%5Ba%5D=1', 'filter/admin'],
    ['without a name', 'filter%5B%5D=1', 'filter/'],
    ['below a text', 'filter%5Bstatus%5D%5Ba%5D=1', 'filter/status'],
    ['with a bracket in its name', 'filter%5Ba%5Bb%5D%5D=1', 'filter'],
    ['within an open one', 'open%5Brange%5D%5Bto%5D=1', 'open/range/to'],
  ])('%s', async (_, text, pointer) => {
    expect(await search(text)).toEqual({ status: 400, sent: null, pointer })
  })

  test('in a form', async () => {
    expect(await post('filter[admin]=1')).toEqual({ status: 400, sent: null })
  })

  test.each([
    ['declared members', 'filter%5Brange%5D%5Bfrom%5D=1', 'filter%5Brange%5D%5Bfrom%5D=1'],
    ['undeclared members of an open one are left out', 'open%5Bstatus%5D=a&open%5Badmin%5D=1', 'open%5Bstatus%5D=a'],
  ])('%s', async (_, text, sent) => {
    expect(await search(text)).toMatchObject({ status: 200, sent })
  })
})
