import type { Socket } from 'node:net'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type GatewayProcess, startGateway } from '../../generator/dev/gateway.ts'
import { type RawResponse, sendRaw } from '../support/rawClient.ts'
import { createRawService, type RawService } from '../support/recordingService.ts'
import { projectRoot, type SampleSystem, startSampleSystem } from '../support/sampleSystem.ts'

/**
 * Compromised services, behind the emitted gateway of the client `web` (rules O1 to O3, P8, F8). There are three kinds
 * of routes: one that checks and projects answers, one that only reports faults, and one whose answers are images and
 * pass unchanged.
 */
const routes = {
  enforced: '/categories',
  reported: '/models',
  passed: '/media/0b0e2f0a-7a7c-4a52-9d1b-3a6f5a1b2c3d/thumbnails/small',
} as const
type Kind = keyof typeof routes
const kinds = Object.keys(routes) as Kind[]

/** The answer of a service in bytes, or an action on its connection. */
type Reaction = string | Buffer | ((socket: Socket) => void)

let sample: SampleSystem
let service: RawService
let gateway: GatewayProcess
let port: number
let reaction: Reaction = ''
const log: string[] = []
beforeAll(async () => {
  service = await createRawService((socket) => {
    if (typeof reaction === 'function') reaction(socket)
    else socket.write(reaction)
  })
  sample = await startSampleSystem([])
  const { variables } = sample.client('web').environment
  gateway = await startGateway({
    client: 'web',
    folder: join(projectRoot, 'generated/web'),
    port: 0,
    variables: { ...variables, CATALOG_URL: service.url, ASSISTANT_URL: service.url, MEDIA_URL: service.url },
    node: process.execPath,
    preload: [],
    onLog: (line) => log.push(line),
  })
  port = Number(new URL(gateway.url).port)
}, 120_000)
afterAll(async () => {
  await gateway?.stop()
  await sample?.close()
  await service?.close()
})

/** The answer; `null` if the gateway closed the connection. */
async function ask(path: string, method = 'GET', more = ''): Promise<RawResponse | null> {
  return await sendRaw(port, `${method} ${path} HTTP/1.1\r\nHost: shop.example\r\n${more}\r\n`).catch(() => null)
}

const evil = 'evilword'
const category = { slug: 'books', title: 'Books', productCount: 1, parent: null, children: [] }
const model = { name: 'small-1', contextTokens: 1, reads: ['text'] }
const good = {
  enforced: [category],
  reported: [model],
  passed: 'a picture',
}

const types = { enforced: 'application/json', reported: 'application/json', passed: 'image/webp' } as const
let type: string = types.enforced

/** A complete answer, with the documented media type and its length unless the fields set them. */
function message(body: string | Buffer, fields: readonly string[] = [], status = '200 OK'): Buffer {
  const own = (name: string): boolean => fields.some((field) => field.toLowerCase().startsWith(`${name}:`))
  const head = [
    `HTTP/1.1 ${status}`,
    ...(own('content-type') ? [] : [`Content-Type: ${type}`]),
    ...(own('content-length') || own('transfer-encoding') ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]),
    ...fields,
  ]
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), Buffer.from(body)])
}

/** The expected status for all kinds of routes, or by kind. */
type Expected = number | null | Readonly<Record<Kind, number | null>>
const each = (enforced: number | null, reported: number | null, passed: number | null) => ({
  enforced,
  reported,
  passed,
})
type Case = readonly [what: string, say: (kind: Kind) => Reaction, expected: Expected]

const said = (kind: Kind): string => (kind === 'passed' ? good.passed : JSON.stringify(good[kind]))
const withFields =
  (...fields: string[]) =>
  (kind: Kind): Reaction =>
    message(said(kind), fields)

const cases: readonly Case[] = [
  // -- not HTTP
  ['garbage', () => Buffer.from('\x16\x03\x01 garbage\r\n\r\n'), 502],
  ['nothing', () => (socket) => socket.end(), 502],
  ['a reset', () => (socket) => socket.resetAndDestroy(), 502],
  ['another protocol', () => 'SSH-2.0-evilword\r\n', 502],
  ['another version of HTTP', (kind) => String(message(said(kind))).replace('HTTP/1.1', 'HTTP/3.0'), 502],
  ['a head without an end', () => (socket) => socket.end('HTTP/1.1 200 OK\r\nA: b'), 502],
  ['a status line without a status', () => 'HTTP/1.1 OK\r\n\r\n', 502],
  // -- framing
  ['two lengths', (kind) => message(said(kind), ['Content-Length: 3', 'Content-Length: 5']), 502],
  ['a length and chunks', (kind) => message(said(kind), ['Content-Length: 3', 'Transfer-Encoding: chunked']), 502],
  [
    'chunks that are none',
    (kind) => message(`zz\r\n${said(kind)}`, ['Transfer-Encoding: chunked']),
    each(502, 502, null),
  ],
  [
    'less than it announced',
    (kind) => (socket) => socket.end(message(said(kind), ['Content-Length: 5000'])),
    each(502, 502, null),
  ],
  ['more than it announced', (kind) => Buffer.concat([message(said(kind)), message(`"${evil}"`)]), 200],
  [
    'switching protocols',
    () => 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: evilword\r\nConnection: upgrade\r\n\r\n',
    502,
  ],
  [
    'early hints',
    (kind) =>
      Buffer.concat([
        Buffer.from(`HTTP/1.1 103 Early Hints\r\nLink: <https://${evil}>\r\nSet-Cookie: a=${evil}\r\n\r\n`),
        message(said(kind)),
      ]),
    200,
  ],
  ['a header field of 20 KB', withFields(`X-Long: ${'a'.repeat(20_000)}`), 502],
  ['many header fields', withFields(...Array.from({ length: 300 }, (_, at) => `X-Many-${at}: ${evil}`)), 200],
  ['control characters in a field', withFields(`X-A: a\0${evil}`), 502],
  [
    'names that objects have',
    withFields(`__proto__: ${evil}`, `constructor: ${evil}`, `toString: ${evil}`, `hasOwnProperty: ${evil}`),
    200,
  ],
  // -- status
  [
    'a failure, in its own words',
    () => message(`{"error":"${evil} at /srv/node_modules/x.js:1"}`, [], '500 Oops'),
    502,
  ],
  ['401', () => message(`{"error":"${evil}"}`, ['WWW-Authenticate: Basic realm="evilword"'], '401 No'), 502],
  ['407', () => message(`{"error":"${evil}"}`, [`Proxy-Authenticate: Basic realm="${evil}"`], '407 No'), 502],
  [
    'an error that nobody documented, as HTML',
    () => message(`<h1>${evil}</h1>`, ['Content-Type: text/html'], '418 Teapot'),
    418,
  ],
  ['a status out of range', () => message('{}', [], '999 Evil'), 502],
  ['another one', () => message('{}', [], '099 Evil'), 502],
  // -- redirections (rule O3)
  ...[
    'http://169.254.169.254/latest/',
    'http://127.0.0.1:22/',
    '//evil.example/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    '/internal/evilword',
    'http://[::1]/',
    '\\\\evilword',
  ].map(
    (location): Case => [
      `a redirection to ${location}`,
      () => message('', [`Location: ${location}`], '302 Found'),
      502,
    ],
  ),
  // -- header fields that must stay inside (rule O1)
  [
    'everything about itself',
    withFields(
      ...[
        'Server',
        'X-Powered-By',
        'Via',
        'Set-Cookie',
        'Set-Cookie2',
        'Alt-Svc',
        'Link',
        'SourceMap',
        'X-SourceMap',
        'Refresh',
        'Clear-Site-Data',
      ].map((name) => `${name}: ${evil}`),
      ...[
        'Access-Control-Allow-Origin',
        'Access-Control-Allow-Credentials',
        'Content-Security-Policy',
        'Strict-Transport-Security',
        'X-Request-Id',
        'Server-Timing',
        'NEL',
        'Report-To',
      ].map((name) => `${name}: ${evil}`),
    ),
    200,
  ],
  ['two content types', (kind) => message(said(kind), [`Content-Type: ${type}`, 'Content-Type: text/html']), 502],
  // -- media types (rule P10)
  ['HTML', () => message(`<script>${evil}</script>`, ['Content-Type: text/html']), 502],
  ['JSON that says it is HTML', (kind) => message(said(kind), ['Content-Type: text/html; charset=utf-8']), 502],
  ['no media type', () => `HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nevilword`, each(502, 200, 200)],
  // -- encodings (rule P8)
  [
    'a bomb of gzip',
    () => message(gzipSync(Buffer.alloc(50_000_000)), ['Content-Encoding: gzip']),
    each(502, 502, 200),
  ],
  [
    'a bomb of brotli',
    () => message(brotliCompressSync(Buffer.alloc(50_000_000)), ['Content-Encoding: br']),
    each(502, 502, 200),
  ],
  ['two layers of gzip', (kind) => message(gzipSync(gzipSync(said(kind))), ['Content-Encoding: gzip, gzip']), 502],
  ['an encoding that nobody knows', (kind) => message(said(kind), [`Content-Encoding: ${evil}`]), 502],
  // -- bodies
  ['no JSON', () => message(`{"${evil}":`), each(502, 502, 200)],
  ['text that is not UTF-8', () => message(Buffer.from([0x22, 0xff, 0xfe, 0x22])), each(502, 502, 200)],
  ['brackets', () => message('['.repeat(100_000)), each(502, 502, 200)],
  ['more than may be read whole', () => message(JSON.stringify([evil.repeat(800_000)])), each(502, 502, 200)],
]

describe.each(cases)('rule O1: a service that answers with %s', (_, say, expected) => {
  test.each(kinds)('is handled safely if answers are %s', async (kind) => {
    type = types[kind]
    reaction = say(kind)
    const answer = await ask(routes[kind])
    const status = typeof expected === 'object' && expected !== null ? expected[kind] : expected
    expect(answer?.status ?? null).toBe(status)
    const head = answer?.fields.map((field) => field.join(': ')).join('\n') ?? ''
    expect(head).not.toMatch(/evil|169\.254|node_modules|x-powered-by|set-cookie|^server:|^link:|x-many/im)
    expect(head).not.toContain(new URL(service.url).host)
    if (kind !== 'passed' || status !== 200) expect(answer?.body ?? '').not.toContain(evil)

    // Surplus bytes must not become the answer to the next request.
    reaction = message(said(kind))
    const next = await ask(routes[kind])
    expect([next?.status, next?.body]).toEqual([200, said(kind)])
  })
})

describe('rule O2: undeclared members', () => {
  const extra = `"passwordHash":"${evil}","constructor":{"prototype":{"isAdmin":"${evil}"}},"toString":"${evil}"`

  test.each([
    ['plain ones', extra],
    ['__proto__', `"__proto__":{"isAdmin":"${evil}"}`],
    ['a member twice', `"title":"${evil}"`],
  ])('%s are not passed on', async (_, members) => {
    type = types.enforced
    const inner = JSON.stringify(category).replace('{', `{${members},`)
    reaction = message(`[${inner.replace('"children":[]', `"children":[${inner}]`)}]`)
    const answer = await ask(routes.enforced)
    expect([200, 502]).toContain(answer?.status)
    expect(answer?.body).not.toMatch(new RegExp(`${evil}|isAdmin|__proto__`))
  })

  test('values of the wrong type are not passed on if answers are enforced; if they are reported, only the valid parts are', async () => {
    type = types.enforced
    reaction = message(JSON.stringify([{ ...category, title: { [evil]: 1 } }]))
    expect((await ask(routes.enforced))?.status).toBe(502)
    reaction = message(JSON.stringify([model, { ...model, contextTokens: { [evil]: 1 } }]))
    expect((await ask(routes.reported))?.body ?? '').not.toContain(evil)
  })

  test('undeclared nesting is not passed on', async () => {
    type = types.reported
    reaction = message('['.repeat(50_000) + ']'.repeat(50_000))
    for (const kind of ['enforced', 'reported'] as const) expect((await ask(routes[kind]))?.body).not.toContain('[[')
  })

  test('numbers keep their digits', async () => {
    type = types.enforced
    reaction = message(JSON.stringify([category]).replace('"productCount":1', '"productCount":12345678901234567890'))
    expect((await ask(routes.enforced))?.body).toContain('12345678901234567890')
  })
})

test('rule O6: an endless answer is cut off', async () => {
  let over: Promise<void> | undefined
  reaction = (socket) => {
    over = new Promise((resolve) => socket.once('close', resolve))
    const more = (): void => {
      while (!socket.destroyed && socket.write(' '.repeat(65_536)));
    }
    socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n[')
    socket.on('drain', more)
    more()
  }
  expect((await ask(routes.enforced))?.status).toBe(502)
  await over
})

test('HEAD has no body, whatever a service sends', async () => {
  type = types.enforced
  reaction = message(said('enforced'))
  const answer = await ask(routes.enforced, 'HEAD')
  expect([answer?.status, answer?.body]).toEqual([200, ''])
})

test('rule O4: the gateway is alive, and its log contains no text of services', async () => {
  expect((await ask('/health/live'))?.status).toBe(200)
  await gateway.stop()
  expect(log.length).toBeGreaterThan(cases.length)
  for (const line of log) {
    expect(line).not.toMatch(/[\0-\x1f\x7f]/)
    expect(line).not.toContain(evil)
    expect(JSON.parse(line)).not.toMatchObject({ msg: 'internal error' })
  }
})
