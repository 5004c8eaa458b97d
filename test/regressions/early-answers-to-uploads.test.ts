import { afterEach, describe, expect, test } from '@jest/globals'
import type { Route } from '../../templates/runtime/vocabulary.ts'
import { createEarlyService } from '../support/earlyService.ts'
import { some } from '../support/gatewayParts.ts'
import { openRaw, type RawResponse, requestText } from '../support/rawClient.ts'
import { createRawService, createRecordingService } from '../support/recordingService.ts'
import { startTestGateway } from '../support/testGateway.ts'

/**
 * A service answered an upload at once, closed the connection and read no further: half of the calls were answered with 502. And the
 * gateway's own early answers reset the connection before the client had read them (rule F28).
 */
const closing: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const each of closing.splice(0).reverse()) await each.close()
})

const size = 8_388_608
const body = '{"reason":"no room"}'
const json = 'Content-Type: application/json\r\n'

const answer = some.answer({ type: 'object', properties: { reason: { type: 'string' } } })

const upload = (media: string, more: Partial<Route['request']> = {}): Route =>
  some.route('POST', '/files', {
    request: some.request('/files', { body: [media], maxBody: 2 * size, ...more }),
    contract: { service: 'orders', operation: 'upload' },
    answers: {
      check: 'off',
      undeclared: media === 'application/json' ? 'drop' : 'pass',
      statuses: ['200', '409', '413'],
    },
  })

async function start(url: string, media = 'application/octet-stream', more: Partial<Route['request']> = {}) {
  const gateway = await startTestGateway({
    routes: [some.route('GET', '/files'), upload(media, more)],
    services: { orders: some.service(url) },
    operations: {
      upload: some.operation({
        body: { required: true, content: { [media]: { schema: true, encoding: {} } } },
        answers: { 200: answer, 409: answer, 413: answer },
      }),
    },
  })
  closing.push(gateway)
  return gateway
}

/** Sends all of a body before it reads, as blocking clients do. */
async function sendAll(port: number, head: string, payload: Buffer, method = 'POST'): Promise<RawResponse> {
  const connection = await openRaw(port)
  connection.socket.pause()
  connection.write(head)
  await new Promise<void>((resolve) => connection.socket.write(payload, () => resolve()))
  connection.socket.resume()
  try {
    return await connection.response(method)
  } finally {
    connection.destroy()
  }
}

const head = (media: string, framing: string) =>
  requestText('POST /files HTTP/1.1', [`Content-Type: ${media}`, framing])
const length = `Content-Length: ${size}`
const chunked = 'Transfer-Encoding: chunked'
const bytes = Buffer.concat([Buffer.from('"'), Buffer.alloc(size - 2, 'a'), Buffer.from('"')])
const chunks = Buffer.concat([Buffer.from(`${size.toString(16)}\r\n`), bytes, Buffer.from('\r\n0\r\n\r\n')])

/** What is uploaded, and how the gateway takes it. */
const uploads: readonly [string, string, string, Buffer][] = [
  ['streamed', 'application/octet-stream', length, bytes],
  ['streamed in chunks', 'application/octet-stream', chunked, chunks],
  ['read whole', 'application/json', length, bytes],
]

const answers: readonly [string, string, number][] = [
  [
    '413',
    `HTTP/1.1 413 Payload Too Large\r\n${json}Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
    413,
  ],
  [
    'a documented 409',
    `HTTP/1.1 409 Conflict\r\n${json}Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
    409,
  ],
  ['a success', `HTTP/1.1 200 OK\r\n${json}Content-Length: ${body.length}\r\n\r\n${body}`, 200],
  ['a body that ends with the connection', `HTTP/1.1 409 Conflict\r\n${json}Connection: close\r\n\r\n${body}`, 409],
  [
    'a body in chunks',
    `HTTP/1.1 409 Conflict\r\n${json}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
    409,
  ],
  ['a status without a body', 'HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n', 204],
]

describe.each(uploads)('the answer to an upload that is %s', (_, media, framing, payload) => {
  test.each(answers)(
    '%s arrives, each time',
    async (what, bytesSent, status) => {
      const service = await createEarlyService(bytesSent)
      closing.push(service)
      const { port, lines } = await start(service.url, media)
      const statuses: number[] = []
      const times = what === '413' ? 30 : 6
      for (let i = 0; i < times; i++) {
        const response = await sendAll(port, head(media, framing), payload)
        statuses.push(response.status)
        if (status !== 204) expect(response.body).toBe(body)
      }
      expect(statuses).toEqual(Array(times).fill(status))
      expect(lines.filter(({ level }) => level === 'warn')).toEqual([])
    },
    60_000,
  )
})

test('a service that closes without an answer is 502', async () => {
  const service = await createEarlyService('')
  closing.push(service)
  const { port } = await start(service.url)
  expect((await sendAll(port, head('application/octet-stream', length), bytes)).status).toBe(502)
})

test('a service that answers early and keeps the connection open is answered for', async () => {
  const service = await createRawService((socket) => {
    socket.pause()
    socket.write(`HTTP/1.1 409 Conflict\r\n${json}Content-Length: ${body.length}\r\n\r\n${body}`)
  })
  closing.push(service)
  const { port } = await start(service.url)
  expect((await sendAll(port, head('application/octet-stream', length), bytes)).status).toBe(409)
})

describe('an early answer of the gateway reaches a client that sends 20 MB before it reads', () => {
  const payload = Buffer.alloc(20_000_000, 'a')
  const fields = ['Content-Type: application/octet-stream', `Content-Length: ${payload.length}`]
  const framed = Buffer.concat([
    Buffer.from(`${payload.length.toString(16)}\r\n`),
    payload,
    Buffer.from('\r\n0\r\n\r\n'),
  ])

  test.each<[string, string, readonly string[], Buffer, number]>([
    ['an unknown path', 'POST /nothing HTTP/1.1', fields, payload, 404],
    ['an unknown path, in chunks', 'POST /nothing HTTP/1.1', [chunked], framed, 404],
    ['another method', 'PUT /files HTTP/1.1', fields, payload, 405],
    ['another media type', 'POST /files HTTP/1.1', ['Content-Type: text/plain', ...fields.slice(1)], payload, 415],
    ['a length above the limit', 'POST /files HTTP/1.1', fields, payload, 413],
    ['chunks above the limit', 'POST /files HTTP/1.1', [fields[0] ?? '', chunked], framed, 413],
    [
      'a field with two readings',
      'POST /files HTTP/1.1',
      [...fields, 'Expect: 100-continue', 'X-A_B: 1'],
      payload,
      400,
    ],
    ['a path with two readings', 'POST /files/../files HTTP/1.1', fields, payload, 400],
    ['a body that OPTIONS does not need', 'OPTIONS /files HTTP/1.1', fields, payload, 204],
    ['an own path', 'POST /health/live HTTP/1.1', fields, payload, 405],
    ['an upgrade', 'POST /files HTTP/1.1', [...fields, 'Connection: Upgrade', 'Upgrade: h2c'], payload, 400],
    [
      'broken chunks',
      'POST /files HTTP/1.1',
      [fields[0] ?? '', chunked],
      Buffer.concat([Buffer.from('zz\r\n'), payload]),
      400,
    ],
    [
      'broken chunks after an answer',
      'POST /nothing HTTP/1.1',
      [chunked],
      Buffer.concat([Buffer.from('zz\r\n'), payload]),
      404,
    ],
    ['what is not HTTP', 'FILES', [], payload, 400],
  ])('%s', async (_, line, lines, sent, status) => {
    const service = await createRecordingService()
    closing.push(service)
    const { port } = await start(service.url, 'application/octet-stream', { maxBody: 1_000_000 })
    for (let i = 0; i < 3; i++) {
      expect((await sendAll(port, requestText(line, lines), sent, line.split(' ', 1)[0])).status).toBe(status)
    }
  })
})

test('a small rest is dropped, and the connection is kept', async () => {
  const { port } = await start('http://127.0.0.1:9')
  const connection = await openRaw(port)
  for (const part of ['Content-Length: 100000', chunked]) {
    connection.write(requestText('POST /nothing HTTP/1.1', [part]))
    const response = await connection.response()
    expect([response.status, response.header('connection')]).toEqual([404, 'keep-alive'])
    connection.write(part === chunked ? `5\r\nhello\r\n0\r\n\r\n` : 'a'.repeat(100_000))
    connection.write(requestText('GET /health/live HTTP/1.1'))
    expect((await connection.response()).status).toBe(200)
  }
  connection.destroy()
})

test('a request behind the body of a refused one is not processed (rule P1)', async () => {
  const { port, lines } = await start('http://127.0.0.1:9')
  const payload = Buffer.alloc(2_000_000, 'a')
  const connection = await openRaw(port)
  connection.write(requestText('POST /nothing HTTP/1.1', [`Content-Length: ${payload.length}`]))
  connection.write(payload)
  connection.write(requestText('GET /files HTTP/1.1'))
  const response = await connection.response()
  expect([response.status, response.header('connection')]).toEqual([404, 'close'])
  expect(await connection.closed).toBe('')
  expect(lines.map(({ status }) => status)).toEqual([404])
})
