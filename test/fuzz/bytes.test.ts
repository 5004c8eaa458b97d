import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc, { type Arbitrary } from 'fast-check'
import { openRaw, sendRaw } from '../support/rawClient.ts'
import { Oracle } from './oracle.ts'
import { fuzz, mostGrowth, patience } from './runs.ts'
import { startWatchedSystem, type WatchedSystem } from './watched.ts'

/**
 * Sends bytes that are nearly valid HTTP/1.1, or arbitrary, with several messages on a connection, to the sample's
 * gateways without a credential (rules P1 to P7). A gateway must not pass on a request that other parsers would read
 * differently.
 */
const clients = ['mobile', 'partner', 'web'] as const

let sample: WatchedSystem
beforeAll(async () => {
  sample = await startWatchedSystem([])
}, 120_000)
afterAll(() => sample?.close())

const smuggled = 'GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n'
const eol = fc.oneof(
  { weight: 12, arbitrary: fc.constant('\r\n') },
  { weight: 1, arbitrary: fc.constantFrom('\n', '\r', '\r\r\n', '\n\r', '\r\n ', '\0\r\n', '\x0b\r\n') },
)
const requestLine = (path: string): Arbitrary<string> =>
  fc
    .tuple(
      fc.oneof(
        { weight: 5, arbitrary: fc.constantFrom('GET', 'POST') },
        fc.constantFrom('HEAD', 'OPTIONS', 'CONNECT', 'PRI', 'get', 'GE T', '', '\0', 'PUT'),
      ),
      fc.constantFrom(' ', ' ', ' ', '  ', '\t', ''),
      fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(path, '/orders') },
        fc.constantFrom(
          '*',
          'http://a/',
          'a:80',
          '//a',
          '/%',
          '/ /',
          '/\0',
          `/${'a'.repeat(9_000)}`,
          '',
          '/\xff',
          '/../',
          '/?\r',
        ),
      ),
      fc.oneof(
        { weight: 6, arbitrary: fc.constant(' HTTP/1.1') },
        fc.constantFrom(
          ' HTTP/1.0',
          ' HTTP/0.9',
          ' HTTP/2.0',
          ' HTTP/1.1 ',
          ' http/1.1',
          '',
          ' HTTP/1.2',
          ' HTTP/1.11',
        ),
      ),
    )
    .map((parts) => parts.join(''))
const field = fc.oneof(
  { weight: 4, arbitrary: fc.constant('Host: a') },
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      ...[
        'Content-Length: 5',
        'Content-Length: 0',
        'Content-Length: +5',
        'Content-Length: 0x5',
        'Content-Length: 5, 5',
        'Content-Length: 5\r\nContent-Length: 6',
        'Content-Length : 5',
        'Content-Length: 99999999999999999999',
        'content-length:\t5',
        'Content-Length: -1',
      ],
      ...[
        'Transfer-Encoding: chunked',
        'Transfer-Encoding: xchunked',
        'Transfer-Encoding : chunked',
        'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity',
        'Transfer-Encoding: gzip, chunked',
        'Transfer-Encoding:\x0bchunked',
        'Transfer-Encoding: chunked, chunked',
        'Transfer_Encoding: chunked',
        'X: y\r\n Transfer-Encoding: chunked',
        'TE: trailers',
      ],
      ...[
        'Host: b',
        'Host: a, b',
        'Host:',
        'Host: a:99999',
        'Host: a/b',
        'Host: a@b',
        ' Host: a',
        'Connection: close',
        'Connection: keep-alive, Content-Length',
        'Connection: Upgrade',
        'Upgrade: h2c',
        'Upgrade: websocket',
        'Expect: 100-continue',
        'Expect: 200-ok',
        'Content-Type: application/json',
      ],
      ...[
        'A',
        ': a',
        'A: b\0c',
        'A: \x7f',
        'A\x01: b',
        'Ä: b',
        'A: b\rC: d',
        'A: b\nC: d',
        `A: ${'b'.repeat(20_000)}`,
        `${'A: b\r\n'.repeat(150)}A: b`,
        '\tA: b',
        'Trailer: Host',
        'Authorization: Bearer a\r\nAuthorization: Bearer b',
        'X-Api-Key:',
        'HTTP2-Environment: AAAA',
      ],
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary-ascii', maxLength: 20 }) },
)
const body = fc.oneof(
  fc.constantFrom(
    '',
    'hello',
    '0\r\n\r\n',
    '5\r\nhello\r\n0\r\n\r\n',
    '5;a=b\r\nhello\r\n0\r\nX: y\r\n\r\n',
    '5\nhello\n0\n\n',
    'fffffffffffffffff\r\n',
    '-1\r\nx\r\n',
    '5\r\nhell',
    '0x5\r\nhello\r\n0\r\n\r\n',
    '5 \r\nhello\r\n0\r\n\r\n',
    `0\r\n\r\n${smuggled}`,
    `hello${smuggled}`,
    smuggled,
  ),
  fc.string({ unit: 'binary-ascii', maxLength: 30 }),
)
const message = (path: string): Arbitrary<Buffer> =>
  fc.oneof(
    {
      weight: 12,
      arbitrary: fc
        .tuple(
          requestLine(path),
          fc.array(field, { maxLength: 5 }),
          fc.array(eol, { minLength: 7, maxLength: 7 }),
          body,
        )
        .map(([line, fields, ends, rest]) =>
          Buffer.from(
            `${[line, ...fields].map((text, at) => text + (ends[at] ?? '\r\n')).join('')}${ends[6]}${rest}`,
            'latin1',
          ),
        ),
    },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(
          'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
          '\x16\x03\x01\x02\x00\x01\x00',
          '\r\n\r\n\r\n',
          ' ',
          `GET ${path} HTTP/1.1\r\n`,
        )
        .map((text) => Buffer.from(text, 'latin1')),
    },
  )

describe.each(clients)('bytes at %s', (client) => {
  test(
    'rules P1, P3, P4, P5, R7: services receive no more requests than were answered, and none that was not sent',
    async () => {
      const plan = sample.plannedClient(client)
      const open = plan.routes.find(
        ({ route }) => route.method === 'GET' && route.access.kind === 'public' && !route.path.includes('{'),
      )
      const path = open?.route.path ?? '/health/live'
      const oracle = new Oracle(plan, sample.model)
      const port = Number(new URL(sample.client(client).url).port)

      const property = fc.asyncProperty(
        fc.array(message(path), { minLength: 1, maxLength: 3 }),
        fc.nat({ max: 4_000 }),
        async (messages, cut) => {
          sample.forget()
          const answers = await exchange(port, Buffer.concat(messages), cut, () => sample.received.length)
          const statuses = statusesIn(answers)
          const successes = statuses.filter((status) => status < 300).length
          expect(answers === '' || answers.startsWith('HTTP/1.1 ')).toBe(true)
          expect(statuses.filter((status) => status >= 500 && status !== 505)).toEqual([])
          expect(sample.received.length).toBeLessThanOrEqual(successes)
          expect(sample.received.flatMap((received) => oracle.complaints(received, null))).toEqual([])
        },
      )
      await fc.assert(property, fuzz(400, 2_500, 1))
      const before = await sample.memory(client)
      await fc.assert(property, fuzz(400, 2_500, 2))
      const after = await sample.memory(client)
      expect((await sendRaw(port, health)).status).toBe(200)
      expect(sample.ended).toEqual([])
      expect(after - before).toBeLessThan(mostGrowth)
      for (const line of sample.log(client)) {
        expect(line).not.toMatch(/[\0-\x1f\x7f]/)
        expect(JSON.parse(line)).not.toMatchObject({ msg: 'internal error' })
      }
    },
    patience,
  )
})

function statusesIn(answers: string): readonly number[] {
  const all = [...answers.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status))
  return all.filter((status) => status !== 100)
}

/**
 * Sends bytes in two pieces, and returns the bytes received until the gateway has closed the connection, or has
 * answered all requests that it passed on. A health request on another connection shows that the gateway has read the
 * bytes before it.
 */
async function exchange(port: number, bytes: Buffer, cut: number, arrived: () => number): Promise<string> {
  const connection = await openRaw(port)
  let received = ''
  let over = false
  connection.socket.on('data', (text: string) => {
    received += text
  })
  connection.closed.then(() => {
    over = true
  })
  connection.write(bytes.subarray(0, cut % (bytes.length + 1)))
  await sendRaw(port, health)
  connection.write(bytes.subarray(cut % (bytes.length + 1)))
  for (let asked = 0; asked < 50 && !over; asked++) {
    await sendRaw(port, health)
    if (asked >= 2 && statusesIn(received).length >= arrived()) break
  }
  connection.destroy()
  return received
}

const health = 'GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n'
