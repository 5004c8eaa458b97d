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

describe('slow clients (rule P7)', () => {
  test.each<[string, string]>([
    ['nothing', ''],
    ['part of a line', 'GET /ord'],
    ['part of the fields', 'GET /orders HTTP/1.1\r\nHost: gateway.test\r\nX-'],
  ])('a client that sends %s gets 408, and its connection is closed', async (_, text) => {
    const connection = await openRaw(gateway.port)
    connection.write(text)
    const response = await connection.response()
    expect(response.status).toBe(408)
    expect(JSON.parse(response.body)).toMatchObject({ type: 'urn:gatewright:problem:request-timeout', status: 408 })
    await connection.closed
  })
})

test('a client that does not take its answer is disconnected (rule F17)', async () => {
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
        maxHead: 16_384,
        headTimeout: 5_000,
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

test('the answer to an HTTP/1.0 request closes the connection', async () => {
  const connection = await openRaw(gateway.port)
  connection.write(requestText('GET /orders HTTP/1.0'))
  expect((await connection.response()).body).toBe('{"ok":true}')
  await connection.closed
})
