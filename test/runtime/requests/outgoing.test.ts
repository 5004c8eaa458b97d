import type { IncomingMessage } from 'node:http'
import { describe, expect, test } from '@jest/globals'
import type { Exchange } from '../../../templates/runtime/exchange/exchange.ts'
import { clientHeaders, completeHeaders, type OutgoingPlan } from '../../../templates/runtime/requests/outgoing.ts'
import { createAddressSet } from '../../../templates/runtime/words/addresses.ts'

/** What goes to a service, of what `validate` made and a client sent. */
function complete(made: Record<string, string>, sent: Record<string, string>, more: Partial<OutgoingPlan> = {}) {
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
    '%s takes back what the client sent',
    (connection) => {
      expect(complete({ 'x-tenant': 'a' }, { connection })).not.toHaveProperty('x-tenant')
    },
  )

  test.each(['X-Customer', 'close, x-customer', 'Content-Type', 'X-Forwarded-For', 'Via', 'X-Request-Id', 'Cookie'])(
    '%s takes away nothing that the gateway says',
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

test.each([
  'Authorization',
  'Cookie',
  'Host',
  'Content-Length',
  'Transfer-Encoding',
  'Connection',
  'Expect',
  'Forwarded',
  'X-Forwarded-User',
  'X-Real-IP',
  'X-Original-URL',
  'X-HTTP-Method-Override',
  'X-Gatewright-Subject',
])('%s is not the client’s to send, even if it is documented (rules R4, H1)', (name) => {
  const policy = clientHeaders({ header: [name], bind: [] })
  expect(complete({ [name.toLowerCase()]: 'evil' }, {}, policy)[name.toLowerCase()]).toBeUndefined()
})

describe('bodies', () => {
  const sent = { range: 'bytes=0-1', 'if-range': '"1"', 'accept-encoding': 'gzip', 'if-none-match': '"2"' }

  test('that may have to be read are asked for whole and plain', () => {
    const headers = complete({ range: 'bytes=0-1' }, sent)
    expect(headers).toMatchObject({ 'accept-encoding': 'identity', 'if-none-match': '"2"' })
    expect(headers).not.toHaveProperty('range')
    expect(headers).not.toHaveProperty('if-range')
  })

  test('that pass are asked for as the client asks', () => {
    expect(complete({}, sent, { plain: false, whole: false })).toMatchObject(sent)
  })
})

test('a service is told of a host only if it was compared with a list (rule P4)', () => {
  expect(complete({}, { host: 'evil.example' })).not.toHaveProperty('x-forwarded-host')
  expect(complete({}, { host: 'shop.example' }, { knownHosts: true })).toHaveProperty(
    'x-forwarded-host',
    'shop.example',
  )
})
