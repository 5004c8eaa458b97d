import { afterEach, describe, expect, test } from '@jest/globals'
import type { Method } from '../../templates/runtime/vocabulary.ts'
import { some } from '../support/gatewayParts.ts'
import { openRaw, type RawConnection, requestText, sendRaw } from '../support/rawClient.ts'
import { createRecordingService } from '../support/recordingService.ts'
import { startTestGateway } from '../support/testGateway.ts'

/** Hundreds of anonymous connections with unfinished bodies were read into memory. Their number is limited (rule P7). */
const closing: { close(): Promise<void> }[] = []
const connections: RawConnection[] = []
afterEach(async () => {
  for (const each of connections.splice(0)) each.destroy()
  for (const each of closing.splice(0).reverse()) await each.close()
})

async function start(media: string, method: Method = 'POST', unfinishedBodies = 64) {
  const held: (() => void)[] = []
  const service = await createRecordingService((_request, res) => {
    held.push(() => res.end())
  })
  const gateway = await startTestGateway({
    client: some.client({ trustedProxies: ['127.0.0.1'], unfinishedBodies }),
    routes: [
      some.route('GET', '/files'),
      some.route(method, '/files', {
        request: some.request('/files', { body: [media] }),
        contract: { service: 'orders', operation: 'upload' },
      }),
    ],
    services: {
      orders: some.service(service.url, { concurrency: { max: 1_000, queue: 0, wait: 2_000, streams: 1_000 } }),
    },
    operations: {
      upload: some.operation({ body: { required: true, content: { [media]: { schema: true, encoding: {} } } } }),
    },
  })
  closing.push(service, gateway)
  return { ...gateway, service, held }
}

const length = 'Content-Length: 500000'
const chunked = 'Transfer-Encoding: chunked'

/** The head of an upload and a part of its body. */
const part = (address: string, media: string, framing: string, method: Method = 'POST') =>
  requestText(
    `${method} /files HTTP/1.1`,
    [`X-Forwarded-For: ${address}`, `Content-Type: ${media}`, framing],
    framing === chunked ? '5\r\nhello\r\n' : 'hello',
  )

async function hold(port: number, text: string): Promise<RawConnection> {
  const connection = await openRaw(port)
  connections.push(connection)
  connection.write(text)
  return connection
}

/** Resolves when everything that was sent has been processed. */
const settled = (port: number) => sendRaw(port, requestText('GET /health/live HTTP/1.1'))

describe('the 65th unfinished body of an address is 429', () => {
  test.each<[string, string, Method]>([
    ['application/json', length, 'POST'],
    ['application/json', chunked, 'POST'],
    ['application/octet-stream', length, 'PUT'],
    ['application/octet-stream', chunked, 'PATCH'],
    ['application/x-www-form-urlencoded', length, 'DELETE'],
  ])('%s, %s, %s', async (media, framing, method) => {
    const { port } = await start(media, method)
    const text = part('10.0.0.1', media, framing, method)
    for (let i = 0; i < 64; i++) await hold(port, text)
    await settled(port)
    const response = await (await hold(port, text)).response(method)
    expect([response.status, response.header('retry-after')]).toEqual([429, '1'])
    // Other addresses, and requests without a body, are served.
    const other = await hold(port, part('10.0.0.2', media, framing, method))
    await settled(port)
    expect(other.socket.bytesRead).toBe(0)
    // A body that leaves makes room.
    connections[0]?.destroy()
    await settled(port)
    const next = await hold(port, text)
    await settled(port)
    expect(next.socket.bytesRead).toBe(0)
  })
})

test('bodies that have arrived do not count, however long their service takes', async () => {
  const { port, held, service } = await start('application/json', 'POST', 2)
  const whole = requestText('POST /files HTTP/1.1', ['Content-Type: application/json', 'Content-Length: 2'], '{}')
  const all: RawConnection[] = []
  for (let i = 0; i < 10; i++) all.push(await hold(port, whole))
  while (service.requests.length < 10) await settled(port)
  for (const end of held) end()
  expect(await Promise.all(all.map(async (each) => (await each.response('POST')).status))).toEqual(Array(10).fill(200))
})
