import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { some } from '../support/gatewayParts.ts'
import { openRaw, requestText } from '../support/rawClient.ts'
import { createRecordingService, type RecordingService } from '../support/recordingService.ts'
import { startTestGateway, type TestGateway } from '../support/testGateway.ts'

/** A request that was sent along with a refused one reached the service, though the refusal ended the connection. */
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

const second = requestText('GET /orders HTTP/1.1')

test.each<[string, string, number]>([
  ['without a host', 'GET * HTTP/1.1\r\n\r\n', 400],
  [
    'with a body in two readings',
    requestText('POST /orders HTTP/1.1', ['Transfer-Encoding: gzip, chunked'], '0\r\n\r\n'),
    400,
  ],
  [
    'of HTTP/1.0 with chunks',
    requestText('POST /orders HTTP/1.0', ['Transfer-Encoding: chunked', 'Connection: keep-alive'], '0\r\n\r\n'),
    400,
  ],
  ['with two hosts', requestText('GET /orders HTTP/1.1', ['Host: a', 'Host: b']), 400],
  ['of an unknown method', requestText('TRACE /orders HTTP/1.1'), 405],
])('rule P1: nothing that follows a request %s is processed', async (_, first, status) => {
  const before = service.begun
  const connection = await openRaw(gateway.port)
  connection.write(first + second + requestText('GET /orders HTTP/1.1', ['Connection: Upgrade', 'Upgrade: websocket']))
  expect((await connection.response()).status).toBe(status)
  expect(await connection.closed).toBe('')
  expect(service.begun).toBe(before)
})

test('nothing that follows a request to close is processed', async () => {
  const before = service.begun
  const connection = await openRaw(gateway.port)
  connection.write(requestText('GET /orders HTTP/1.1', ['Connection: close']) + second)
  expect((await connection.response()).status).toBe(200)
  expect(await connection.closed).toBe('')
  expect(service.begun).toBe(before + 1)
})

test('requests that follow others are processed', async () => {
  const connection = await openRaw(gateway.port)
  connection.write(second + second)
  expect([(await connection.response()).status, (await connection.response()).status]).toEqual([200, 200])
  connection.destroy()
})
