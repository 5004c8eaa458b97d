import { afterEach, describe, expect, test } from '@jest/globals'
import type { Route } from '../../templates/runtime/vocabulary.ts'
import { some } from '../support/gatewayParts.ts'
import { openRaw, requestText } from '../support/rawClient.ts'
import { createRawService, createRecordingService } from '../support/recordingService.ts'
import { startTestGateway } from '../support/testGateway.ts'

/**
 * Uploads were cut after 30 s and answers after 15 s of silence, whatever the route's timeout, and a cut answer looked like a success in
 * the log (rules P7, F6, S4).
 */
const closing: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const each of closing.splice(0).reverse()) await each.close()
})

async function start(url: string, media: string, more: Partial<Route>, env: Readonly<Record<string, string>> = {}) {
  const gateway = await startTestGateway({
    routes: [
      some.route('GET', '/files', more),
      some.route('POST', '/files', {
        request: some.request('/files', { body: [media], maxBody: 10_000_000 }),
        contract: { service: 'orders', operation: 'upload' },
        ...more,
      }),
    ],
    services: { orders: some.service(url) },
    operations: {
      upload: some.operation({ body: { required: true, content: { [media]: { schema: true, encoding: {} } } } }),
    },
    env,
  })
  closing.push(gateway)
  return gateway
}

/** The line of the request in the access log. */
const lineOf = (gateway: Awaited<ReturnType<typeof start>>) => gateway.line(({ route }) => typeof route === 'string')

const pause = (time: number) => new Promise((resolve) => setTimeout(resolve, time))

/** Media types whose bodies are read whole or streamed, and framings. */
const uploads: readonly [string, string][] = [
  ['application/json', 'Content-Length: 10'],
  ['application/octet-stream', 'Content-Length: 10'],
  ['application/json', 'Transfer-Encoding: chunked'],
  ['application/octet-stream', 'Transfer-Encoding: chunked'],
]

describe.each(uploads)('an upload of %s, %s', (media, framing) => {
  const head = requestText('POST /files HTTP/1.1', [`Content-Type: ${media}`, framing])
  const chunked = framing.startsWith('Transfer')
  const piece = (text: string) => (chunked ? `1\r\n${text}\r\n` : text)

  test('may take as long as the timeout of its route', async () => {
    const service = await createRecordingService()
    closing.push(service)
    const { port } = await start(service.url, media, { timeout: 60_000 }, { REQUEST_TIMEOUT_MS: '300' })
    const connection = await openRaw(port)
    connection.write(head)
    for (const digit of '1234567890') {
      await pause(250)
      connection.write(piece(digit))
    }
    if (chunked) connection.write('0\r\n\r\n')
    expect((await connection.response('POST')).status).toBe(200)
    expect(service.requests[0]?.body).toBe('1234567890')
    connection.destroy()
  })

  test.each<[string, Partial<Route>, string]>([
    ['pauses', { uploadIdle: 100 }, 'client-silent'],
    ['is slow', { timeout: 300 }, 'client-slow'],
  ])('that %s is 408, and the log says so', async (_, more, cut) => {
    const service = await createRecordingService()
    closing.push(service)
    const gateway = await start(service.url, media, more, { REQUEST_TIMEOUT_MS: '300' })
    const connection = await openRaw(gateway.port)
    connection.write(head)
    connection.write(piece('1'))
    const answer = await connection.response('POST')
    expect([answer.status, answer.header('connection')]).toEqual([408, 'close'])
    expect(await lineOf(gateway)).toMatchObject({ status: 408, problem: 'request-timeout', cut })
    expect(service.requests).toHaveLength(0)
    connection.destroy()
  })
})

test('a body in chunks whose first byte comes late has no second time for the rest', async () => {
  const service = await createRecordingService()
  closing.push(service)
  const more = { uploadIdle: 2_800, timeout: 3_000 }
  const gateway = await start(service.url, 'application/xml', more, { REQUEST_TIMEOUT_MS: '3000' })
  const connection = await openRaw(gateway.port)
  const begun = performance.now()
  connection.write(requestText('POST /files HTTP/1.1', ['Content-Type: application/xml', 'Transfer-Encoding: chunked']))
  await pause(2_500)
  connection.write('1\r\n1\r\n')
  await pause(200)
  connection.write('1\r\n1\r\n')
  expect((await connection.response('POST')).status).toBe(408)
  expect(performance.now() - begun).toBeLessThan(5_000)
  connection.destroy()
})

test('an upload that the service does not take is 504, and no pause of the client', async () => {
  const service = await createRawService((socket) => {
    socket.pause()
  })
  closing.push(service)
  const gateway = await start(service.url, 'application/octet-stream', { timeout: 300, uploadIdle: 50 })
  const connection = await openRaw(gateway.port)
  const body = Buffer.alloc(9_000_000, 'a')
  connection.write(
    requestText('POST /files HTTP/1.1', ['Content-Type: application/octet-stream', `Content-Length: ${body.length}`]),
  )
  connection.write(body)
  expect((await connection.response('POST')).status).toBe(504)
  expect(await lineOf(gateway)).toMatchObject({ status: 504, problem: 'gateway-timeout', cut: 'service-stalled' })
  connection.destroy()
})

describe.each(['text/event-stream', 'application/x-ndjson', 'application/json-seq', 'text/csv'])(
  'an answer of %s',
  (type) => {
    /** A service whose answer begins, and then pauses. */
    async function silent() {
      const service = await createRecordingService((_request, res) => {
        res.writeHead(200, { 'content-type': type })
        res.write('a\n\n')
      })
      closing.push(service)
      return service
    }

    test('that is silent is cut after its limit, and the log says by whom and why', async () => {
      const gateway = await start((await silent()).url, type, { streamIdle: 100 })
      const connection = await openRaw(gateway.port)
      connection.write(requestText('GET /files HTTP/1.1'))
      expect(await connection.closed).not.toMatch(/\r\n0\r\n\r\n$/)
      expect(await lineOf(gateway)).toMatchObject({ status: 200, cut: 'service-silent' })
      expect(gateway.lines).toContainEqual(
        expect.objectContaining({ level: 'warn', service: 'orders', cut: 'service-silent' }),
      )
    })

    test('whose client leaves is logged so', async () => {
      const service = await createRecordingService((_request, res) => {
        res.writeHead(200, { 'content-type': type })
        // A client that has left is known from the second write on.
        const timer = setInterval(() => res.write('a\n\n'), 10)
        res.on('close', () => clearInterval(timer))
      })
      closing.push(service)
      const gateway = await start(service.url, type, {})
      const connection = await openRaw(gateway.port)
      connection.write(requestText('GET /files HTTP/1.1'))
      await new Promise<void>((resolve) => {
        connection.socket.on('data', (text) => String(text).includes('a\n\n') && resolve())
      })
      connection.destroy()
      expect(await lineOf(gateway)).toMatchObject({ status: 200, cut: 'client-left' })
    })

    test('ends at a drain, if it is a stream', async () => {
      const gateway = await start((await silent()).url, type, {}, { DRAIN_GRACE_MS: '300' })
      const connection = await openRaw(gateway.port)
      connection.write(requestText('GET /files HTTP/1.1'))
      await new Promise<void>((resolve) => {
        connection.socket.on('data', (text) => String(text).includes('a\n\n') && resolve())
      })
      await gateway.gateway.drain()
      const received = await connection.closed
      const stream = type !== 'text/csv'
      expect(received.endsWith('\r\n0\r\n\r\n')).toBe(stream)
      expect(await lineOf(gateway)).toMatchObject({ cut: 'gateway-drain' })
    })
  },
)
