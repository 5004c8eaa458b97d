import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { some } from '../../support/gatewayParts.ts'
import { requestText, sendRaw } from '../../support/rawClient.ts'
import { startTestGateway, type TestGateway } from '../../support/testGateway.ts'

let gateway: TestGateway

beforeAll(async () => {
  gateway = await startTestGateway({
    client: some.client({ publicHosts: ['gateway.test'] }),
    routes: [some.route('GET', '/orders')],
    services: { orders: some.service('http://127.0.0.1:9') },
  })
})

afterAll(() => gateway.close())

test.each([
  ['GET /health/live', 200, '{"status":"ok"}'],
  ['GET /health/ready', 200, '{"status":"ready"}'],
  ['HEAD /health/ready', 200, ''],
  ['POST /health/live', 405, null],
  ['GET /health', 404, null],
  ['GET /health/', 404, null],
  ['GET /health/live/', 404, null],
  ['GET /.well-known/jwks.json', 404, null],
])('%s is %d', async (line, status, body) => {
  const response = await sendRaw(gateway.port, requestText(`${line} HTTP/1.1`))
  expect(response.status).toBe(status)
  if (body !== null) expect(response.body).toBe(body)
  expect(response.header('cache-control')).toBe('no-store')
})

test('probes may use an IP address as host; everything else needs the public host (rule P4)', async () => {
  expect((await sendRaw(gateway.port, requestText('GET /health/live HTTP/1.1', ['Host: 10.0.0.7:8080']))).status).toBe(
    200,
  )
  expect((await sendRaw(gateway.port, requestText('GET /orders HTTP/1.1', ['Host: 10.0.0.7:8080']))).status).toBe(421)
})

test('ambiguous requests are refused here too', async () => {
  expect((await sendRaw(gateway.port, requestText('GET /health/live HTTP/1.1', ['X_A: 1']))).status).toBe(400)
})

test('not ready until an issuer’s keys have been obtained (rule F12)', async () => {
  const waiting = await startTestGateway({
    client: some.client({
      authenticators: {
        bearer: {
          kind: 'jwt',
          issuers: [
            {
              issuer: 'http://127.0.0.1:9',
              audience: ['shop'],
              clientIds: [],
              accessMarks: [],
              jwks: 'http://127.0.0.1:9/keys',
              algorithms: ['RS256'],
              type: 'at+jwt',
              scopes: ['scope'],
              roles: null,
              clockSkew: 30,
              maxAge: null,
            },
          ],
        },
      },
    }),
    routes: [some.route('GET', '/orders')],
    services: { orders: some.service('http://127.0.0.1:9') },
  })
  const response = await sendRaw(waiting.port, requestText('GET /health/ready HTTP/1.1'))
  expect(response).toMatchObject({ status: 503, body: '{"status":"not ready"}' })
  expect((await sendRaw(waiting.port, requestText('GET /health/live HTTP/1.1'))).status).toBe(200)
  await waiting.close()
})
