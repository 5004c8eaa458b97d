import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { asData } from '../../support/planData.ts'
import { manifest, operation, orderId, planned, spec } from '../../support/planned.ts'

const orders = spec([
  `/orders: { ${operation('get', 'operationId: listOrders, parameters: [{ name: customerId, in: query, schema: { type: string } }]')} }`,
  `/orders/{orderId}: { ${operation('get', `operationId: getOrder, summary: One order, parameters: [${orderId}]`)}, ${operation('delete', `parameters: [${orderId}], deprecated: true`)} }`,
])

const entries = [
  'orders.getOrder: { own: { orderId: $principal.orders }, timeout: 2s }',
  "orders.listOrders: { bind: { customerId: $principal.sub }, access: { when: $principal.tenant == 'shop' } }",
  "'orders DELETE /orders/{orderId}': { access: { roles: [support] }, credential: none }",
]

describe('a plan', () => {
  const { client, explain } = planned(manifest(entries), { orders })

  test('has the routes by path, then method', () => {
    expect(client.routes.map(({ route }) => [route.method, route.path, route.id])).toEqual([
      ['GET', '/orders', 'orders.listOrders'],
      ['DELETE', '/orders/{orderId}', 'orders.delete.orders._orderId'],
      ['GET', '/orders/{orderId}', 'orders.getOrder'],
    ])
  })

  test('has routes as the runtime’s data', () => {
    expect(client.routes[2]).toMatchObject({
      comment: 'orders.yaml > GET /orders/{orderId}',
      summary: 'One order',
      deprecated: false,
      route: {
        id: 'orders.getOrder',
        method: 'GET',
        path: '/orders/{orderId}',
        access: {
          kind: 'principal',
          anyOf: [{ scopes: ['orders:read'], roles: [] }],
          own: [{ parameter: 'orderId', claim: ['orders'] }],
          when: [],
        },
        request: {
          path: ['orderId'],
          query: [],
          header: [],
          cookie: [],
          body: null,
          bind: [],
          undeclaredQuery: 'drop',
          maxBody: 0,
        },
        action: { kind: 'call', service: 'orders', method: 'GET', path: '/orders/{orderId}', credentials: ['header'] },
        contract: { service: 'orders', operation: 'getOrder' },
        answers: { check: 'report', undeclared: 'drop', statuses: ['200'] },
        timeout: 2_000,
      },
    })
    expect(client.routes[0]?.route.timeout).toBe(15_000)
  })

  test('has an access table: who may call what', () => {
    expect(
      client.access.map(({ id, who, decidedBy, unchecked, sends, authenticators }) => ({
        id,
        who,
        decidedBy,
        unchecked,
        sends,
        authenticators,
      })),
    ).toEqual([
      {
        id: 'orders.listOrders',
        who: "scope orders:read; when $principal.tenant == 'shop'; customerId is the caller's sub",
        decidedBy: 'spec + manifest',
        unchecked: [],
        sends: ['a secret in X-Api-Key'],
        authenticators: ['bearer'],
      },
      {
        id: 'orders.delete.orders._orderId',
        who: 'scope orders:read and role support',
        decidedBy: 'spec + manifest',
        unchecked: ['orderId'],
        sends: [],
        authenticators: ['bearer'],
      },
      {
        id: 'orders.getOrder',
        who: "scope orders:read; orderId is the caller's orders, or among them",
        decidedBy: 'spec + manifest',
        unchecked: [],
        sends: ['a secret in X-Api-Key'],
        authenticators: ['bearer'],
      },
    ])
  })

  test('shows where each setting of a route comes from', () => {
    const trace = explain('orders.getOrder').map(({ step, text, from }) => [
      step,
      text,
      typeof from === 'string' ? from : `${from.file}#${from.pointer}`,
    ])
    expect(trace).toEqual([
      ['match', 'GET /orders/{orderId}', 'orders.yaml#/paths/~1orders~1{orderId}/get'],
      ['authenticate', 'jwt `bearer`', 'gateway.yaml#/clients/web/authenticate/0'],
      ['authorize', 'scope orders:read', 'orders.yaml#/security'],
      [
        'authorize',
        "orderId is the caller's orders, or among them",
        'gateway.yaml#/clients/web/expose/orders.getOrder/own/orderId',
      ],
      ['validate', 'path orderId', 'orders.yaml#/paths/~1orders~1{orderId}/get'],
      ['validate', 'other query parameters are dropped', 'the default'],
      ['validate', 'no body', 'orders.yaml#/paths/~1orders~1{orderId}/get'],
      ['call', 'GET http://orders.internal/orders/{orderId}', 'gateway.yaml#/services/orders/url'],
      ['call', 'at most 2000 ms', 'gateway.yaml#/clients/web/expose/orders.getOrder/timeout'],
      ['call', 'with a secret in X-Api-Key', 'gateway.yaml#/services/orders/credential'],
      ['shape', 'JSON is projected to what its schema declares', 'the default'],
      ['shape', 'answers that do not fit are reported', 'the default'],
      ['answer', '200', 'orders.yaml#/paths/~1orders~1{orderId}/get'],
    ])
  })

  test('lists the variables that the gateway reads', () => {
    expect(client.variables).toEqual([
      { name: 'ISSUER', fallback: null, usedBy: ['authenticators.bearer.issuer'], settings: ['authenticators.issuer'] },
      {
        name: 'ORDERS_KEY',
        fallback: null,
        usedBy: ['services.orders.credential.header.value'],
        settings: ['services.credential.header.value'],
      },
    ])
  })

  test('has the client as the runtime’s data', () => {
    expect(client.client).toMatchObject({
      gateway: 'shop',
      name: 'web',
      authenticators: {
        bearer: {
          kind: 'jwt',
          issuers: [
            {
              issuer: '${ISSUER}',
              audience: ['shop'],
              algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
              scopes: ['scope'],
              roles: ['realm', 'roles'],
            },
          ],
        },
      },
      cors: null,
    })
  })
})

test('a plan does not depend on the order of the manifest or of the spec', () => {
  const planOf = (...args: Parameters<typeof planned>) => {
    const { plan } = planned(...args)
    return plan === null ? null : { ...plan, clients: plan.clients.map(asData) }
  }
  const want = planOf(manifest(entries), { orders })
  expect(want).not.toBeNull()
  const lines = orders.split('\n').filter((line) => line.startsWith('  /'))
  const head = orders
    .split('\n')
    .filter((line) => !line.startsWith('  /'))
    .join('\n')
  fc.assert(
    fc.property(
      fc.shuffledSubarray(entries, { minLength: 3 }),
      fc.shuffledSubarray(lines, { minLength: 2 }),
      (some, paths) => {
        expect(planOf(manifest(some), { orders: `${head.trimEnd()}\n${paths.join('\n')}\n` })).toEqual(want)
      },
    ),
    { numRuns: 12 },
  )
})

describe('an operation that cannot be served', () => {
  const traced = spec([
    `/orders: { ${operation('get', 'operationId: list')}, ${operation('trace', 'operationId: trace')} }`,
  ])

  test('is refused if a client exposes it', () => {
    expect(planned(manifest(['orders.*: {}']), { orders: traced }).codes).toEqual(['GW3105'])
  })

  test('does not affect a client that does not expose it', () => {
    expect(planned(manifest(['orders.list: {}']), { orders: traced }).codes).toEqual([])
  })

  test('is left out, named and reported, with skipUnsupported', () => {
    const { client, codes } = planned(manifest(['orders.*: {}']), { orders: traced }, true)
    expect(codes).toEqual(['GW3106'])
    expect(client.routes.map(({ route }) => route.id)).toEqual(['orders.list'])
    expect(client.skipped).toEqual([
      {
        reference: 'orders TRACE /orders',
        reason: 'Gateways do not support TRACE, so orders TRACE /orders cannot be exposed.',
        code: 'GW3105',
      },
    ])
  })
})

test('operations that share an operationId are selected by method and path', () => {
  const twice = spec([
    `/a: { ${operation('get', 'operationId: list')} }`,
    `/b: { ${operation('get', 'operationId: list')} }`,
  ])
  expect(planned(manifest(['orders.list: {}']), { orders: twice }).codes).toEqual(['GW3104'])
  const { client } = planned(manifest(["'orders GET /a': {}"]), { orders: twice })
  expect(client.routes.map(({ route }) => route.id)).toEqual(['orders.get.a'])
})

test('variants of a path need different paths', () => {
  const variants = spec([
    `'/a#one': { ${operation('get', 'operationId: one')} }`,
    `'/a?kind=two': { ${operation('get', 'operationId: two')} }`,
  ])
  expect(planned(manifest(['orders.*: {}']), { orders: variants }).codes).toEqual(['GW3113'])
  const { client } = planned(manifest(['orders.*: {}', 'orders.two: { path: /two }']), { orders: variants })
  expect(client.routes.map(({ route }) => [route.path, route.action.path])).toEqual([
    ['/a', '/a'],
    ['/two', '/a?kind=two'],
  ])
})
