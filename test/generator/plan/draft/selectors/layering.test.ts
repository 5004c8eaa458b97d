import { describe, expect, test } from '@jest/globals'
import { manifest, operation, orderId, planned, spec } from '../../../../support/planned.ts'

const orders = spec([
  `/orders/{orderId}: { ${operation('get', `operationId: getOrder, tags: [history], parameters: [${orderId}, { name: shop, in: query, schema: { type: string } }, { name: region, in: query, schema: { type: string } }]`)} }`,
])
const withEntries = (...entries: readonly string[]) => planned(manifest(entries), { orders })
const route = (...entries: readonly string[]) => withEntries(...entries).route('orders.getOrder').route

describe('a more specific entry overrides a less specific one', () => {
  test('option by option', () => {
    const { timeout, answers } = route(
      'orders.*: { timeout: 2s, answers: enforce, undeclared: pass }',
      'orders#history: { timeout: 3s }',
      'orders.getOrder: { answers: off }',
    )
    expect({ timeout, answers }).toEqual({
      timeout: 3_000,
      answers: { check: 'off', undeclared: 'pass', statuses: ['200'] },
    })
  })

  test('whatever the order in the file', () => {
    const entries = [
      'orders.getOrder: { timeout: 3s }',
      "'orders GET /orders/*': { timeout: 2s }",
      'orders.*: { timeout: 1s }',
    ]
    expect(route(...entries)).toEqual(route(...entries.toReversed()))
  })

  test('an access rule keeps the requirements of a less specific entry', () => {
    const { access } = route(
      "orders.*: { access: { scopes: ['orders:all'] } }",
      'orders.getOrder: { access: { roles: [support] } }',
    )
    expect(access).toMatchObject({ anyOf: [{ scopes: ['orders:all', 'orders:read'], roles: ['support'] }] })
  })

  test('scopes replace scopes', () => {
    const { access } = route(
      "orders.*: { access: { scopes: ['orders:all'] } }",
      "orders.getOrder: { access: { scopes: ['orders:one'] } }",
    )
    expect(access).toMatchObject({ anyOf: [{ scopes: ['orders:one', 'orders:read'] }] })
  })

  test('an override replaces the whole rule', () => {
    const { access } = route(
      'orders.*: { access: { roles: [support] } }',
      'orders.getOrder: { access: { override: { authenticated: true }, because: Migration } }',
    )
    expect(access).toMatchObject({ anyOf: [{ scopes: [], roles: [] }] })
  })

  test('a rule replaces a less specific override, and what that one replaced is not restored', () => {
    const { access } = route(
      'orders.*: { access: { roles: [support] } }',
      'orders#history: { access: { override: { authenticated: true }, because: Migration } }',
      'orders.getOrder: { access: { roles: [auditor] } }',
    )
    expect(access).toMatchObject({ anyOf: [{ scopes: ['orders:read'], roles: ['auditor'] }] })
  })

  test('a bind of one input keeps the binds of others', () => {
    const { request } = route(
      'orders.*: { bind: { shop: $principal.shop } }',
      'orders.getOrder: { bind: { region: $principal.region } }',
    )
    expect(request.bind.map(({ name }) => name)).toEqual(['region', 'shop'])
    expect(request.query).toEqual([])
  })
})

describe('entries of equal specificity', () => {
  test('may agree', () => {
    expect(route('orders#history: { timeout: 2s }', "'orders GET /orders/*': { timeout: 2s }").timeout).toBe(2_000)
  })

  test('must not disagree', () => {
    const { codes } = withEntries('orders#history: { timeout: 2s }', "'orders GET /orders/*': { timeout: 3s }")
    expect(codes).toEqual(['GW3103'])
  })

  test('may disagree if a more specific one decides', () => {
    const { timeout } = route(
      'orders#history: { timeout: 2s }',
      "'orders GET /orders/*': { timeout: 3s }",
      'orders.getOrder: { timeout: 4s }',
    )
    expect(timeout).toBe(4_000)
  })

  test('must not disagree on members of access either', () => {
    const { codes } = withEntries(
      "orders#history: { access: { scopes: ['a'] } }",
      "'orders GET /orders/*': { access: { scopes: ['b'] } }",
    )
    expect(codes).toEqual(['GW3103'])
  })
})
