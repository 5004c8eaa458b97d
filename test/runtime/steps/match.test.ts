import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { some } from '../../support/gatewayParts.ts'
import { type RawResponse, requestText, sendRaw } from '../../support/rawClient.ts'
import { createRecordingService, type RecordingService } from '../../support/recordingService.ts'
import { startTestGateway, type TestGateway } from '../../support/testGateway.ts'

let service: RecordingService
let gateway: TestGateway

const admin = { access: { kind: 'principal', anyOf: [{ scopes: [], roles: [] }], own: [], when: [] } } as const
const matrix = some.operation({ path: { id: some.parameter({ style: 'matrix' }) } })

beforeAll(async () => {
  service = await createRecordingService()
  gateway = await startTestGateway({
    client: some.client({ cors: { origins: ['https://shop.example'], credentials: false, expose: [], maxAge: 60 } }),
    routes: [
      some.route('GET', '/orders/{id}'),
      some.route('DELETE', '/orders/{id}'),
      some.route('GET', '/admin', admin),
      some.route('GET', '/points/{id}', { contract: { service: 'orders', operation: 'matrix' } }),
    ],
    services: { orders: some.service(service.url) },
    operations: { matrix },
  })
})

afterAll(async () => {
  await gateway.close()
  await service.close()
})

async function send(line: string, ...fields: string[]): Promise<RawResponse> {
  return sendRaw(gateway.port, requestText(`${line} HTTP/1.1`, fields))
}

async function reached(line: string): Promise<readonly string[]> {
  const before = service.requests.length
  await send(line)
  return service.requests.slice(before).map(({ method, url }) => `${method} ${url}`)
}

test('the body of a 404 is constant but for the id, with a credential or without (rule R6)', async () => {
  const plain = (response: RawResponse) => response.body.replace(/urn:request:[0-9a-f-]+/, '')
  const want = '{"type":"urn:gatewright:problem:not-found","title":"There is nothing here","status":404,"instance":""}'
  for (const fields of [[], ['X-Anything: 1']]) {
    expect(plain(await send('GET /internal/metrics', ...fields))).toBe(want)
    expect(plain(await send('POST /', ...fields, 'Content-Length: 0'))).toBe(want)
  }
})

test.each([
  ['PUT /orders/5', 'DELETE, GET, HEAD, OPTIONS'],
  ['POST /admin', 'GET, HEAD, OPTIONS'],
])('%s is 405 and allows %s (rule R5)', async (line, allow) => {
  const response = await send(line, 'Content-Length: 0')
  expect(response.status).toBe(405)
  expect(response.header('allow')).toBe(allow)
})

test('HEAD is answered by the route of GET, without a body', async () => {
  const before = service.requests.length
  const response = await send('HEAD /orders/5')
  expect(response).toMatchObject({ status: 200, body: '' })
  expect(service.requests.slice(before)).toMatchObject([{ method: 'GET', url: '/orders/5' }])
})

test('HEAD is guarded like GET (rule R5)', async () => {
  expect((await send('HEAD /admin')).status).toBe(401)
  expect(await reached('HEAD /admin')).toEqual([])
})

test('OPTIONS is answered by the gateway and never passed on (rule R5)', async () => {
  const response = await send('OPTIONS /orders/5')
  expect(response.status).toBe(204)
  expect(response.header('allow')).toBe('DELETE, GET, HEAD, OPTIONS')
  expect((await send('OPTIONS *')).status).toBe(204)
  expect((await send('OPTIONS /nothing')).status).toBe(404)
  expect(await reached('OPTIONS /orders/5')).toEqual([])
})

describe('a semicolon (rule R1)', () => {
  test('belongs to matrix parameters', async () => {
    expect(await reached('GET /points/;id=5')).toEqual(['GET /points/;id=5'])
  })

  test.each(['/orders/5;x', '/orders/;id=5', '/orders/5;x.css', '/points;x/5', '/admin;x'])(
    'and not in %s',
    async (path) => {
      expect([400, 404]).toContain((await send(`GET ${path}`)).status)
      expect(await reached(`GET ${path}`)).toEqual([])
    },
  )
})

describe('cross-origin access', () => {
  const preflight = ['Access-Control-Request-Method: DELETE', 'Access-Control-Request-Headers: authorization']

  test('a preflight says what the path takes, without a credential', async () => {
    const response = await send('OPTIONS /orders/5', 'Origin: https://shop.example', ...preflight)
    expect(response.status).toBe(204)
    expect(response.header('access-control-allow-origin')).toBe('https://shop.example')
    expect(response.header('access-control-allow-methods')).toBe('DELETE, GET, HEAD')
    expect(response.header('access-control-allow-headers')).toBe('content-type, traceparent, tracestate')
    expect(response.header('access-control-max-age')).toBe('60')
    expect(response.header('vary')).toBe('origin, access-control-request-method, access-control-request-headers')
  })

  test.each(['null', 'https://evil.example', 'https://shop.example.evil.example'])(
    '%s is told nothing',
    async (origin) => {
      const response = await send('OPTIONS /orders/5', `Origin: ${origin}`, ...preflight)
      expect(response.status).toBe(204)
      expect(response.fields.filter(([name]) => name.startsWith('access-control-'))).toEqual([])
      expect(response.header('vary')).toContain('origin')
    },
  )

  test.each([
    ['GET /orders/5', 200],
    ['GET /admin', 401],
    ['GET /nothing', 404],
    ['PUT /admin', 405],
    ['GET /orders/%2f', 400],
  ])('%s (%d) can be read by an allowed origin, and varies by it', async (line, status) => {
    const response = await send(line, 'Origin: https://shop.example')
    expect(response.status).toBe(status)
    expect(response.header('access-control-allow-origin')).toBe('https://shop.example')
    expect(response.header('vary')).toBe('origin')
    const without = await send(line)
    expect(without.header('access-control-allow-origin')).toBeUndefined()
    expect(without.header('vary')).toBe('origin')
  })
})
