import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { isMoreSpecific, parseSelector, type Selector } from '../../../../../generator/plan/draft/selectors/selector.ts'

describe('a selector is parsed', () => {
  const cases: readonly (readonly [string, Selector | null])[] = [
    ['orders.getOrder', { service: 'orders', kind: 'operationId', operationId: 'getOrder' }],
    ['orders.Items.List', { service: 'orders', kind: 'operationId', operationId: 'Items.List' }],
    ['orders.*', { service: 'orders', kind: 'service' }],
    ['orders#Order history', { service: 'orders', kind: 'tag', tag: 'Order history' }],
    ['orders GET /orders/{id}', { service: 'orders', kind: 'path', method: 'GET', path: '/orders/{id}' }],
    ['orders get /orders', { service: 'orders', kind: 'path', method: 'GET', path: '/orders' }],
    ['orders PUT /files/{id}#replace', { service: 'orders', kind: 'path', method: 'PUT', path: '/files/{id}#replace' }],
    ['orders * /orders', { service: 'orders', kind: 'path', method: null, path: '/orders' }],
    ['orders GET /orders/*', { service: 'orders', kind: 'prefix', method: 'GET', prefix: '/orders/' }],
    ['orders * /*', { service: 'orders', kind: 'prefix', method: null, prefix: '/' }],
    ['orders', null],
    ['orders/getOrder', null],
    ['orders GET', null],
    ['orders GET orders', null],
    ['', null],
  ]
  test.each(cases)('%s', (text, want) => {
    expect(parseSelector(text)).toEqual(want)
  })
})

describe('which of two selectors is more specific', () => {
  const cases: readonly (readonly [string, '>' | '=', string])[] = [
    ['o.getOrder', '>', 'o * /orders'],
    ['o GET /orders', '>', 'o * /orders'],
    ['o.getOrder', '=', 'o GET /orders'],
    ['o * /orders', '>', 'o GET /*'],
    ['o * /orders', '>', 'o#history'],
    ['o GET /orders/*', '>', 'o * /orders/*'],
    ['o GET /orders/lines/*', '>', 'o GET /orders/*'],
    ['o * /orders/lines/*', '=', 'o GET /orders/*'],
    ['o#history', '=', 'o GET /orders/*'],
    ['o#history', '=', 'o#orders'],
    ['o#history', '>', 'o.*'],
    ['o * /*', '>', 'o.*'],
  ]
  test.each(cases)('%s %s %s', (left, relation, right) => {
    const [a, b] = [parseSelector(left), parseSelector(right)]
    if (a === null || b === null) throw new Error('not a selector')
    expect([isMoreSpecific(a, b), isMoreSpecific(b, a)]).toEqual([relation === '>', false])
  })

  test('is a strict partial order', () => {
    const prefix = fc.constantFrom('/', '/a/', '/a/b/', '/b/')
    const method = fc.constantFrom('GET', 'PUT', null)
    const selector: fc.Arbitrary<Selector> = fc.oneof(
      fc.constant({ service: 'o', kind: 'service' } as const),
      fc.constant({ service: 'o', kind: 'tag', tag: 't' } as const),
      fc.record({ service: fc.constant('o'), kind: fc.constant('prefix' as const), method, prefix }),
      fc.record({ service: fc.constant('o'), kind: fc.constant('path' as const), method, path: prefix }),
    )
    fc.assert(
      fc.property(selector, selector, selector, (a, b, c) => {
        if (isMoreSpecific(a, b)) expect(isMoreSpecific(b, a)).toBe(false)
        if (isMoreSpecific(a, b) && isMoreSpecific(b, c)) expect(isMoreSpecific(a, c)).toBe(true)
      }),
    )
  })
})
