import type { ServerResponse } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createKey, hashKey } from '../../../templates/runtime/auth/keys.ts'
import { some } from '../../support/gatewayParts.ts'
import { openRaw, type RawResponse, requestText, sendRaw } from '../../support/rawClient.ts'
import { createRecordingService, type RecordedRequest, type RecordingService } from '../../support/recordingService.ts'
import { startTestGateway, type TestGateway } from '../../support/testGateway.ts'

let service: RecordingService
let gateway: TestGateway
let answer: (res: ServerResponse, request: RecordedRequest) => void = () => undefined

const order = { type: 'object', properties: { id: { type: 'string' } } } as const

beforeAll(async () => {
  service = await createRecordingService((request, res) => answer(res, request))
  gateway = await startTestGateway({
    client: some.client({ gateway: 'shop-web' }),
    routes: [
      some.route('GET', '/my/orders/{id}', {
        action: { kind: 'call', service: 'orders', method: 'GET', path: '/v1/orders/{id}', credentials: [] },
        contract: { service: 'orders', operation: 'order' },
        answers: { check: 'off', undeclared: 'pass', statuses: ['200', '201', '302', '404'] },
      }),
      some.route('GET', '/files/{id}'),
      some.route('GET', '/shaped/{id}', {
        action: { kind: 'call', service: 'orders', method: 'GET', path: '/v1/orders/{id}', credentials: [] },
        contract: { service: 'orders', operation: 'order' },
        answers: { check: 'off', undeclared: 'drop', statuses: ['200', '201', '302', '404'] },
      }),
    ],
    services: { orders: some.service(service.url, { concurrency: { max: 8, queue: 64, wait: 10_000, streams: 64 } }) },
    operations: {
      order: some.operation({
        path: { id: some.parameter() },
        answers: {
          200: some.answer(order, ['X-Total', 'x-total', 'set-cookie', 'link']),
          201: some.answer(order),
          302: { content: {}, headers: [] },
          404: some.answer(order),
        },
      }),
    },
  })
})

afterAll(async () => {
  await gateway.close()
  await service.close()
})

async function ask(
  how: typeof answer,
  path = '/my/orders/5',
  method = 'GET',
  fields: readonly string[] = [],
): Promise<RawResponse> {
  answer = how
  return sendRaw(gateway.port, requestText(`${method} ${path} HTTP/1.1`, fields))
}

const json =
  (headers: Record<string, string | string[]>, status = 200, body = '{"id":"5","secret":1}') =>
  (res: ServerResponse) => {
    res.writeHead(status, { 'content-type': 'application/json', ...headers })
    res.end(body)
  }

describe('header fields (rules O1, O7)', () => {
  test('of an answer: exactly these', async () => {
    const response = await ask(
      json({
        server: 'secret/1.0',
        'x-powered-by': 'secret',
        'set-cookie': ['a=b', 'c=d'],
        via: '1.1 secret',
        link: '<http://secret>',
        'alt-svc': 'h3',
        'access-control-allow-origin': '*',
        'x-undocumented': 'secret',
        'x-total': '7',
        etag: '"1"',
        vary: ['Accept-Language', 'Accept', '<odd>'],
      }),
      '/shaped/5',
    )
    expect(response.body).toBe('{"id":"5"}')
    expect(Object.fromEntries(response.fields)).toEqual({
      'x-total': '7',
      etag: expect.stringMatching(/^"1~gw-[0-9a-f]{12}"$/),
      'content-type': 'application/json',
      'content-length': '10',
      vary: 'accept-language, accept',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'strict-transport-security': 'max-age=31536000',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'x-request-id': expect.any(String),
      date: expect.any(String),
      connection: 'keep-alive',
      'keep-alive': 'timeout=5, max=1000',
    })
  })

  test('of a problem: exactly these', async () => {
    const response = await ask((res) =>
      res.writeHead(500, { 'x-total': '7', server: 'secret' }).end('secret at /srv/app.js'),
    )
    expect(response.status).toBe(502)
    expect(JSON.parse(response.body)).toEqual({
      type: 'urn:gatewright:problem:bad-gateway',
      title: 'A service did not answer properly',
      status: 502,
      instance: `urn:request:${response.header('x-request-id')}`,
    })
    expect(response.fields.map(([name]) => name).sort()).toEqual([
      'cache-control',
      'connection',
      'content-length',
      'content-security-policy',
      'content-type',
      'cross-origin-resource-policy',
      'date',
      'keep-alive',
      'referrer-policy',
      'strict-transport-security',
      'x-content-type-options',
      'x-request-id',
    ])
  })

  test('a value beyond ASCII is passed on byte for byte', async () => {
    const response = await ask((res) => {
      res.socket?.end(
        'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Total: 5 €\r\nContent-Length: 2\r\n\r\n{}',
        'utf8',
      )
    })
    expect(Buffer.from(response.header('x-total') ?? '', 'latin1').toString('utf8')).toBe('5 €')
  })

  test('Retry-After of a service is passed on', async () => {
    const response = await ask((res) => res.writeHead(503, { 'retry-after': '120' }).end())
    expect(response.status).toBe(503)
    expect(response.header('retry-after')).toBe('120')
  })
})

describe('redirections and URLs (rules O1, O3)', () => {
  const location =
    (value: string, status = 302) =>
    (res: ServerResponse) =>
      res.writeHead(status, { location: value }).end()

  test.each(['/v1/orders/7', '7'])('%s becomes the client’s own path', async (value) => {
    const response = await ask(location(value))
    expect(response.status).toBe(302)
    expect(response.header('location')).toBe('/my/orders/7')
  })

  test.each(['http://169.254.169.254/latest/meta-data', '//evil.example/', '/v1/internal', 'javascript:alert(1)', ''])(
    '%s is not followed and not shown: 502',
    async (value) => {
      const before = service.requests.length
      const response = await ask(location(value))
      expect(response.status).toBe(502)
      expect(response.header('location')).toBeUndefined()
      expect(response.body).not.toMatch(/169\.254|evil|internal/)
      expect(service.requests.length - before).toBe(1)
    },
  )

  test('of a created resource: rewritten, or removed', async () => {
    expect((await ask(json({ location: '/v1/orders/9' }, 201))).header('location')).toBe('/my/orders/9')
    const response = await ask(
      json({ location: '/v1/internal/9', 'content-location': `${service.url}/v1/orders/9` }, 201),
    )
    expect(response.status).toBe(201)
    expect(response.header('location')).toBeUndefined()
    expect(response.header('content-location')).toBe('/my/orders/9')
  })

  test('of links: rewritten where the answer is documented to have them, and left out where they lead elsewhere', async () => {
    const link = [`<${service.url}/v1/orders/9>; rel="next"`, '</v1/internal>; rel="up", <8>; rel="prev"']
    expect((await ask(json({ link }))).header('link')).toBe('</my/orders/9>; rel="next", </my/orders/8>; rel="prev"')
    expect((await ask(json({ link: '</v1/internal>; rel="up"' }))).header('link')).toBeUndefined()
    expect((await ask(json({ link }, 201))).header('link')).toBeUndefined()
  })
})

describe('bodies', () => {
  test('304 answers a precondition, with the validator and without a body', async () => {
    const response = await ask(
      (res, request) => {
        expect(request.headers['if-none-match']).toBe('"1"')
        res.writeHead(304, { etag: '"1"' }).end()
      },
      '/shaped/5',
      'GET',
      ['If-None-Match: "1"'],
    )
    expect(response).toMatchObject({ status: 304, body: '' })
    expect(response.header('etag')).toBe('"1"')
    expect(response.header('content-type')).toBeUndefined()
  })

  test('HEAD has none, whatever the service sends', async () => {
    const connection = await openRaw(gateway.port)
    answer = json({})
    connection.write(requestText('HEAD /my/orders/5 HTTP/1.1'))
    expect((await connection.response('HEAD')).status).toBe(200)
    connection.write(requestText('GET /my/orders/5 HTTP/1.1'))
    expect(await connection.response()).toMatchObject({ status: 200, body: '{"id":"5","secret":1}' })
    connection.destroy()
  })

  test('a body that passes keeps its bytes, length and encoding', async () => {
    const response = await ask(
      (res, request) => {
        expect(request.headers['accept-encoding']).toBe('gzip, br')
        res
          .writeHead(200, { 'content-type': 'image/png', 'content-encoding': 'gzip', 'content-length': '4' })
          .end('\x1f\x8b\x00\x01', 'latin1')
      },
      '/my/orders/5',
      'GET',
      ['Accept-Encoding: gzip, br'],
    )
    expect(response.body).toBe('\x1f\x8b\x00\x01')
    expect(response.header('content-encoding')).toBe('gzip')
    expect(response.header('content-length')).toBe('4')
    expect(response.header('content-type')).toBe('image/png')
  })

  test('a range passes on a route that reads no answers, and is not requested on one that does', async () => {
    const ranged = (res: ServerResponse, request: RecordedRequest) => {
      if (request.headers.range === undefined) json({})(res)
      else res.writeHead(206, { 'content-type': 'application/json', 'content-range': 'bytes 0-1/21' }).end('{"')
    }
    const passed = await ask(ranged, '/files/5', 'GET', ['Range: bytes=0-1'])
    expect(passed).toMatchObject({ status: 206, body: '{"' })
    expect(passed.header('content-range')).toBe('bytes 0-1/21')
    expect(await ask(ranged, '/shaped/5', 'GET', ['Range: bytes=0-1'])).toMatchObject({
      status: 200,
      body: '{"id":"5"}',
    })
  })
})

describe('an authenticated caller', () => {
  const pepper = 'a pepper for the tests'
  const key = createKey('shop')
  let closed: TestGateway

  beforeAll(async () => {
    const records = [{ id: key.id, hash: hashKey(pepper, key.secret), subject: 'alice', scopes: [] }]
    closed = await startTestGateway({
      client: some.client({
        authenticators: { key: { kind: 'api-key', header: 'X-Key', keys: '${KEYS}', pepper: '${PEPPER}' } },
        cors: { origins: ['https://shop.example'], credentials: false, expose: [], maxAge: 0 },
      }),
      routes: [
        some.route('GET', '/mine', {
          access: { kind: 'principal', anyOf: [{ scopes: [], roles: [] }], own: [], when: [] },
        }),
      ],
      services: { orders: some.service(service.url) },
      env: { KEYS: JSON.stringify(records), PEPPER: pepper },
    })
  })

  afterAll(() => closed.close())

  const mine = (headers: Record<string, string>) => {
    answer = json(headers)
    return sendRaw(closed.port, requestText('GET /mine HTTP/1.1', [`X-Key: ${key.text}`]))
  }

  test.each<[Record<string, string>, string]>([
    [{}, 'no-store'],
    [{ 'cache-control': 'public, max-age=60' }, 'no-store'],
    [{ 'cache-control': 'private, max-age=60' }, 'private, max-age=60'],
    [{ etag: '"1"' }, 'private, no-cache'],
  ])('an answer with %j has %s, and varies by the credential (rule C3)', async (headers, want) => {
    const response = await mine(headers)
    expect(response.status).toBe(200)
    expect(response.header('cache-control')).toBe(want)
    expect(response.header('vary')).toBe('origin, x-key')
  })

  test('is logged by subject, never by credential (rule O4)', async () => {
    const id = (await mine({})).header('x-request-id')
    const line = await closed.line((each) => each['id'] === id && each['status'] === 200)
    expect(line).toMatchObject({ principal: 'alice', path: '/mine', route: 'orders.GET/mine', level: 'info' })
    expect(JSON.stringify(closed.lines)).not.toContain(key.secret)
  })

  test('the credential is not passed on (rule P2)', async () => {
    const before = service.requests.length
    await mine({})
    expect(JSON.stringify(service.requests[before])).not.toContain(key.secret)
  })
})

test('many requests on one connection are answered in order', async () => {
  answer = (res, request) => json({}, 200, JSON.stringify({ id: request.url }))(res)
  const connection = await openRaw(gateway.port)
  const count = 50
  connection.write(Array.from({ length: count }, (_, i) => requestText(`GET /shaped/${i} HTTP/1.1`)).join(''))
  for (let i = 0; i < count; i++) expect((await connection.response()).body).toBe(`{"id":"/v1/orders/${i}"}`)
  connection.destroy()
})
