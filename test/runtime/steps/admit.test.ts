import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { some } from '../../support/gatewayParts.ts'
import { openRaw, requestText, sendRaw } from '../../support/rawClient.ts'
import { createRecordingService, type RecordingService } from '../../support/recordingService.ts'
import { startTestGateway, type TestGateway } from '../../support/testGateway.ts'

let service: RecordingService
let gateway: TestGateway

beforeAll(async () => {
  service = await createRecordingService()
  const upload = some.request('/upload', { body: ['application/octet-stream'] })
  gateway = await startTestGateway({
    client: some.client({ publicHosts: ['gateway.test'] }),
    routes: [
      some.route('GET', '/admin'),
      some.route('GET', '/users/{id}'),
      some.route('POST', '/upload', { request: upload, contract: { service: 'orders', operation: 'upload' } }),
    ],
    services: { orders: some.service(service.url) },
    operations: {
      upload: some.operation({
        body: { required: false, content: { 'application/octet-stream': { schema: true, encoding: {} } } },
      }),
    },
  })
})

afterAll(async () => {
  await gateway.close()
  await service.close()
})

const octets = 'Content-Type: application/octet-stream'

describe('framing (rule P1)', () => {
  const smuggled = 'GET /smuggled HTTP/1.1\r\nHost: gateway.test\r\n\r\n'

  test.each<[string, readonly string[], string]>([
    ['gzip, chunked', ['Transfer-Encoding: gzip, chunked'], '0\r\n\r\n'],
    ['chunked twice', ['Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'], '0\r\n\r\n'],
    ['Chunked', ['Transfer-Encoding: Chunked'], '0\r\n\r\n'],
    ['xchunked', ['Transfer-Encoding: xchunked'], smuggled],
    ['chunked and identity', ['Transfer-Encoding: chunked, identity'], smuggled],
    ['a length as well', ['Transfer-Encoding: chunked', 'Content-Length: 4'], '0\r\n\r\n'],
    ['a length before', ['Content-Length: 4', 'Transfer-Encoding: chunked'], '0\r\n\r\n'],
    ['two lengths', ['Content-Length: 0', 'Content-Length: 44'], smuggled],
    ['two equal lengths', ['Content-Length: 44', 'Content-Length: 44'], smuggled],
    ['a list of lengths', ['Content-Length: 0, 44'], smuggled],
    ['a signed length', ['Content-Length: +5'], 'hello'],
    ['a hexadecimal length', ['Content-Length: 0x5'], 'hello'],
    ['an underscore', ['Transfer_Encoding: chunked'], '0\r\n\r\n'],
    ['space before the colon', ['Transfer-Encoding : chunked'], '0\r\n\r\n'],
    ['a folded line', ['Transfer-Encoding:\r\n chunked'], '0\r\n\r\n'],
    ['a vertical tab', ['Transfer-Encoding: \x0bchunked'], '0\r\n\r\n'],
    ['a bad chunk size', ['Transfer-Encoding: chunked'], 'zz\r\nhello\r\n0\r\n\r\n'],
    ['a bare line feed after the chunk size', ['Transfer-Encoding: chunked'], '5\nhello\r\n0\r\n\r\n'],
  ])('%s: 400, the connection is closed, and nothing after it reaches a service', async (_, fields, body) => {
    const before = service.requests.length
    const connection = await openRaw(gateway.port)
    connection.write(requestText('POST /upload HTTP/1.1', [octets, ...fields], body + smuggled))
    const response = await connection.response('POST')
    expect(response.status).toBe(400)
    expect(response.header('connection')).toBe('close')
    expect(await connection.closed).toBe('')
    expect(service.requests.slice(before)).toEqual([])
  })

  test('chunked in HTTP/1.0: 400', async () => {
    const response = await sendRaw(
      gateway.port,
      requestText('POST /upload HTTP/1.0', [octets, 'Transfer-Encoding: chunked'], '0\r\n\r\n'),
    )
    expect(response.status).toBe(400)
  })

  test('a chunked body arrives framed by the gateway, without its extensions and trailers', async () => {
    const before = service.requests.length
    const body = '5;ext=1\r\nhello\r\n1\r\n!\r\n0\r\nX-Trailer: 1\r\n\r\n'
    const response = await sendRaw(
      gateway.port,
      requestText('POST /upload HTTP/1.1', [octets, 'Transfer-Encoding: chunked', 'Trailer: X-Trailer'], body),
    )
    expect(response.status).toBe(200)
    expect(service.requests[before]).toMatchObject({ body: 'hello!' })
    expect(service.requests[before]?.headers).not.toHaveProperty('trailer')
  })

  test('as many requests arrive as were answered with 2xx, whatever was sent on the connection', async () => {
    const before = service.requests.length
    const connection = await openRaw(gateway.port)
    const good = requestText('POST /upload HTTP/1.1', [octets, 'Content-Length: 5'], 'hello')
    const bad = requestText(
      'POST /upload HTTP/1.1',
      [octets, 'Content-Length: 5', 'Transfer-Encoding: chunked'],
      'hello',
    )
    connection.write(good + good + bad + good)
    const statuses = [
      await connection.response('POST'),
      await connection.response('POST'),
      await connection.response('POST'),
    ]
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 400])
    await connection.closed
    expect(service.requests.length - before).toBe(2)
  })
})

describe('ambiguous requests are refused', () => {
  test.each<[string, string, readonly string[], number]>([
    [
      'rule P3: two Authorization lines',
      'GET /admin HTTP/1.1',
      ['Authorization: Bearer a', 'Authorization: Bearer b'],
      400,
    ],
    ['rule P3: two Host lines', 'GET /admin HTTP/1.1', ['Host: gateway.test', 'Host: gateway.test'], 400],
    ['rule P4: another Host', 'GET /admin HTTP/1.1', ['Host: evil.example'], 421],
    ['rule P4: absolute form for another host', 'GET http://evil.example/admin HTTP/1.1', [], 400],
    ['rule P4: absolute form for this host', 'GET http://gateway.test/admin HTTP/1.1', [], 200],
    ['rule P4: asterisk', 'GET * HTTP/1.1', [], 400],
    ['rule P4: CONNECT', 'CONNECT evil.example:443 HTTP/1.1', [], 405],
    ['rule P5: underscore', 'GET /admin HTTP/1.1', ['X_User_Id: 1'], 400],
    ['a control character in a value', 'GET /admin HTTP/1.1', ['X: a\x1b[31m'], 400],
    ['a NUL in a value', 'GET /admin HTTP/1.1', ['X: a\x00b'], 400],
    [
      'rule P6: a hundred and one fields',
      'GET /admin HTTP/1.1',
      Array.from({ length: 101 }, (_, i) => `X-${i}: a`),
      431,
    ],
    ['rule P6: 17 KB of fields', 'GET /admin HTTP/1.1', [`X: ${'a'.repeat(17_000)}`], 431],
    ['rule P6: a long target', `GET /${'a'.repeat(8_000)} HTTP/1.1`, [], 414],
    ['rule R5: TRACE', 'TRACE /admin HTTP/1.1', [], 405],
    ['rule R5: a method that no route has', 'PURGE /admin HTTP/1.1', [], 405],
    ['rule R2: case', 'GET /ADMIN HTTP/1.1', [], 404],
    ['rule R2: trailing slash', 'GET /admin/ HTTP/1.1', [], 404],
    ['rule R2: suffix', 'GET /admin.json HTTP/1.1', [], 404],
    ['rule R1: dot segment', 'GET /users/../admin HTTP/1.1', [], 400],
    ['rule R1: encoded dot segment', 'GET /users/%2e%2e HTTP/1.1', [], 400],
    ['rule R1: fragment', 'GET /admin#x HTTP/1.1', [], 400],
    ['rule R1: backslash', 'GET /users\\..\\admin HTTP/1.1', [], 400],
    ['rule R1: parameters of a segment', 'GET /admin;x.css HTTP/1.1', [], 400],
    ['rule R6: what the service has and the client does not', 'GET /internal/metrics HTTP/1.1', [], 404],
    ['a version that is none', 'GET /admin HTTP/2.0', [], 400],
    ['a line that is none', 'HELLO', [], 400],
  ])('%s', async (_, line, fields, want) => {
    const before = service.requests.length
    const response = await sendRaw(gateway.port, requestText(line, fields))
    expect(response.status).toBe(want)
    expect(service.requests.length - before).toBe(want === 200 ? 1 : 0)
    if (want !== 200) {
      expect(response.header('content-type')).toBe('application/problem+json')
      expect(response.header('cache-control')).toBe('no-store')
      expect(JSON.parse(response.body)).toMatchObject({ status: want })
    }
  })

  test.each(['1.0', '1.1'])('rule P4: no Host in HTTP/%s', async (version) => {
    expect((await sendRaw(gateway.port, `GET /admin HTTP/${version}\r\n\r\n`)).status).toBe(400)
  })

  test.each([
    'X-Original-URL',
    'X-Rewrite-URL',
    'X-Forwarded-Uri',
    'X-Forwarded-Prefix',
    'X-Forwarded-Path',
    'X-Forwarded-Method',
    'X-HTTP-Method',
    'X-HTTP-Method-Override',
    'X-Method-Override',
    'X-Forwarded-Host',
    'Forwarded',
    'X-Real-IP',
    'X-User-Id',
    'X-Client-Cert',
    'X-Gatewright-Subject',
    'Remote-User',
    'Keep-Alive',
    'Expect',
    'Proxy-Connection',
    'TE',
  ])('%s has no effect and does not reach the service (rules P12, R4, H1)', async (name) => {
    const before = service.requests.length
    const response = await sendRaw(gateway.port, requestText('GET /users/7 HTTP/1.1', [`${name}: /admin`]))
    expect(response.status).toBe(200)
    const [request] = service.requests.slice(before)
    expect(request?.url).toBe('/users/7')
    expect(request?.method).toBe('GET')
    expect(request?.headers[name.toLowerCase()]).toBe(name === 'X-Forwarded-Host' ? 'gateway.test' : undefined)
  })
})
