import { afterEach, describe, expect, test } from '@jest/globals'
import type { Method } from '../../templates/runtime/vocabulary.ts'
import { some } from '../support/gatewayParts.ts'
import { openRaw, requestText } from '../support/rawClient.ts'
import { createRecordingService } from '../support/recordingService.ts'
import { startTestGateway } from '../support/testGateway.ts'

/**
 * Clients that close their write side after the request were taken for gone: the call was aborted, and there was no answer. A
 * half-closed client may wait for its answer (RFC 9112 section 9.6).
 */
const closing: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const each of closing.splice(0).reverse()) await each.close()
})

/** A gateway in front of a service that answers when `held` is called. */
async function start(type = 'application/json', methods: readonly Method[] = ['GET']) {
  const held: (() => void)[] = []
  const left: Promise<void>[] = []
  const service = await createRecordingService(({ body }, res) => {
    left.push(new Promise((resolve) => res.on('close', resolve)))
    if (type === 'text/event-stream') {
      res.writeHead(200, { 'content-type': type })
      res.write('data: 1\n\n')
    }
    held.push(() => {
      if (!res.headersSent) res.writeHead(200, { 'content-type': type })
      res.end(`{"got":${body.length}}`)
    })
  })
  const gateway = await startTestGateway({
    routes: methods.map((method) =>
      some.route(method, '/orders', {
        request: some.request('/orders', { body: method === 'GET' ? null : ['*/*'] }),
        contract: { service: 'orders', operation: method === 'GET' ? 'any' : 'upload' },
        timeout: 60_000,
      }),
    ),
    services: { orders: some.service(service.url) },
    operations: {
      upload: some.operation({ body: { required: true, content: { '*/*': { schema: true, encoding: {} } } } }),
    },
  })
  closing.push(service, gateway)
  const asked = async (count: number) => {
    while (held.length < count) await new Promise(setImmediate)
  }
  return { gateway, held, asked, left, service }
}

const get = requestText('GET /orders HTTP/1.1')
const upload = (media: string) =>
  requestText('POST /orders HTTP/1.1', [`Content-Type: ${media}`, 'Content-Length: 4'], '"ab"')

describe('a client that has closed its write side is answered', () => {
  test.each<[string, string, string]>([
    ['GET', get, '{"got":0}'],
    ['GET of HTTP/1.0', requestText('GET /orders HTTP/1.0'), '{"got":0}'],
    ['an upload that is read whole', upload('application/json'), '{"got":4}'],
    ['an upload that is streamed', upload('application/octet-stream'), '{"got":4}'],
  ])('%s', async (_, text, body) => {
    const { gateway, held, asked } = await start('application/json', ['GET', 'POST'])
    const connection = await openRaw(gateway.port)
    connection.socket.allowHalfOpen = true
    connection.socket.end(text)
    await asked(1)
    held[0]?.()
    expect(await connection.response(text.split(' ', 1)[0])).toMatchObject({ status: 200, body })
    await connection.closed
    expect(await gateway.line(({ route }) => route != null)).toMatchObject({ status: 200 })
  })

  test('also if the answer takes longer than the probe', async () => {
    const { gateway, held, asked } = await start()
    const connection = await openRaw(gateway.port)
    connection.socket.end(get)
    await asked(1)
    await new Promise<void>((resolve) => {
      connection.socket.on('data', (text) => String(text).startsWith('HTTP/1.1 100') && resolve())
    })
    held[0]?.()
    expect(await connection.response()).toMatchObject({ status: 200, body: '{"got":0}' })
  })

  test('each of several requests', async () => {
    const { gateway, held, asked } = await start()
    const connection = await openRaw(gateway.port)
    connection.socket.end(get + get + get)
    await asked(3)
    for (const answer of [...held].reverse()) answer()
    const statuses = []
    for (let i = 0; i < 3; i++) statuses.push((await connection.response()).status)
    expect(statuses).toEqual([200, 200, 200])
    expect(await connection.closed).toBe('')
  })
})

test('an incomplete request of a half-closed client is 400', async () => {
  const { gateway, service } = await start('application/json', ['POST'])
  const connection = await openRaw(gateway.port)
  connection.socket.end(requestText('POST /orders HTTP/1.1', ['Content-Type: text/plain', 'Content-Length: 9'], 'part'))
  expect((await connection.response('POST')).status).toBe(400)
  await connection.closed
  expect(service.requests).toHaveLength(0)
})

test('a client that has left is noticed, and the call is aborted (rule F15)', async () => {
  const { gateway, asked, left } = await start()
  const connection = await openRaw(gateway.port)
  connection.write(get)
  await asked(1)
  connection.destroy()
  await left[0]
  expect(await gateway.line(({ status }) => status === 499)).toMatchObject({ route: 'orders.GET/orders' })
})

test('an event stream ends when its client closes its write side (rule S4)', async () => {
  const { gateway, left } = await start('text/event-stream')
  const connection = await openRaw(gateway.port)
  connection.write(get)
  await new Promise<void>((resolve) => {
    connection.socket.on('data', (text) => String(text).includes('data: 1\n\n') && resolve())
  })
  connection.socket.end()
  expect(await connection.closed).toMatch(/data: 1\n\n\r\n0\r\n\r\n$/)
  await left[0]
  expect(await gateway.line(({ route }) => route != null)).toMatchObject({ status: 200, cut: 'client-left' })
})
