import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { some } from '../support/gatewayParts.ts'
import { openRaw, requestText, sendRaw } from '../support/rawClient.ts'
import { createRecordingService, type RecordingService } from '../support/recordingService.ts'
import { startTestGateway, type TestGateway } from '../support/testGateway.ts'

/**
 * A request that was sent together with a refused one reached the service, although the refusal closed the connection.
 */
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

const request = requestText('GET /orders HTTP/1.1')

/** Requests whose answer closes the connection, and their status. */
const last: readonly [string, string, number][] = [
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
  ['with Connection: close', requestText('GET /orders HTTP/1.1', ['Connection: close']), 200],
  ['of HTTP/1.0', requestText('OPTIONS /orders HTTP/1.0'), 204],
]

const followers: readonly [string, string][] = [
  ['request', request],
  ['upgrade', requestText('GET /orders HTTP/1.1', ['Connection: Upgrade', 'Upgrade: websocket'])],
  ['CONNECT', requestText('CONNECT 127.0.0.1:22 HTTP/1.1')],
  ['message that is not a request', 'ORDERS\r\n\r\n'],
]

describe.each(last)('after a request %s (rule P1)', (_, first, status) => {
  test.each(followers)('no %s is processed', async (_what, second) => {
    // Opens a connection to the service first: a processed request would be sent on it at once, before its client is
    // gone.
    await whole()
    const { begun } = service
    const from = gateway.lines.length
    const connection = await openRaw(gateway.port)
    connection.write(first + second + request)
    expect((await connection.response()).status).toBe(status)
    expect(await connection.closed).toBe('')
    await whole()
    // A request processed in between would be in the log and at the service by now.
    expect(gateway.lines.slice(from).map((line) => line['status'] ?? line['msg'])).toEqual([status, 200])
    expect(service.begun - begun).toBe(status === 200 ? 2 : 1)
  })
})

/** Sends a request on a separate connection. Resolves when its line is in the log. */
async function whole(): Promise<void> {
  const { status, header } = await sendRaw(gateway.port, request)
  expect(status).toBe(200)
  await gateway.line((line) => line['id'] === header('x-request-id'))
}

test('requests that follow others are processed', async () => {
  const connection = await openRaw(gateway.port)
  connection.write(request + request)
  expect([(await connection.response()).status, (await connection.response()).status]).toEqual([200, 200])
  connection.destroy()
})
