import { expect, test } from '@jest/globals'
import { createLogObserver } from '../../../templates/runtime/observe/logObserver.ts'
import type { Observer } from '../../../templates/runtime/observe/observer.ts'

const drift = {
  route: 'orders.get',
  status: 200,
  what: 'body',
  faults: [{ pointer: '/a', detail: 'is required' }],
} as const

test.each<[string, (observer: Observer) => void, string, object, string]>([
  [
    'a failed call',
    (observer) => observer.callFailed({ requestId: 'r', service: 'orders', code: 'ECONNREFUSED' }),
    'warn',
    { id: 'r', service: 'orders', code: 'ECONNREFUSED' },
    'the call of a service failed',
  ],
  [
    'an undecided call',
    (observer) => observer.callUndecided({ requestId: 'r', route: 'orders.get' }),
    'error',
    { id: 'r', route: 'orders.get' },
    'reached a service without an access decision; nothing was sent',
  ],
  [
    'a drift',
    (observer) => observer.answerDrifted({ requestId: 'r', ...drift }),
    'warn',
    { id: 'r', ...drift },
    'the answer of a service does not match its contract',
  ],
  [
    'a request that failed in the gateway',
    (observer) => observer.requestFailed({ requestId: 'r', error: 'thrown' }),
    'error',
    { id: 'r', err: 'thrown' },
    'internal error',
  ],
  [
    'an issuer whose keys are not available',
    (observer) => observer.issuerKeysUnavailable({ issuer: 'https://id.example', reason: 'timeout', failures: 2 }),
    'warn',
    { issuer: 'https://id.example', reason: 'timeout', failures: 2 },
    'could not obtain the keys of an issuer',
  ],
  [
    'a message that is not a request',
    (observer) => observer.messageRejected({ requestId: 'r', problem: 'malformed-request' }),
    'info',
    { client: 'web', id: 'r', problem: 'malformed-request' },
    'malformed request',
  ],
  [
    'a proxy that is not trusted',
    (observer) => observer.proxyUnknown(),
    'warn',
    {},
    'requests come with X-Forwarded-* or Forwarded, but trustedProxies is empty: all clients of a proxy count as one address',
  ],
  [
    'trusted proxies that contain callers',
    (observer) => observer.proxiesUnrestricted({ families: ['IPv4'] }),
    'warn',
    { families: ['IPv4'] },
    'trustedProxies contains callers, who can choose the address that they are known by',
  ],
  [
    'certificates that are not verified',
    (observer) => observer.tlsUnverified(),
    'warn',
    {},
    'certificates of services and identity providers are not verified: NODE_TLS_REJECT_UNAUTHORIZED is 0',
  ],
  ['a stream that began', (observer) => observer.streamOpened(1), 'debug', { open: 1 }, 'an event stream began'],
  ['a stream that ended', (observer) => observer.streamClosed(0), 'debug', { open: 0 }, 'an event stream ended'],
])('%s is one line', (_, tell, level, fields, message) => {
  const lines: unknown[] = []
  const at = (name: string) => (given: object, text?: string) => lines.push([name, given, text])
  const log = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), fatal: at('fatal') }
  tell(createLogObserver(log, () => lines.push('access'), 'web'))
  expect(lines).toEqual([[level, fields, message]])
})
