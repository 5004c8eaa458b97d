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
    routes: [
      some.route('GET', '/orders/{id}'),
      some.route('DELETE', '/orders/{id}'),
      some.route('GET', '/admin', admin),
      some.route('GET', '/points/{id}', { contract: { service: 'orders', operation: 'matrix' } }),
      some.route('GET', '/files/{path}', { request: some.request('/files/{path}', { encodedSlash: ['path'] }) }),
      some.route('DELETE', '/files/{path}', admin),
      some.route('PUT', '/files/{path}'),
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

test('the body of a 404 is constant except for the id, with a credential or without (rule R6)', async () => {
  const plain = (response: RawResponse) => response.body.replace(/urn:request:[0-9a-f-]+/, '')
  const want = '{"type":"urn:gatewright:problem:not-found","title":"No route has this path","status":404,"instance":""}'
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

test.each(['DELETE', 'PUT'])('%s: an encoded slash that only GET allows is refused here (rule R1)', async (method) => {
  const detail = 'has an encoded slash, which is not allowed here'
  const response = await send(`${method} /files/a%2Fb`, 'Content-Length: 0')
  expect(response.status).toBe(400)
  expect(JSON.parse(response.body).errors).toEqual([{ in: 'path', pointer: 'path', detail }])
  expect(await reached('GET /files/a%2Fb')).toEqual(['GET /files/a%2Fb'])
})

test('HEAD is answered by the route of GET, without a body', async () => {
  const before = service.requests.length
  const response = await send('HEAD /orders/5')
  expect(response).toMatchObject({ status: 200, body: '' })
  expect(service.requests.slice(before)).toMatchObject([{ method: 'GET', url: '/orders/5' }])
})

test('HEAD requires the same access as GET (rule R5)', async () => {
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
  test('is allowed in matrix parameters', async () => {
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
