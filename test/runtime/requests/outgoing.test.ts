import type { IncomingMessage } from 'node:http'
import { describe, expect, test } from '@jest/globals'
import type { Exchange } from '../../../templates/runtime/exchange/exchange.ts'
import { clientHeaders, completeHeaders, type PreparedHeaders } from '../../../templates/runtime/requests/outgoing.ts'
import { createAddressSet } from '../../../templates/runtime/words/addresses.ts'

const policy: Parameters<typeof clientHeaders>[0] = {
  header: ['X-Tenant', 'X-Customer'],
  bind: [{ in: 'header', name: 'X-Customer', claim: ['sub'] }],
}

/** The headers for a service, made from those of `validate` and those of a client. */
function complete(
  made: Record<string, string>,
  sent: Record<string, string>,
  more: Partial<PreparedHeaders> = {},
  method = 'GET',
) {
  const headers: Record<string, string | string[]> = { ...made }
  const req = {
    method,
    headers: sent,
    httpVersion: '1.1',
    socket: { remoteAddress: '192.0.2.7' },
  } as unknown as IncomingMessage
  const exchange = { req, address: '192.0.2.7', requestId: 'abcdefgh' } as Exchange
  completeHeaders(exchange, headers, {
    ...clientHeaders(policy),
    plain: true,
    whole: true,
    pseudonym: 'shop-web',
    trusted: createAddressSet([]),
    knownHosts: false,
    ...more,
  })
  return headers
}

describe('Connection (rule P2)', () => {
  test.each(['X-Tenant', 'x-tenant', 'close, X-TENANT', 'keep-alive,X-Tenant , te'])(
    '%s removes headers of the client',
    (connection) => {
      expect(complete({ 'x-tenant': 'a' }, { connection })).not.toHaveProperty('x-tenant')
    },
  )

  test.each(['X-Customer', 'close, x-customer', 'Content-Type', 'X-Forwarded-For', 'Via', 'X-Request-Id', 'Cookie'])(
    '%s removes no header of the gateway',
    (connection) => {
      const made = { 'x-customer': 'alice', 'content-type': 'application/json', cookie: 'a=b' }
      expect(complete(made, { connection })).toMatchObject({
        ...made,
        via: '1.1 shop-web',
        'x-forwarded-for': '192.0.2.7',
        'x-request-id': 'abcdefgh',
      })
    },
  )
})

describe('a header that a bind fills is never taken from the client (rule P5)', () => {
  const undocumented = ['If-Match', 'If-None-Match', 'If-Modified-Since', 'If-Unmodified-Since', 'Range', 'If-Range']
  const spellings = undocumented.flatMap((name) => [name, name.toLowerCase(), name.toUpperCase()])
  const of = (name: string, whole: boolean) => ({
    ...clientHeaders({ header: [], bind: [{ in: 'header', name, claim: ['sub'] }] }),
    whole,
  })

  test.each(spellings)('%s', (name) => {
    const lower = name.toLowerCase()
    for (const whole of [true, false]) {
      const headers = complete({ [lower]: 'bound' }, { [lower]: 'sent', connection: lower }, of(name, whole))
      expect(headers[lower]).toBe('bound')
    }
  })

  test('others are', () => {
    const headers = complete({ 'if-match': 'bound' }, { 'if-none-match': 'sent' }, of('If-Match', true))
    expect(headers).toMatchObject({ 'if-match': 'bound', 'if-none-match': 'sent' })
  })

  test('an input of the same name elsewhere is not a header', () => {
    const elsewhere = clientHeaders({ header: [], bind: [{ in: 'query', name: 'If-Match', claim: ['sub'] }] })
    expect(complete({}, { 'if-match': 'sent' }, elsewhere)).toHaveProperty('if-match', 'sent')
    expect(complete({}, { 'if-match': 'sent', connection: 'if-match' }, elsewhere)).not.toHaveProperty('if-match')
  })
})

describe('bodies', () => {
  const sent = { range: 'bytes=0-1', 'if-range': '"1"', 'accept-encoding': 'gzip', 'if-none-match': '"2"' }

  test('that may have to be read are requested whole and without an encoding', () => {
    const headers = complete({ range: 'bytes=0-1' }, sent)
    expect(headers).toMatchObject({ 'accept-encoding': 'identity', 'if-none-match': '"2"' })
    expect(headers).not.toHaveProperty('range')
    expect(headers).not.toHaveProperty('if-range')
  })

  test('that pass are requested as the client does', () => {
    expect(complete({}, sent, { plain: false, whole: false })).toMatchObject(sent)
  })

  test('of HEAD are never requested as a range', () => {
    const headers = complete({ range: 'bytes=0-1' }, sent, { plain: false, whole: false }, 'HEAD')
    expect(headers).not.toHaveProperty('range')
    expect(headers).not.toHaveProperty('if-range')
    expect(headers).toMatchObject({ 'if-none-match': '"2"' })
  })
})

describe('X-Forwarded-Proto of a trusted proxy (rule H1)', () => {
  const trusted = createAddressSet(['192.0.2.0/24'])
  test.each<readonly [string, string, string | undefined]>([
    ['https', 'https', undefined],
    ['https', 'HTTPS', undefined],
    ['https', ' Https ', '203.0.113.9'],
    ['http', 'http', '203.0.113.9'],
    ['https', 'https, http', '203.0.113.9, 192.0.2.1'],
    ['https', 'https,http', '203.0.113.9,192.0.2.1'],
    ['http', 'http, https', '203.0.113.9, 192.0.2.1'],
    // The entries left of the client's address are its claim.
    ['http', 'https, http, http', '198.51.100.1, 203.0.113.9, 192.0.2.1'],
    ['https', 'http, https, http', '198.51.100.1, 203.0.113.9, 192.0.2.1'],
    // Another number of entries: the rightmost, which the nearest proxy wrote.
    ['http', 'https, http', '203.0.113.9'],
    ['https', 'http, https', '203.0.113.9, 192.0.2.1, 192.0.2.2'],
    ['http', 'https, http', undefined],
    // No entry is the client's address: the rightmost.
    ['http', 'https, http', '203.0.113.9, nonsense'],
    ['http', 'https, wss', '192.0.2.1, 203.0.113.9'],
    ['http', 'https, ', '203.0.113.9'],
    // Every entry is a proxy's: the leftmost.
    ['https', 'https, http', '192.0.2.3, 192.0.2.1'],
  ])('%s: %s with %s', (want, proto, forwarded) => {
    const fields = { 'x-forwarded-proto': proto, ...(forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }) }
    expect(complete({}, fields, { trusted })).toMatchObject({ 'x-forwarded-proto': want })
    expect(complete({}, fields)).toMatchObject({ 'x-forwarded-proto': 'http' })
  })
})

test('a service gets the host only if it was compared with a list (rule P4)', () => {
  expect(complete({}, { host: 'evil.example' })).not.toHaveProperty('x-forwarded-host')
  expect(complete({}, { host: 'shop.example' }, { knownHosts: true })).toHaveProperty(
    'x-forwarded-host',
    'shop.example',
  )
})
