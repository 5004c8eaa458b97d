import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, test } from '@jest/globals'
import type { Concurrency, Route } from '../../templates/runtime/vocabulary.ts'
import { some } from '../support/gatewayParts.ts'
import { aKeyHolder } from '../support/keyHolder.ts'
import { openRaw, requestText } from '../support/rawClient.ts'
import { createRecordingService } from '../support/recordingService.ts'
import { startTestGateway, type TestGateway } from '../support/testGateway.ts'

// Open event streams, and downloads whose clients read slowly, held the places of calls until their end. As many of them as a service may
// have calls shut out every other call of the service (rules F10, F29).

const closing: { close(): Promise<void> }[] = []
let clients = new AbortController()
afterEach(async () => {
  clients.abort()
  clients = new AbortController()
  for (const each of closing.splice(0).reverse()) await each.close()
})

const holder = aKeyHolder({})
const route = (path: string, more: Partial<Route> = {}): Route =>
  some.route('GET', path, {
    contract: { service: 'orders', operation: path },
    answers: { check: 'off', undeclared: 'drop', statuses: ['200'] },
    ...more,
  })
const answering = (type: string) =>
  some.operation({ answers: { 200: { headers: [], content: { [type]: { schema: true, encoding: {} } } } } })

/** A service with `/ping`, answers that stay open at `/events` and `/file`, and calls that stay unanswered at `/slow`. */
async function start(concurrency: Partial<Concurrency>, more: Partial<Route> = {}, addresses = 1) {
  const open: ServerResponse[] = []
  const service = await createRecordingService((req, res) => {
    const path = req.url?.replace('/base', '')
    if (path === '/slow') {
      open.push(res)
    } else if (path === '/ping') {
      res.setHeader('content-type', 'application/json')
      res.end('{}')
    } else {
      res.setHeader('content-type', path === '/events' ? 'text/event-stream' : 'application/octet-stream')
      res.write('data: 1\n\n')
      open.push(res)
    }
  })
  const gateway = await startTestGateway({
    routes: [route('/ping'), route('/slow', more), route('/events', more), route('/file', more)],
    services: {
      orders: some.service(
        Array.from({ length: addresses }, (_, at) => `${service.url}/${'base'.repeat(at)}`),
        {
          concurrency: { max: 2, queue: 8, wait: 30_000, streams: 64, ...concurrency },
        },
      ),
    },
    operations: {
      '/ping': answering('application/json'),
      '/slow': answering('application/json'),
      '/events': answering('text/event-stream'),
      '/file': answering('application/octet-stream'),
    },
    client: holder.client,
    env: holder.env,
  })
  closing.push(service, gateway)
  return { service, gateway, open }
}

/** The head of an answer; its body is left open. */
async function head({ port }: TestGateway, path: string, headers: Readonly<Record<string, string>> = {}) {
  const {
    status,
    headers: fields,
    ...rest
  } = await fetch(`http://127.0.0.1:${port}${path}`, {
    headers,
    signal: clients.signal,
  })
  return { status, retry: fields.get('retry-after'), ...rest }
}

/** The line of the access log of the first request that was 503. */
const refusal = ({ line }: TestGateway) => line(({ status }) => status === 503)
const full = { problem: 'unavailable', reason: 'service-full' }

describe('open answers leave other calls their places', () => {
  test.each(['/events', '/file'])('%s', async (path) => {
    const { gateway } = await start({})
    for (let at = 0; at < 6; at++) expect(await head(gateway, path)).toMatchObject({ status: 200 })
    expect(await head(gateway, '/ping')).toMatchObject({ status: 200 })
  })

  test('a download whose client does not read', async () => {
    const { gateway, open } = await start({})
    for (let at = 0; at < 3; at++) {
      const connection = await openRaw(gateway.port)
      closing.push({ close: async () => connection.destroy() })
      connection.socket.pause()
      connection.write(requestText('GET /file HTTP/1.1'))
      while (open.length <= at) await new Promise(setImmediate)
      for (let part = 0; part < 64; part++) open[at]?.write(Buffer.alloc(65_536))
    }
    expect(await head(gateway, '/ping')).toMatchObject({ status: 200 })
  })
})

describe('open answers have limits of their own', () => {
  test('for a service: 503 for further calls of such routes only, until one ends', async () => {
    const { gateway, open, service } = await start({ streams: 2 })
    for (let at = 0; at < 2; at++) expect(await head(gateway, '/events')).toMatchObject({ status: 200 })
    const calls = service.requests.length
    expect(await head(gateway, '/file')).toMatchObject({ status: 503, retry: '1' })
    expect(await refusal(gateway)).toMatchObject(full)
    expect(service.requests).toHaveLength(calls)
    expect(await head(gateway, '/ping')).toMatchObject({ status: 200 })
    open[0]?.end()
    while ((await head(gateway, '/events')).status === 503) await new Promise(setImmediate)
  })

  test('for a caller: 429, while others are answered', async () => {
    const { gateway, open, service } = await start({}, { streamsPerCaller: 2 })
    for (let at = 0; at < 2; at++) {
      expect(await head(gateway, '/events', holder.headers)).toMatchObject({ status: 200 })
    }
    const calls = service.requests.length
    expect(await head(gateway, '/events', holder.headers)).toMatchObject({ status: 429, retry: '1' })
    expect(service.requests).toHaveLength(calls)
    // Another route, and a caller without a credential.
    expect(await head(gateway, '/file', holder.headers)).toMatchObject({ status: 200 })
    for (let at = 0; at < 2; at++) expect(await head(gateway, '/events')).toMatchObject({ status: 200 })
    expect(await head(gateway, '/events')).toMatchObject({ status: 429 })
    open[0]?.end()
    while ((await head(gateway, '/events', holder.headers)).status === 429) await new Promise(setImmediate)
  })

  test('also where many begin at the same time, before any is answered', async () => {
    const { gateway, service } = await start({ max: 1, queue: 100, streams: 6 }, { streamsPerCaller: 4 })
    const asked = Array.from({ length: 20 }, (_, at) => head(gateway, '/events', at % 2 === 0 ? holder.headers : {}))
    const statuses = (await Promise.all(asked)).map(({ status }) => status)
    const count = (status: number) => statuses.filter((one) => one === status).length
    expect([count(200), count(429) + count(503)]).toEqual([6, 14])
    expect(service.requests).toHaveLength(6)
    expect(await head(gateway, '/ping')).toMatchObject({ status: 200 })
  })

  test('for each address of a service: a call goes to one that has room', async () => {
    const { gateway, open } = await start({ streams: 2 }, {}, 2)
    for (let at = 0; at < 4; at++) expect(await head(gateway, '/events')).toMatchObject({ status: 200 })
    expect(await head(gateway, '/events')).toMatchObject({ status: 503 })
    open[0]?.end()
    while ((await head(gateway, '/events')).status === 503) await new Promise(setImmediate)
    expect(await head(gateway, '/events')).toMatchObject({ status: 503 })
  })

  test('a client that leaves frees its place', async () => {
    const { gateway } = await start({}, { streamsPerCaller: 1 })
    expect(await head(gateway, '/events')).toMatchObject({ status: 200 })
    expect(await head(gateway, '/events')).toMatchObject({ status: 429 })
    clients.abort()
    clients = new AbortController()
    while ((await head(gateway, '/events')).status === 429) await new Promise(setImmediate)
  })
})

describe('calls that wait for a place (rule F10)', () => {
  test('are answered with 503 after `wait`', async () => {
    const { gateway, open } = await start({ max: 1, wait: 200 })
    const first = head(gateway, '/slow')
    while (open.length === 0) await new Promise(setImmediate)
    const waiting = await Promise.all([head(gateway, '/ping'), head(gateway, '/ping')])
    expect(waiting.map(({ status }) => status)).toEqual([503, 503])
    expect(await refusal(gateway)).toMatchObject(full)
    open[0]?.setHeader('content-type', 'application/json').end('{}')
    expect(await first).toMatchObject({ status: 200 })
    expect(await head(gateway, '/ping')).toMatchObject({ status: 200 })
  })

  test.each(['/events', '/file'])(
    'have no more places after answers have been passed on to their end: %s',
    async (path) => {
      const { gateway, open } = await start({ max: 1, wait: 200 })
      for (let at = 0; at < 3; at++) {
        const answer = await fetch(`http://127.0.0.1:${gateway.port}${path}`)
        open.splice(0)[0]?.end()
        await answer.text()
      }
      const slow = head(gateway, '/slow')
      while (open.length === 0) await new Promise(setImmediate)
      expect(await head(gateway, '/ping')).toMatchObject({ status: 503 })
      open[0]?.setHeader('content-type', 'application/json').end('{}')
      expect(await slow).toMatchObject({ status: 200 })
    },
  )

  test('are refused before their clients are asked for a body, if no more may wait', async () => {
    const { gateway, open } = await start({ max: 1, queue: 0 })
    const first = head(gateway, '/slow')
    while (open.length === 0) await new Promise(setImmediate)
    const connection = await openRaw(gateway.port)
    const received: string[] = []
    connection.socket.on('data', (text: string) => received.push(text))
    const fields = ['Expect: 100-continue', 'Content-Length: 500000']
    connection.write(requestText('GET /ping HTTP/1.1', fields))
    expect((await connection.response()).status).toBe(503)
    expect(received[0]).toMatch(/^HTTP\/1\.1 503 /)
    connection.destroy()
    open[0]?.setHeader('content-type', 'application/json').end('{}')
    await first
  })

  test('are answered if a place is free before', async () => {
    const { gateway, open } = await start({ max: 1 })
    const first = head(gateway, '/slow')
    while (open.length === 0) await new Promise(setImmediate)
    const waiting = head(gateway, '/ping')
    open[0]?.setHeader('content-type', 'application/json').end('{}')
    expect([await first, await waiting]).toMatchObject([{ status: 200 }, { status: 200 }])
  })
})
