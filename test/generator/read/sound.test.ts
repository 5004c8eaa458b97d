import { describe, expect, test } from '@jest/globals'
import { manifestSchema } from '../../../generator/read/index.ts'
import { soundParts } from '../../../generator/read/sound.ts'
import type { JsonObject } from '../../../generator/support/index.ts'

const manifest: JsonObject = {
  gatewright: 1,
  name: 'shop',
  services: { orders: { spec: 'orders.yaml', timeout: '1s' }, stock: { spec: 'stock.yaml' } },
  authenticators: { browser: { type: 'jwt' }, key: { type: 'api-key' } },
  clients: {
    web: {
      authenticate: ['browser'],
      cors: { origins: [] },
      expose: { 'orders.getOrder': { timeout: '1s' }, 'orders GET /orders': {}, 'stock.*': {} },
    },
    partner: { authenticate: ['key'], expose: { 'orders#history': {} } },
  },
}

/** What is left: services, authenticators, and the entries of each client. */
function left(pointers: readonly string[], services: readonly string[] = [], of: JsonObject = manifest): unknown {
  const errors = pointers.map((pointer) => ({ file: 'gateway.yaml', pointer }))
  const sound = soundParts(of, errors, services, manifestSchema())
  if (sound === null) return null
  const names = (value: unknown): readonly string[] => Object.keys(value ?? {})
  const clients = Object.entries(sound.manifest['clients'] as Record<string, JsonObject>)
  return [
    names(sound.manifest['services']).join(' '),
    names(sound.manifest['authenticators']).join(' '),
    ...clients.map(([id, { expose }]) => `${id}: ${names(expose).join(', ')}`),
  ]
}

const web = 'web: orders.getOrder, orders GET /orders, stock.*'
const partner = 'partner: orders#history'

describe('an error leaves out its part and what depends on it', () => {
  test.each([
    ['nothing', [], ['orders stock', 'browser key', web, partner]],
    ['the name', ['/name'], ['orders stock', 'browser key', web, partner]],
    ['a service', ['/services/orders/url'], ['stock', 'browser key', 'web: stock.*', 'partner: ']],
    ['an authenticator', ['/authenticators/key/keys'], ['orders stock', 'browser', web]],
    ['a client', ['/clients/web/authenticate/0'], ['orders stock', 'browser key', partner]],
    [
      'an entry of expose',
      ['/clients/web/expose/orders.getOrder/access'],
      ['orders stock', 'browser key', 'web: stock.*', partner],
    ],
    ['a harmless setting of a service', ['/services/orders/timeout'], ['orders stock', 'browser key', web, partner]],
    ['a misspelt one', ['/services/orders/timeuot'], ['orders stock', 'browser key', web, partner]],
    [
      'a setting with an unknown name',
      ['/services/orders/address'],
      ['stock', 'browser key', 'web: stock.*', 'partner: '],
    ],
    [
      'a harmless setting of an entry',
      ['/clients/web/expose/orders.getOrder/timeout'],
      ['orders stock', 'browser key', web, partner],
    ],
  ])('%s', (_what, pointers, want) => {
    expect(left(pointers)).toEqual(want)
  })

  test('a document', () => {
    expect(left([], ['stock'])).toEqual(['orders', 'browser key', 'web: orders.getOrder, orders GET /orders', partner])
  })

  test.each(['', '/services', '/clients', '/authenticator'])('the whole manifest: %s', (pointer) => {
    expect(left([pointer])).toBeNull()
  })

  const ruled: JsonObject = {
    ...manifest,
    rules: { staff: { roles: ['staff'] }, owner: { authenticated: true } },
    clients: {
      web: { expose: { 'orders.getOrder': { access: 'staff' }, 'orders.*': {}, 'stock.*': { access: 'owner' } } },
      app: { expose: { 'orders.*': { access: 'staf' }, 'stock.getItem': { access: { roles: ['staff'] } } } },
    },
  }
  const withoutRules = ['orders stock', 'browser key', 'web: ', 'app: stock.getItem']
  test.each([
    ['a rule', '/rules/staff/role', ['orders stock', 'browser key', 'web: stock.*', 'app: stock.getItem']],
    ['all rules', '/rules', withoutRules],
    ['rules with a misspelt name', '/rule', withoutRules],
  ])('%s', (_what, pointer, want) => {
    expect(left([pointer], [], ruled)).toEqual(want)
  })

  test('a part with an unknown name, on which nothing depends', () => {
    expect(left(['/middleware'])).toEqual(left([]))
    expect(left(['/$schema'])).toEqual(left([]))
  })

  test('entries and clients that misspell a part with an error', () => {
    const misspelt: JsonObject = {
      ...manifest,
      clients: {
        web: { authenticate: ['browsr'], expose: {} },
        app: { expose: { 'order.getOrder': {}, 'other.*': {} } },
      },
    }
    expect(left(['/services/orders', '/authenticators/browser'], [], misspelt)).toEqual([
      'stock',
      'key',
      'app: other.*',
    ])
  })
})

test('a harmless setting is left out, and only it', () => {
  const errors = [{ file: 'gateway.yaml', pointer: '/services/orders/timeout' }]
  const services = soundParts(manifest, errors, [], manifestSchema())?.manifest['services']
  expect(services).toEqual({ orders: { spec: 'orders.yaml' }, stock: { spec: 'stock.yaml' } })
})

test('a rule with an error is left out, and only it', () => {
  const rules = { staff: { role: ['staff'] }, owner: { authenticated: true } }
  const errors = [{ file: 'gateway.yaml', pointer: '/rules/staff/role' }]
  const sound = soundParts({ ...manifest, rules }, errors, [], manifestSchema())?.manifest
  expect(sound?.['rules']).toEqual({ owner: { authenticated: true } })
})
