import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import type { RunningClient } from '../../generator/dev/runningClient.ts'
import type { System } from '../../generator/dev/system.ts'
import { folderWith } from '../generator/commands/console.ts'
import { call, noAnswer } from './call.ts'
import { type Examination, examine, publishedBy, unexamined } from './examine.ts'
import { exercise } from './exercise.ts'
import { Tally } from './tally.ts'
import { openWorkshop } from './workshop.ts'

// What is valid is no failure of the corpus, and what fails is the failure of one call.

const text = { schema: { type: 'string' } }
const answer = {
  description: 'It.',
  content: { 'application/json': { schema: { type: 'object', properties: { id: { type: 'string' } } } } },
}
const operation = (operationId: string, parameters: readonly object[]) => ({
  operationId,
  parameters,
  responses: { 200: answer },
})
const header = (name: string) => ({ name, in: 'header', ...text })

const reserved = [
  'X-Real-IP',
  'X-Forwarded-For',
  'X-Request-Id',
  'traceparent',
  'Host',
  'Cookie',
  'X_Tenant',
  'X-User-Id',
  'Accept',
  'Range',
  'If-Range',
  'If-None-Match',
  'Content-Encoding',
  'Expect',
]

const api = {
  openapi: '3.1.0',
  info: { title: 'Api', version: '1' },
  servers: [{ url: 'https://api.example.com' }],
  security: [{ session: [] }],
  paths: {
    '/reserved': { get: operation('reserved', reserved.map(header)) },
    '/cookies': {
      get: operation('cookies', [
        { name: 'theme', in: 'cookie', ...text },
        { name: 'sid', in: 'cookie', ...text },
      ]),
    },
    '/limits': {
      parameters: [header('X-Trace')],
      get: operation('limits', [{ name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1 } }]),
    },
    '/by-index': { get: operation('byIndex', [{ $ref: '#/paths/~1limits/get/parameters/0' }]) },
    '/operation': { get: { $ref: 'parts/operation.json' } },
    '/item': { $ref: 'parts/item.json#/items/0' },
    '/head': {
      get: operation('get', []),
      head: {
        operationId: 'head',
        parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1 } }],
        responses: { 204: { description: 'It is there.' } },
      },
    },
  },
  components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'sid' } } },
}

const folder = folderWith({
  'api.json': JSON.stringify(api),
  'parts/operation.json': JSON.stringify(operation('operation', [{ name: 'q', in: 'query', ...text }])),
  'parts/item.json': JSON.stringify({ items: [{ get: operation('item', [{ name: 'r', in: 'query', ...text }]) }] }),
})
const workshop = openWorkshop()
const unchecked = { check: () => [] }
afterAll(() => {
  workshop.remove()
  folder.remove()
})

const options = { clients: ['app:jwt', 'partner:api-key:external'], invalid: 3, everyMediaType: true }
const faultsOf = ({ refused, leftOut, counts }: Examination) => [
  refused,
  ...leftOut,
  ...counts.unsampled,
  ...counts.failures,
]

test('references, reserved headers, cookies of the gateway and answers to HEAD are no failures', async () => {
  const entry = { name: 'api', specs: [join(folder.path, 'api.json')] }
  const examination = await examine(entry, workshop, unchecked, options)
  expect(faultsOf(examination)).toEqual([null])
  expect([examination.counts.routes, examination.counts.passed.original]).toEqual([16, 32])
}, 120_000)

describe('a call whose connection fails', () => {
  test.each([
    ['before the answer', (socket: Socket) => socket.destroy()],
    ['within the head', (socket: Socket) => socket.end('HTTP/1.1 200 O')],
    ['within the body', (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf')],
    ['with something else', (socket: Socket) => socket.end('hello\r\n\r\n')],
  ])('%s has no answer, with the reason', async (_, end) => {
    const server = createServer()
    server.on('request', ({ socket }) => end(socket))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const { status, body } = await call(`http://127.0.0.1:${port}`, {
      method: 'GET',
      target: '/',
      headers: {},
      body: null,
    })
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    expect([status, body.toString()]).toEqual([noAnswer, expect.stringMatching(/^no answer: \S+ \S/)])
  })

  test('has no answer either if the port is closed, or a header cannot be sent', async () => {
    const get = { method: 'GET', target: '/', headers: {}, body: null }
    expect((await call('http://127.0.0.1:1', get)).status).toBe(noAnswer)
    expect((await call('http://127.0.0.1:1', { ...get, headers: { expect: '100-continue' } })).status).toBe(noAnswer)
  })
})

test('a call whose connection fails is a failure with its place, and the other routes are called', async () => {
  const entry = { name: 'cut', specs: [join(folder.path, 'api.json')] }
  const prepared = await workshop.prepare(entry, ['app:jwt'])
  const [plan] = prepared.kind === 'gateways' ? prepared.clients : []
  if (prepared.kind !== 'gateways' || plan === undefined) throw new Error('There is no gateway.')
  const called = new Set<string>()
  const server = createServer((req, res) => {
    called.add((req.url ?? '').replace(/\?.*/, ''))
    if (req.url?.startsWith('/cookies')) req.socket.destroy()
    else res.writeHead(401).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const client = { id: 'app', url, credential: async () => 'authorization: Bearer x' } as unknown as RunningClient
  const system = { users: [{ name: 'alice' }, { name: 'noah' }] } as unknown as System
  const tally = new Tally()
  const original = (): never => {
    throw new Error('it is not read')
  }
  const published = publishedBy(plan, prepared.out)
  await exercise({ system, client, plan, published, received: [], original }, options, tally)
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  const cut = tally.counts.failures.filter(({ at }) => at === 'app GET /cookies')
  expect(cut.map(({ check }) => check)).toEqual(['access', 'access', 'answer', 'answer'])
  for (const { detail } of cut) expect(detail).toMatch(/no answer: UND_ERR_SOCKET/)
  expect([...called].sort()).toEqual(Object.keys(api.paths).sort())
})

test('an exception is a failure of its entry', () => {
  const { counts, refused } = unexamined(
    { name: 'api', specs: ['/api.json'] },
    new Error('broken', { cause: new Error('why') }),
  )
  expect([refused, counts.failures]).toEqual([null, [{ check: 'harness', at: 'api', detail: 'broken (why)' }]])
})
