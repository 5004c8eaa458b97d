import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import express from 'express'
import { some } from '../support/gatewayParts.ts'
import { openRaw, requestText, sendRaw } from '../support/rawClient.ts'
import { createRecordingService, type RecordingService } from '../support/recordingService.ts'
import { startTestGateway, type TestGateway } from '../support/testGateway.ts'

/** The parser of Node.js takes `GET / RTSP/1.0` for HTTP/1.0, and so did the gateway (rule P1). */
let service: RecordingService
let gateway: TestGateway
beforeAll(async () => {
  service = await createRecordingService()
  gateway = await startTestGateway({
    routes: [some.route('GET', '/orders'), some.route('POST', '/orders')],
    services: { orders: some.service(service.url) },
  })
})
afterAll(async () => {
  await gateway.close()
  await service.close()
})

const closing = ['Connection: close']
const refused = (status: number | undefined) => expect([400, 405, 426, 505]).toContain(status)

describe('a version whose name is not HTTP', () => {
  test.each([
    'GET /orders RTSP/1.0',
    'GET /orders RTSP/1.1',
    'GET /orders RTSP/2.0',
    'POST /orders RTSP/1.0',
    'POST /orders RTSP/1.1',
    'OPTIONS /orders RTSP/1.0',
    'OPTIONS * RTSP/1.1',
    'DESCRIBE /orders RTSP/1.0',
    'GET_PARAMETER /orders RTSP/1.0',
    'SOURCE /orders ICE/1.0',
    'SOURCE /orders ICE/1.1',
    'GET /orders ICE/1.0',
    'GET /orders HTTPS/1.1',
    'GET /orders http/1.1',
    'GET /orders SIP/2.0',
    'GET /health/live RTSP/1.0',
    '\r\nGET /orders RTSP/1.1',
    'GET  /orders RTSP/1.0',
    'POST   /orders RTSP/1.1',
    '\r\nOPTIONS  * RTSP/1.0',
  ])('%j is refused, and closes the connection', async (line) => {
    const { begun } = service
    const connection = await openRaw(gateway.port)
    connection.write(requestText(line, closing))
    const response = await connection.response()
    refused(response.status)
    await connection.closed
    expect(service.begun).toBe(begun)
  })

  test.each(['RTSP/1.0'])('%s is refused later on a connection', async (version) => {
    const connection = await openRaw(gateway.port)
    connection.write(requestText('GET /orders HTTP/1.1'))
    expect((await connection.response()).status).toBe(200)
    connection.write(requestText(`GET /orders ${version}`))
    refused((await connection.response()).status)
    await connection.closed
  })

  test.each(['GET /orders RTSP/1.0', 'GET  /orders RTSP/1.0', 'GET /orders ICE/1.0'])(
    '%j is refused behind a request for the same target in the same chunk',
    async (line) => {
      const connection = await openRaw(gateway.port)
      connection.write(requestText('GET /orders HTTP/1.1') + requestText(line))
      expect((await connection.response()).status).toBe(200)
      refused((await connection.response()).status)
      await connection.closed
    },
  )
})

test('a gateway that is mounted in another app refuses them too', async () => {
  const app = express()
  app.use('/api', gateway.gateway.app)
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const statusOf = async (line: string) => (await sendRaw(port, requestText(line, closing))).status
  try {
    expect(await statusOf('GET /api/orders HTTP/1.1')).toBe(200)
    const { begun } = service
    refused(await statusOf('GET /api/orders RTSP/1.0'))
    refused(await statusOf('GET /api/orders RTSP/1.1'))
    expect(service.begun).toBe(begun)
  } finally {
    server.closeAllConnections()
    server.close()
  }
})

test('requests of HTTP/1.0 that follow on a connection are answered, whatever their fields say', async () => {
  const connection = await openRaw(gateway.port)
  const text = requestText('GET /health/live HTTP/1.0', [
    'Connection: keep-alive',
    'Referer: GET /health/live RTSP/1.0',
  ])
  for (let i = 0; i < 3; i++) {
    connection.write(text)
    expect((await connection.response()).status).toBe(200)
  }
  connection.destroy()
})

test.each(['GET /orders HTTP/1.1', 'GET /orders HTTP/1.0', 'OPTIONS /orders HTTP/1.1', '\r\nGET /orders HTTP/1.1'])(
  '%j is answered, whatever its fields and body say',
  async (line) => {
    const fields = [...closing, 'Referer: GET /orders RTSP/1.0', 'Content-Length: 24']
    const { status } = await sendRaw(gateway.port, requestText(line, fields, 'GET /orders RTSP/1.0\r\n\r\n'))
    // A body is refused by the contract.
    expect(status).toBe(line.startsWith('OPTIONS') ? 204 : 400)
    expect((await sendRaw(gateway.port, requestText(line, closing))).status).toBe(
      line.startsWith('OPTIONS') ? 204 : 200,
    )
  },
)

test('a head in several pieces is answered', async () => {
  const connection = await openRaw(gateway.port)
  for (const piece of ['GET /ord', 'ers HTTP/1.', '0\r\nHost: gateway.test\r\n', '\r\n']) {
    connection.write(piece)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  expect((await connection.response()).status).toBe(200)
  connection.destroy()
})
