import type { IncomingMessage } from 'node:http'
import { describe, expect, test } from '@jest/globals'
import type { Exchange } from '../../../templates/runtime/exchange/exchange.ts'
import { clientHeaders, completeHeaders, type PreparedHeaders } from '../../../templates/runtime/requests/outgoing.ts'
import { createAddressSet } from '../../../templates/runtime/words/addresses.ts'

/** The headers for a service, made from those of `validate` and those of a client. */
function complete(made: Record<string, string>, sent: Record<string, string>, more: Partial<PreparedHeaders> = {}) {
  const headers: Record<string, string | string[]> = { ...made }
  const req = {
    headers: sent,
    httpVersion: '1.1',
    socket: { remoteAddress: '192.0.2.7' },
  } as unknown as IncomingMessage
  const exchange = { req, address: '192.0.2.7', requestId: 'abcdefgh' } as Exchange
  completeHeaders(exchange, headers, {
    ...clientHeaders({
      header: ['X-Tenant', 'X-Customer'],
      bind: [{ in: 'header', name: 'X-Customer', claim: ['sub'] }],
    }),
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
})

test('a service gets the host only if it was compared with a list (rule P4)', () => {
  expect(complete({}, { host: 'evil.example' })).not.toHaveProperty('x-forwarded-host')
  expect(complete({}, { host: 'shop.example' }, { knownHosts: true })).toHaveProperty(
    'x-forwarded-host',
    'shop.example',
  )
})
