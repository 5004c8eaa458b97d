import { IncomingMessage, type Server, ServerResponse } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createServer } from '../../../templates/runtime/http/server.ts'
import { some } from '../../support/gatewayParts.ts'
import { openRaw, requestText } from '../../support/rawClient.ts'
import { createRecordingService, type RecordingService } from '../../support/recordingService.ts'
import { startTestGateway, type TestGateway } from '../../support/testGateway.ts'

let service: RecordingService
let gateway: TestGateway

beforeAll(async () => {
  service = await createRecordingService()
  gateway = await startTestGateway({
    client: some.client({ publicHosts: ['gateway.test'] }),
    routes: [some.route('GET', '/orders'), some.route('POST', '/admin')],
    services: { orders: some.service(service.url) },
    env: { REQUEST_TIMEOUT_MS: '300' },
  })
})

afterAll(async () => {
  await gateway.close()
  await service.close()
})

describe('upgrades (rule R7)', () => {
  const websocket = [
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
  ]

  test.each<[string, string, readonly string[], number]>([
    ['a websocket on a route', 'GET /orders HTTP/1.1', websocket, 400],
    ['with another method', 'POST /admin HTTP/1.1', websocket, 400],
    [
      'h2c',
      'GET /orders HTTP/1.1',
      ['Connection: Upgrade, HTTP2-Environment', 'Upgrade: h2c', 'HTTP2-Environment: AAMAAABkAAQCAAAAAAIAAAAA'],
      400,
    ],
    ['on nothing', 'GET /nothing HTTP/1.1', websocket, 404],
    ['with a method that the path has not', 'DELETE /orders HTTP/1.1', websocket, 405],
    ['on health', 'GET /health/live HTTP/1.1', websocket, 404],
    ['with a path in two readings', 'GET /orders/%2e%2e/admin HTTP/1.1', websocket, 400],
    ['for another host', 'GET /orders HTTP/1.1', ['Host: evil.example', ...websocket], 421],
    ['twice', 'GET /orders HTTP/1.1', [...websocket, 'Upgrade: h2c'], 400],
    ['CONNECT', 'CONNECT 127.0.0.1:22 HTTP/1.1', ['Host: gateway.test'], 405],
  ])('%s: a problem, then the end of the connection', async (_, line, fields, status) => {
    const before = service.begun
    const connection = await openRaw(gateway.port)
    connection.write(`${requestText(line, fields)}GET /orders HTTP/1.1\r\nHost: gateway.test\r\n\r\n`)
    const response = await connection.response()
    expect(response.status).toBe(status)
    expect(response.header('connection')).toBe('close')
    expect(JSON.parse(response.body)).toMatchObject({ status })
    expect(await connection.closed).toBe('')
    expect(service.begun).toBe(before)
  })

  test('are in the log like other requests', async () => {
    const connection = await openRaw(gateway.port)
    connection.write(requestText('GET /nowhere HTTP/1.1', websocket))
    const id = (await connection.response()).header('x-request-id')
    expect(await gateway.line((line) => line['id'] === id)).toMatchObject({
      status: 404,
      problem: 'not-found',
      path: null,
    })
  })
})

describe('slow clients (rule P7)', () => {
  test.each<[string, string]>([
    ['nothing', ''],
    ['part of a line', 'GET /ord'],
    ['part of the fields', 'GET /orders HTTP/1.1\r\nHost: gateway.test\r\nX-'],
  ])('who sends %s is told 408 and cut off', async (_, text) => {
    const connection = await openRaw(gateway.port)
    connection.write(text)
    const response = await connection.response()
    expect(response.status).toBe(408)
    expect(JSON.parse(response.body)).toMatchObject({ type: 'urn:gatewright:problem:request-timeout', status: 408 })
    await connection.closed
  })
})

test('a client that does not take its answer is cut off (rule F17)', async () => {
  const size = 64_000_000
  const { port, server, ended } = await new Promise<{ port: number; server: Server; ended: Promise<void> }>(
    (resolve) => {
      let end: () => void = () => undefined
      const over = new Promise<void>((settle) => {
        end = settle
      })
      const made = createServer({
        IncomingMessage,
        ServerResponse,
        listener: (_req, res) => {
          res.on('close', end)
          res.end(Buffer.alloc(size))
        },
        upgrade: () => undefined,
        underWay: () => [],
        rejected: () => undefined,
        keepAlive: 5_000,
        requestTimeout: 5_000,
        stillness: 50,
      })
      made.listen(0, '127.0.0.1', () => {
        const address = made.address()
        resolve({ port: typeof address === 'object' && address !== null ? address.port : 0, server: made, ended: over })
      })
    },
  )
  const connection = await openRaw(port)
  connection.socket.pause()
  connection.write(requestText('GET / HTTP/1.1'))
  await ended
  expect(connection.socket.bytesRead).toBeLessThan(size)
  connection.destroy()
  server.close()
})

test('an answer that is asked for in HTTP/1.0 ends its connection', async () => {
  const connection = await openRaw(gateway.port)
  connection.write(requestText('GET /orders HTTP/1.0'))
  expect((await connection.response()).body).toBe('{"ok":true}')
  await connection.closed
})
