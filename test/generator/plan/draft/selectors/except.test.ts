import { describe, expect, test } from '@jest/globals'
import { manifest, operation, orderId, planned, spec } from '../../../../support/planned.ts'

const orders = spec([
  `/orders: { ${operation('get', 'operationId: listOrders, tags: [reading]')} }`,
  `/orders/{orderId}: { ${operation('get', `operationId: getOrder, tags: [reading], parameters: [${orderId}]`)} }`,
  `/admin/orders: { ${operation('get', 'operationId: audit, tags: [admin]')} }`,
])
const idsOf = (...entries: readonly string[]) =>
  planned(manifest(entries), { orders }).client.routes.map(({ route }) => route.id)

describe('an exception of an entry', () => {
  test.each([
    ['an operationId', 'orders.audit'],
    ['a method and a path', "'orders GET /admin/orders'"],
    ['a path', "'orders * /admin/orders'"],
    ['a prefix', "'orders * /admin/*'"],
    ['a tag', 'orders#admin'],
  ])('by %s is not exposed', (_, except) => {
    expect(idsOf(`orders.*: { except: [${except}] }`)).toEqual(['orders.listOrders', 'orders.getOrder'])
  })

  test('counts for its entry only: another entry exposes the operation, without the options of the first', () => {
    const { route } = planned(
      manifest(['orders.*: { timeout: 1s, except: [orders.audit] }', 'orders.audit: { answers: off }']),
      { orders },
    ).route('orders.audit')
    expect([route.timeout, route.answers.check]).toEqual([15_000, 'off'])
  })

  test('stands beside a tag too', () => {
    expect(idsOf('orders#reading: { except: [orders.getOrder] }')).toEqual(['orders.listOrders'])
  })
})

describe('a rule by its name', () => {
  const withRules = (rules: string, ...entries: readonly string[]) =>
    planned(`${manifest(entries)}\nrules: ${rules}\n`, { orders })

  test('is the access of each entry that names it', () => {
    const { client } = withRules(
      '{ staff: { roles: [staff] } }',
      'orders.listOrders: { access: staff }',
      'orders.getOrder: { access: staff }',
    )
    expect(client.access.map(({ who }) => who)).toEqual([
      'scope orders:read and role staff',
      'scope orders:read and role staff',
    ])
  })

  test('is laid over that of a less specific entry, member by member', () => {
    const { client } = withRules(
      '{ staff: { roles: [staff] } }',
      "orders.*: { access: { scopes: ['orders:all'] } }",
      'orders.getOrder: { access: staff }',
    )
    expect(client.access.map(({ id, who }) => [id, who])).toContainEqual([
      'orders.getOrder',
      'scopes orders:all and orders:read and role staff',
    ])
  })

  test('that contradicts itself is reported once, at the rule', () => {
    const { diagnostics } = withRules(
      '{ open: { public: Everybody, roles: [staff] } }',
      'orders.listOrders: { access: open }',
      'orders.getOrder: { access: open }',
    )
    const found = diagnostics.filter(({ code }) => code === 'GW3008')
    expect(found.map(({ message, origin }) => [message, origin?.pointer])).toEqual([
      ['The access of `rules.open` is public and also requires a caller.', '/rules/open'],
    ])
  })

  test('that does not exist or is undecided causes no second error about access', () => {
    expect(withRules('{ open: undecided }', 'orders.audit: { access: open }').codes).toEqual(['GW3501'])
    expect(withRules('{ open: undecided }', 'orders.audit: { access: opne }').codes).toEqual(['GW3500'])
  })
})
