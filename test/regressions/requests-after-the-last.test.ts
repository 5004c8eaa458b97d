import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { some } from '../support/gatewayParts.ts'
import { openRaw, requestText, sendRaw } from '../support/rawClient.ts'
import { createRecordingService, type RecordingService } from '../support/recordingService.ts'
import { startTestGateway, type TestGateway } from '../support/testGateway.ts'

/** A request that was pipelined behind a refused one reached the service, although the refusal ended the connection. */
let service: RecordingService
let gateway: TestGateway
beforeAll(async () => {
  service = await createRecordingService()
  gateway = await startTestGateway({
    routes: [some.route('GET', '/orders'), some.route('POST', '/orders')],
    // One connection: what was called late is with the service before the next call.
    services: { orders: some.service(service.url, { concurrency: { max: 1, queue: 16 } }) },
  })
})
afterAll(async () => {
  await gateway.close()
  await service.close()
})

const second = requestText('GET /orders HTTP/1.1')

/** One call of the service, on a connection to the gateway of its own. */
async function callOnce(): Promise<void> {
  expect((await sendRaw(gateway.port, second)).status).toBe(200)
}

// With a connection to the service that is open already a late request would be sent before the client's connection ends.
beforeEach(callOnce)

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
  await callOnce()
  expect(service.begun).toBe(before + 1)
})

test('nothing that follows a request to close is processed', async () => {
  const before = service.begun
  const connection = await openRaw(gateway.port)
  connection.write(requestText('GET /orders HTTP/1.1', ['Connection: close']) + second)
  expect((await connection.response()).status).toBe(200)
  expect(await connection.closed).toBe('')
  await callOnce()
  expect(service.begun).toBe(before + 2)
})

test('requests that follow others are processed', async () => {
  const connection = await openRaw(gateway.port)
  connection.write(second + second)
  expect([(await connection.response()).status, (await connection.response()).status]).toEqual([200, 200])
  connection.destroy()
})
