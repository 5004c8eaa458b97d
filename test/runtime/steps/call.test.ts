import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from '@jest/globals'
import { createExchange } from '../../../templates/runtime/exchange/live.ts'
import { createLogObserver } from '../../../templates/runtime/observe/logObserver.ts'
import { createCall } from '../../../templates/runtime/steps/call.ts'
import type { Route, Service } from '../../../templates/runtime/vocabulary.ts'
import { some } from '../../support/gatewayParts.ts'
import { openRaw, requestText, sendRaw } from '../../support/rawClient.ts'
import { closedPort, createRawService, createRecordingService } from '../../support/recordingService.ts'
import { startTestGateway, type TestGateway } from '../../support/testGateway.ts'

const closing: { close(): Promise<void> }[] = []

afterEach(async () => {
  for (const each of closing.splice(0).reverse()) await each.close()
})

function later<T extends { close(): Promise<void> }>(each: T): T {
  closing.push(each)
  return each
}

const passed: Route['answers'] = { check: 'off', undeclared: 'pass', statuses: ['200'] }
/** A route whose answers are read whole and projected. */
const projected = {
  answers: { check: 'off', undeclared: 'drop', statuses: ['200'] },
  contract: { service: 'orders', operation: 'projected' },
} as const satisfies Partial<Route>
const octets = some.operation({
  body: { required: false, content: { 'application/octet-stream': { schema: true, encoding: {} } } },
})
const tenant = some.operation({ header: { 'X-Tenant': some.parameter({ required: false }) } })
const typed = some.operation({
  answers: { 200: some.answer({ type: 'object', properties: { a: { type: 'integer' } } }) },
})
const events = some.operation({
  answers: { 200: { content: { 'text/event-stream': { schema: true, encoding: {} } }, headers: [] } },
})
const get = (more: Partial<Route> = {}) => some.route('GET', '/orders', more)
const post = (more: Partial<Route['request']> = {}, timeout = 5_000) =>
  some.route('POST', '/orders', {
    request: some.request('/orders', { body: ['application/octet-stream'], ...more }),
    contract: { service: 'orders', operation: 'octets' },
    timeout,
  })

async function start(
  routes: readonly Route[],
  service: Service,
  env: Readonly<Record<string, string>> = {},
): Promise<TestGateway> {
  return later(
    await startTestGateway({
      routes,
      services: { orders: service },
      operations: { octets, tenant, events, projected: typed },
      env,
    }),
  )
}

const request = requestText('GET /orders HTTP/1.1')

describe('what is sent', () => {
  test('comes from the gateway: address, via, id, trace; nothing of the connection (rules P2, H1)', async () => {
    const service = later(await createRecordingService())
    const { port } = await start(
      [
        get({
          request: some.request('/orders', { header: ['X-Tenant'] }),
          contract: { service: 'orders', operation: 'tenant' },
        }),
      ],
      some.service(service.url),
    )
    await sendRaw(
      port,
      requestText('GET /orders HTTP/1.1', [
        'Connection: close, If-None-Match, X-Forwarded-For',
        'If-None-Match: "1"',
        'If-Match: "2"',
        'X-Forwarded-For: 1.2.3.4',
        'X-Forwarded-Proto: https',
        'Via: 1.1 someone',
        'Authorization: Bearer secret',
        'Cookie: a=b',
        'User-Agent: test',
      ]),
    )
    const [{ headers } = { headers: {} }] = service.requests
    expect(headers).toEqual({
      host: `127.0.0.1:${service.port}`,
      connection: 'keep-alive',
      accept: expect.any(String),
      'if-match': '"2"',
      'accept-encoding': 'identity',
      via: '1.1 shop-web',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/),
    })
  })

  test('a body without a length is framed again; one with a length keeps it', async () => {
    const service = later(await createRecordingService())
    const { port } = await start([post()], some.service(service.url))
    const type = 'Content-Type: application/octet-stream'
    await sendRaw(
      port,
      requestText('POST /orders HTTP/1.1', [type, 'Transfer-Encoding: chunked'], '5\r\nhello\r\n0\r\n\r\n'),
    )
    await sendRaw(port, requestText('POST /orders HTTP/1.1', [type, 'Content-Length: 5'], 'hello'))
    expect(service.requests.map(({ body }) => body)).toEqual(['hello', 'hello'])
    expect(service.requests[0]?.headers).toMatchObject({ 'transfer-encoding': 'chunked' })
    expect(service.requests[1]?.headers).toMatchObject({ 'content-length': '5' })
  })

  test('nothing, without an access decision: 500 and a line in the log', async () => {
    const lines: unknown[] = []
    const log = { debug() {}, info() {}, warn() {}, fatal() {}, error: (fields: object) => lines.push(fields) }
    const call = createCall(createLogObserver(log, () => undefined, 'web'))
    const exchange = createExchange({ method: 'GET', headers: {} } as never, {} as never)
    exchange.request = { method: 'GET', path: '/', headers: {}, body: null }
    const route = get()
    const outcome = call(exchange, {
      route,
      transport: null as never,
      outgoing: null as never,
      treat: null as never,
      expected: { bytes: 0 },
      passes: false,
      timeout: 1_000,
      transfer: null as never,
      upload: null as never,
    })
    expect(outcome).toMatchObject({ name: 'internal', status: 500 })
    expect(lines).toEqual([{ id: '', route: route.id }])
  })
})

describe('a service that cannot be reached (rules F1, F2)', () => {
  test('502, and its address is not shown', async () => {
    const { port } = await start([get()], some.service(`http://127.0.0.1:${await closedPort()}`))
    const response = await sendRaw(port, request)
    expect(response.status).toBe(502)
    expect(response.body).not.toMatch(/127|ECONN|UND_ERR|orders/)
  })

  test('a name that does not exist is 502', async () => {
    const { port } = await start([get()], some.service('http://service.invalid'))
    expect((await sendRaw(port, request)).status).toBe(502)
  })

  test('the next endpoint answers instead, for any method and with the body', async () => {
    const service = later(await createRecordingService())
    const dead = `http://127.0.0.1:${await closedPort()}`
    const { port } = await start([get(), post()], some.service([dead, service.url, dead]))
    for (let i = 0; i < 6; i++) {
      expect((await sendRaw(port, request)).status).toBe(200)
      const upload = requestText(
        'POST /orders HTTP/1.1',
        ['Content-Type: application/octet-stream', 'Content-Length: 5'],
        'hello',
      )
      expect((await sendRaw(port, upload)).status).toBe(200)
    }
    expect(service.requests.filter(({ body }) => body === 'hello')).toHaveLength(6)
  })

  test('several endpoints share the calls', async () => {
    const services = [later(await createRecordingService()), later(await createRecordingService())]
    const { port } = await start([get()], some.service(services.map(({ url }) => url)))
    for (let i = 0; i < 6; i++) await sendRaw(port, request)
    expect(services.map(({ requests }) => requests.length)).toEqual([3, 3])
  })
})

describe('a service that fails after the request was sent', () => {
  test.each<[string, string | null]>([
    ['closes', ''],
    ['resets', null],
    ['sends garbage', 'hello\r\n\r\n'],
    ['sends two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    [
      'sends a length and chunks',
      'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['sends 20 KB of fields', `HTTP/1.1 200 OK\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`],
    ['switches protocols', 'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n'],
    [
      'sends two content types',
      'HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nContent-Type: c/d\r\nContent-Length: 0\r\n\r\n',
    ],
    ['sends HTTP/0.9', '<html></html>'],
    ['sends a status that is none', 'HTTP/1.1 99999 OK\r\n\r\n'],
  ])('%s: 502, sent once (rules F3, F8)', async (_, bytes) => {
    const service = later(
      await createRawService((socket) => {
        if (bytes === null) socket.resetAndDestroy()
        else socket.end(bytes, 'latin1')
      }),
    )
    const { port } = await start([get()], some.service(service.url))
    const response = await sendRaw(port, request)
    expect(response.status).toBe(502)
    expect(response.header('content-type')).toBe('application/problem+json')
    expect(response.body).not.toMatch(/UND_ERR|HPE_|socket|parser/i)
    expect(service.requests).toBe(1)
  })

  test('informational answers are skipped', async () => {
    const service = later(
      await createRawService((socket) => {
        socket.write(
          'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok',
        )
      }),
    )
    const { port } = await start([get()], some.service(service.url))
    const response = await sendRaw(port, request)
    expect(response).toMatchObject({ status: 200, body: 'ok' })
    expect(response.header('link')).toBeUndefined()
  })

  test('a service without an answer before the deadline: 504, and the connection to the service is closed (rule F5)', async () => {
    const gone = new Promise<void>((resolve) => {
      createRawService((socket) => socket.on('close', () => resolve())).then(async (service) => {
        later(service)
        const { port } = await start([get({ timeout: 50 })], some.service(service.url))
        const response = await sendRaw(port, request)
        expect(response.status).toBe(504)
      })
    })
    await gone
  })

  test('a pause in a body that must be read whole is 504 (rule F6)', async () => {
    const service = later(
      await createRawService((socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"a"')
      }),
    )
    const { port } = await start([get({ ...projected, timeout: 50 })], some.service(service.url))
    expect((await sendRaw(port, request)).status).toBe(504)
  })

  test('a reset in a body that must be read whole is 502 (rule F7)', async () => {
    const service = later(
      await createRawService((socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"a"', () =>
          socket.destroy(),
        )
      }),
    )
    const { port } = await start([get(projected)], some.service(service.url))
    expect((await sendRaw(port, request)).status).toBe(502)
  })

  test('a body that ends early truncates the answer: the connection is destroyed, without a last chunk (rule F7)', async () => {
    let more: () => void = () => undefined
    const service = later(
      await createRawService((socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n')
        more = () => socket.destroy()
      }),
    )
    const { port } = await start([get()], some.service(service.url))
    const connection = await openRaw(port)
    connection.write(request)
    await new Promise<void>((resolve) =>
      connection.socket.on('data', (text) => String(text).includes('abc') && resolve()),
    )
    more()
    const received = await connection.closed
    expect(received).toMatch(/^HTTP\/1\.1 200 [\s\S]*\r\n3\r\nabc\r\n$/)
  })
})

describe('bulkhead (rule F10)', () => {
  test('calls beyond the limits of connections and queue are refused at once', async () => {
    const held: (() => void)[] = []
    let arrived: () => void = () => undefined
    const full = new Promise<void>((resolve) => {
      arrived = resolve
    })
    const service = later(
      await createRecordingService((_request, res) => {
        held.push(() => res.end('ok'))
        if (held.length === 2) arrived()
      }),
    )
    const { port } = await start(
      [get()],
      some.service(service.url, { concurrency: { max: 2, queue: 1, wait: 10_000, streams: 64 } }),
    )
    const first = [sendRaw(port, request), sendRaw(port, request)]
    await full
    const waiting = await openRaw(port)
    waiting.write(request)
    // Requests on one connection are answered in order: its second request is handled after the first took the place in
    // the queue.
    const refused = await openRaw(port)
    waiting.write(request)
    refused.write(request)
    const response = await refused.response()
    expect(response.status).toBe(503)
    expect(response.header('retry-after')).toBe('1')
    expect(service.requests).toHaveLength(2)
    for (const answer of held.splice(0)) answer()
    expect((await Promise.all(first)).map(({ status }) => status)).toEqual([200, 200])
    waiting.destroy()
    refused.destroy()
  })

  test('a waiting call is sent when there is room, and a cancelled one is not', async () => {
    const held: (() => void)[] = []
    let arrived: () => void = () => undefined
    const service = later(
      await createRecordingService((_request, res) => {
        held.push(() => res.end('ok'))
        arrived()
      }),
    )
    const next = () =>
      new Promise<void>((resolve) => {
        arrived = resolve
      })
    const gateway = await start(
      [get()],
      some.service(service.url, { concurrency: { max: 1, queue: 2, wait: 10_000, streams: 64 } }),
    )
    let arrival = next()
    const first = sendRaw(gateway.port, request)
    await arrival
    const leaves = await openRaw(gateway.port)
    leaves.write(request)
    leaves.socket.end()
    leaves.destroy()
    await gateway.line(({ status }) => status === 499)
    arrival = next()
    const second = sendRaw(gateway.port, request)
    held.shift()?.()
    await arrival
    held.shift()?.()
    expect([(await first).status, (await second).status]).toEqual([200, 200])
    expect(service.requests).toHaveLength(2)
  })
})

describe('bodies of clients', () => {
  const type = 'Content-Type: application/octet-stream'

  test('a length above the limit is 413, and nothing is sent', async () => {
    const service = later(await createRecordingService())
    const { port } = await start([post({ maxBody: 10 })], some.service(service.url))
    expect(
      (await sendRaw(port, requestText('POST /orders HTTP/1.1', [type, 'Content-Length: 11'], 'hello'))).status,
    ).toBe(413)
    expect(service.begun).toBe(0)
  })

  test('a body that exceeds the limit is 413, and never complete at the service', async () => {
    const service = later(await createRecordingService())
    const { port } = await start([post({ maxBody: 100_000 })], some.service(service.url))
    const connection = await openRaw(port)
    connection.write(requestText('POST /orders HTTP/1.1', [type, 'Transfer-Encoding: chunked']))
    const chunk = `4000\r\n${'a'.repeat(0x4000)}\r\n`
    for (let i = 0; i < 7; i++) connection.write(chunk)
    expect((await connection.response('POST')).status).toBe(413)
    expect(service.requests).toHaveLength(0)
    connection.destroy()
  })

  test('a refusal of the service before the end of the body ends the upload, and is not a failure', async () => {
    const service = later(
      await createRawService((socket) => {
        socket.write('HTTP/1.1 409 Conflict\r\nContent-Length: 0\r\n\r\n')
      }),
    )
    const gateway = await start([post()], some.service(service.url))
    const connection = await openRaw(gateway.port)
    connection.write(requestText('POST /orders HTTP/1.1', [type, 'Content-Length: 900000'], 'hello'))
    expect((await connection.response('POST')).status).toBe(409)
    connection.destroy()
    expect(await gateway.line(({ status }) => status === 409)).toMatchObject({ problem: 'refused' })
    expect(gateway.lines.filter(({ level }) => level === 'warn')).toEqual([])
  })

  test('Expect: 100-continue is answered after access was granted (rule P12)', async () => {
    const service = later(await createRecordingService())
    const { port } = await start([post()], some.service(service.url))
    const connection = await openRaw(port)
    connection.write(requestText('POST /orders HTTP/1.1', [type, 'Content-Length: 5', 'Expect: 100-continue']))
    await new Promise<void>((resolve) =>
      connection.socket.on('data', (text) => String(text).startsWith('HTTP/1.1 100') && resolve()),
    )
    connection.write('hello')
    expect((await connection.response('POST')).status).toBe(200)
    expect(service.requests[0]).toMatchObject({ body: 'hello' })
    connection.destroy()
  })

  test('a refused caller gets no 100, and the connection is closed', async () => {
    const { port } = await start([post()], some.service('http://127.0.0.1:9'))
    const response = await sendRaw(
      port,
      requestText('POST /nothing HTTP/1.1', [type, 'Content-Length: 5', 'Expect: 100-continue']),
    )
    expect(response.status).toBe(404)
    expect(response.header('connection')).toBe('close')
  })

  test('a large body passes whole, with back-pressure both ways (rule F17)', async () => {
    const size = 8_000_000
    let received = 0
    const service = later(
      await createRecordingService((each, res) => {
        received = each.body.length
        res.writeHead(200, { 'content-type': 'application/octet-stream' })
        res.end(Buffer.alloc(size, 'b'))
      }),
    )
    const { port } = await start([post({ maxBody: size })], some.service(service.url))
    const connection = await openRaw(port)
    connection.write(requestText('POST /orders HTTP/1.1', [type, `Content-Length: ${size}`]))
    connection.write(Buffer.alloc(size, 'a'))
    const response = await connection.response('POST')
    expect(response.status).toBe(200)
    expect(response.body.length).toBe(size)
    expect(received).toBe(size)
    connection.destroy()
  })
})

describe('a client that disconnects (rule F15)', () => {
  test('the call to the service is aborted, and the log line has 499', async () => {
    let arrived: () => void = () => undefined
    const asked = new Promise<void>((resolve) => {
      arrived = resolve
    })
    let left: () => void = () => undefined
    const abandoned = new Promise<void>((resolve) => {
      left = resolve
    })
    const service = later(
      await createRawService((socket) => {
        socket.on('close', left)
        arrived()
      }),
    )
    const gateway = await start([get()], some.service(service.url))
    const connection = await openRaw(gateway.port)
    connection.write(request)
    await asked
    connection.destroy()
    await abandoned
    expect(await gateway.line(({ status }) => status === 499)).toMatchObject({ route: get().id, problem: null })
    expect(gateway.lines.filter(({ level }) => level === 'warn' || level === 'error')).toEqual([])
  })

  test('with further requests on its connection: each ends', async () => {
    let asked = 0
    let all: () => void = () => undefined
    const three = new Promise<void>((resolve) => {
      all = resolve
    })
    const service = later(
      await createRawService(() => {
        asked++
        if (asked === 3) all()
      }),
    )
    const gateway = await start([get()], some.service(service.url))
    const connection = await openRaw(gateway.port)
    connection.write(request + request + request)
    await three
    connection.destroy()
    const left = () => gateway.lines.filter(({ status }) => status === 499)
    await gateway.line(() => left().length === 3)
    expect(left()).toHaveLength(3)
  })

  test('during an upload', async () => {
    const service = later(await createRecordingService())
    const gateway = await start([post()], some.service(service.url))
    const connection = await openRaw(gateway.port)
    connection.write(
      requestText('POST /orders HTTP/1.1', ['Content-Type: application/octet-stream', 'Content-Length: 100'], 'hello'),
    )
    await new Promise<void>((resolve) => {
      const look = () => (service.begun > 0 ? resolve() : setImmediate(look))
      look()
    })
    connection.destroy()
    await gateway.line(({ status }) => status === 499)
    expect(service.requests).toHaveLength(0)
  })
})

describe('an answer that must be read', () => {
  const json = (body: Buffer, encoding: string | null) =>
    createRecordingService((_request, res) => {
      res.writeHead(200, {
        'content-type': 'application/json',
        ...(encoding === null ? {} : { 'content-encoding': encoding }),
      })
      res.end(body)
    })

  test('is 502 above its limit (rule O6)', async () => {
    const service = later(await json(Buffer.from(JSON.stringify({ b: 'b'.repeat(1_000) })), null))
    const { port } = await start([get(projected)], some.service(service.url, { maxAnswer: 1_000 }))
    expect((await sendRaw(port, request)).status).toBe(502)
  })

  test('is requested without an encoding, and decoded if it has one nevertheless (rule P8)', async () => {
    const service = later(await json(gzipSync('{"a":1,"b":2}'), 'gzip'))
    const { port } = await start([get(projected)], some.service(service.url))
    const response = await sendRaw(port, requestText('GET /orders HTTP/1.1', ['Accept-Encoding: gzip']))
    expect(response).toMatchObject({ status: 200, body: '{"a":1}' })
    expect(response.header('content-encoding')).toBeUndefined()
    expect(service.requests[0]?.headers['accept-encoding']).toBe('identity')
  })

  test.each<[string, Buffer, string]>([
    ['a bomb', gzipSync(`{"a":1,"b":"${'b'.repeat(5_000_000)}"}`), 'gzip'],
    ['two layers', gzipSync(gzipSync('{}')), 'gzip, gzip'],
    ['an unknown encoding', Buffer.from('{}'), 'compress'],
    ['one that it is not', Buffer.from('{}'), 'br'],
  ])('%s is 502 (rule P8)', async (_, body, encoding) => {
    const service = later(await json(body, encoding))
    const { port } = await start([get(projected)], some.service(service.url, { maxAnswer: 100_000 }))
    expect((await sendRaw(port, request)).status).toBe(502)
  })
})

describe('event streams (rule S4)', () => {
  test('each event is passed on at once, never stored, never buffered', async () => {
    let next: (text: string | null) => void = () => undefined
    const service = later(
      await createRecordingService((_request, res) => {
        res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'max-age=60' })
        res.flushHeaders()
        next = (text) => {
          if (text === null) res.end()
          else res.write(text)
        }
      }),
    )
    const { port } = await start(
      [get({ answers: passed, contract: { service: 'orders', operation: 'events' } })],
      some.service(service.url),
    )
    const connection = await openRaw(port)
    let received = ''
    const until = (text: string) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (!received.includes(text)) return
          connection.socket.off('data', look)
          resolve()
        }
        connection.socket.on('data', look)
        look()
      })
    connection.socket.prependListener('data', (text) => {
      received += String(text)
    })
    connection.write(request)
    await until('\r\n\r\n')
    expect(received).toMatch(/\r\ncache-control: no-store\r\n/)
    expect(received).toMatch(/\r\nx-accel-buffering: no\r\n/)
    next('data: 1\n\n')
    await until('data: 1')
    next('data: 2\n\n')
    await until('data: 2')
    next(null)
    await until('0\r\n\r\n')
    connection.destroy()
  })
})
