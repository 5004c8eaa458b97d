import { expect, test } from '@jest/globals'
import { createPublicBase } from '../../../templates/runtime/answers/publicBase.ts'
import type { Exchange } from '../../../templates/runtime/exchange/exchange.ts'
import { createAddressSet } from '../../../templates/runtime/words/addresses.ts'
import { createMemoryObserver } from '../../support/observed.ts'

/** The base of a request, and whether a line was logged. */
function baseOf(basePath: string | null, baseUrl: string, prefix: string | undefined, peer = '10.0.0.1') {
  const observer = createMemoryObserver()
  const base = createPublicBase(basePath, createAddressSet(['10.0.0.0/8']), observer)
  const headers = prefix === undefined ? {} : { 'x-forwarded-prefix': prefix }
  const req = { baseUrl, headers, socket: { remoteAddress: peer } } as unknown as Exchange['req']
  return [base({ req, requestId: 'abcdefgh' }), observer.events.length]
}

test.each<readonly [string | null, string, string | undefined, string, string, number]>([
  [null, '', undefined, '10.0.0.1', '', 0],
  [null, '', '/api', '10.0.0.1', '/api', 0],
  [null, '', '/api/v1.0/~a_b', '10.0.0.1', '/api/v1.0/~a_b', 0],
  [null, '', '/api', '192.0.2.7', '', 0],
  [null, '', '//evil.example', '10.0.0.1', '', 1],
  [null, '', '/api/..', '10.0.0.1', '', 1],
  [null, '', '', '10.0.0.1', '', 1],
  [null, '', '//evil.example', '192.0.2.7', '', 0],
  [null, '/gw', '/api', '10.0.0.1', '/gw', 0],
  [null, '/caf%C3%A9', undefined, '10.0.0.1', '/caf%C3%A9', 0],
  [null, '//evil.example', undefined, '10.0.0.1', '', 0],
  ['/api', '/gw', '/other', '10.0.0.1', '/api', 0],
])('basePath %s, mounted at %j, X-Forwarded-Prefix %s from %s: %j', (basePath, mount, prefix, peer, want, lines) => {
  expect(baseOf(basePath, mount, prefix, peer)).toEqual([want, lines])
})
