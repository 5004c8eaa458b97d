import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { some } from '../../support/gatewayParts.ts'
import { type RawResponse, requestText, sendRaw } from '../../support/rawClient.ts'
import { createRecordingService, type RecordingService } from '../../support/recordingService.ts'
import { startTestGateway, type TestGateway } from '../../support/testGateway.ts'

let service: RecordingService
let gateway: TestGateway
let sameOrigin: TestGateway

const admin = { access: { kind: 'principal', anyOf: [{ scopes: [], roles: [] }], own: [], when: [] } } as const

beforeAll(async () => {
  service = await createRecordingService()
  const parts = {
    routes: [
      some.route('GET', '/orders/{id}'),
      some.route('DELETE', '/orders/{id}'),
      some.route('GET', '/admin', admin),
    ],
    services: { orders: some.service(service.url) },
  }
  const cors = { origins: ['https://shop.example'], credentials: false, expose: [], maxAge: 60 }
  gateway = await startTestGateway({ ...parts, client: some.client({ publicHosts: ['gateway.test'], cors }) })
  sameOrigin = await startTestGateway(parts)
})

afterAll(async () => {
  await gateway.close()
  await sameOrigin.close()
  await service.close()
})

async function send(line: string, ...fields: string[]): Promise<RawResponse> {
  return sendRaw(gateway.port, requestText(`${line} HTTP/1.1`, fields))
}

const preflight = ['Access-Control-Request-Method: DELETE', 'Access-Control-Request-Headers: authorization']

test('a preflight lists what the path accepts, without a credential', async () => {
  const response = await send('OPTIONS /orders/5', 'Origin: https://shop.example', ...preflight)
  expect(response.status).toBe(204)
  expect(response.header('access-control-allow-origin')).toBe('https://shop.example')
  expect(response.header('access-control-allow-methods')).toBe('DELETE, GET, HEAD')
  expect(response.header('access-control-allow-headers')).toBe('content-type, traceparent, tracestate')
  expect(response.header('access-control-max-age')).toBe('60')
  expect(response.header('vary')).toBe('origin, access-control-request-method, access-control-request-headers')
})

test.each(['null', 'https://evil.example', 'https://shop.example.evil.example'])(
  '%s gets no permission to read or send',
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

test('a preflight for a path without routes is 404, which the origin may read', async () => {
  const response = await send('OPTIONS /nothing', 'Origin: https://shop.example', ...preflight)
  expect(response.status).toBe(404)
  expect(response.header('access-control-allow-origin')).toBe('https://shop.example')
  expect(response.header('access-control-allow-methods')).toBeUndefined()
})

test('a preflight for another host is refused (rule P4)', async () => {
  const fields = ['Host: evil.example', 'Origin: https://shop.example', ...preflight]
  expect((await send('OPTIONS /orders/5', ...fields)).status).toBe(421)
})

test('a preflight for an endpoint of the gateway itself is 405', async () => {
  const response = await send('OPTIONS /health/live', 'Origin: https://shop.example', ...preflight)
  expect(response.status).toBe(405)
  expect(response.header('allow')).toBe('GET, HEAD')
})

test('OPTIONS that is not a preflight is answered with the methods only', async () => {
  for (const fields of [['Origin: https://shop.example'], preflight]) {
    const response = await send('OPTIONS /orders/5', ...fields)
    expect(response.status).toBe(204)
    expect(response.header('allow')).toBe('DELETE, GET, HEAD, OPTIONS')
    expect(response.header('access-control-allow-methods')).toBeUndefined()
  }
})

test('without cross-origin access, a preflight is an ordinary request', async () => {
  const text = requestText('OPTIONS /orders/5 HTTP/1.1', ['Origin: https://shop.example', ...preflight])
  const response = await sendRaw(sameOrigin.port, text)
  expect(response.status).toBe(204)
  expect(response.header('allow')).toBe('DELETE, GET, HEAD, OPTIONS')
  expect(response.fields.filter(([name]) => name.startsWith('access-control-'))).toEqual([])
})

test('no preflight reaches a service', () => {
  expect(service.requests.filter(({ method }) => method === 'OPTIONS')).toEqual([])
})
