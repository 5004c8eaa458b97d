import { describe, expect, test } from '@jest/globals'
import { completeRoute } from '../../../../templates/runtime/startup/completion.ts'
import { manifest, operation, orderId, type Planned, planned, spec } from '../../../support/planned.ts'

const orders = spec([
  `/orders/{orderId}: { ${operation('get', `operationId: getOrder, parameters: [${orderId}]`)} }`,
  `/orders: { ${operation('post', "operationId: createOrder, requestBody: { content: { 'application/json': { schema: {} } } }")} }`,
  `/scans: { ${operation('put', "operationId: putScan, requestBody: { content: { 'image/png': {} } }")} }`,
])
const service = (...settings: readonly string[]) => ({
  service: ['url: http://orders.internal', ...settings].join('\n    '),
})
const all = 'orders.*: {}'
const written = ({ client }: Planned) => client.routes.map((route) => route.written)

describe('a setting of a service or a client', () => {
  test.each([
    ['timeout', service('timeout: 2s'), { timeout: 2_000 }],
    ['answers', service('answers: enforce'), { answers: { check: 'enforce', undeclared: 'drop' } }],
    ['undeclared', service('undeclared: pass'), { answers: { check: 'report', undeclared: 'pass' } }],
  ])('is written once, in services.ts: %s', (_, more, want) => {
    const changed = planned(manifest([all], more), { orders })
    expect(changed.client.services[0]?.service).toMatchObject(want)
    expect(written(changed)).toEqual(written(planned(manifest([all]), { orders })))
  })

  test('is written once, in client.ts: undeclaredQuery', () => {
    const changed = planned(manifest([all], { client: 'undeclaredQuery: refuse' }), { orders })
    expect(changed.client.client.undeclaredQuery).toBe('refuse')
    expect(written(changed)).toEqual(written(planned(manifest([all]), { orders })))
  })

  test('is written once, in services.ts: credential', () => {
    const { client } = planned(manifest([all]), { orders })
    expect(client.services[0]?.service.sends).toEqual(['header'])
    expect(client.routes.every((route) => route.written.action.credentials === undefined)).toBe(true)
  })
})

test('a route has the settings of its entries', () => {
  const entry =
    'orders.createOrder: { timeout: 1s, answers: off, undeclared: pass, undeclaredQuery: drop, maxBody: 2MB, credential: none }'
  expect(written(planned(manifest([entry]), { orders }))).toMatchObject([
    {
      request: { body: ['application/json'], undeclaredQuery: 'drop', maxBody: 2_000_000 },
      action: { credentials: [] },
      answers: { check: 'off', undeclared: 'pass' },
      timeout: 1_000,
    },
  ])
})

test('a route without inputs has no request', () => {
  const { route } = planned(manifest(['orders.getOrder: {}']), {
    orders: orders.replace(orderId, '').replaceAll('{orderId}', 'first'),
  })
  expect(Object.keys(route('orders.getOrder').written)).not.toContain('request')
})

test.each([
  ['defaults', [all], {}],
  ['settings of the service', [all], service('timeout: 2s', 'answers: enforce', 'undeclared: pass')],
  ['settings of the client', [all], { client: 'undeclaredQuery: refuse' }],
  [
    'settings of entries',
    [
      'orders.*: { timeout: 3s, maxBody: 2MB, undeclaredQuery: drop }',
      'orders.getOrder: { answers: off, credential: none }',
      'orders.putScan: { undeclared: pass, maxBody: 20MB, credential: { identity: { audience: scans } } }',
    ],
    { client: 'undeclaredQuery: refuse', ...service('answers: enforce') },
  ],
])('the runtime completes the written routes to the planned ones: %s', (_, entries, more) => {
  const { client } = planned(manifest(entries, more), { orders })
  const completed = client.routes.map(({ written }) => {
    const found = client.services.find(({ id }) => id === written.action.service)
    if (found === undefined) throw new Error('A route calls a service of its gateway.')
    return completeRoute(written, client.client, found.service)
  })
  expect(completed).toEqual(client.routes.map(({ route }) => route))
})
