import { describe, expect, test } from '@jest/globals'
import { createLocationRewriter } from '../../../templates/runtime/answers/location.ts'
import { some } from '../../support/gatewayParts.ts'

describe('a URL from a service (rules O1, O3)', () => {
  const route = (method: 'GET' | 'POST', path: string, upstream: string, query: readonly string[] = []) =>
    some.route(method, path, {
      request: some.request(path, { query }),
      action: { kind: 'call', service: 'orders', method, path: upstream, credentials: [] },
    })
  const rewrite = createLocationRewriter(
    [new URL('http://orders:8080/api'), new URL('http://10.0.0.7/other/')],
    [
      route('POST', '/orders', '/v1/orders', []),
      route('GET', '/orders', '/v1/orders', ['page', 'sort by']),
      route('GET', '/my/orders/{id}', '/v1/orders/{id}'),
      route('GET', '/reports/{year}.csv', '/v1/reports/{year}/{kind}'),
      route('GET', '/archive/{kind}', '/v1/archive/{bound}/{kind}'),
      route('GET', '/{owner}/{repo}', '/v1/repos/{owner}/{repo}'),
    ],
    new Set(['/health/live']),
  )

  test.each([
    ['http://orders:8080/api/v1/orders/7', '/my/orders/7'],
    ['http://10.0.0.7/other/v1/orders/7', '/my/orders/7'],
    ['/api/v1/orders/7', '/my/orders/7'],
    ['7', '/my/orders/7'],
    ['./7', '/my/orders/7'],
    ['/api/v1/orders/a%20b', '/my/orders/a%20b'],
    ['/api/v1/orders/a b', '/my/orders/a%20b'],
    ['/api/v1/orders?page=2&secret=1', '/orders?page=2'],
    ['/api/v1/orders?sort+by=a%26b#part', '/orders?sort+by=a%26b'],
    ['/api/v1/archive/alice/old', '/archive/old'],
    ['http://orders:8080/v1/orders/7', null],
    ['http://orders:8081/api/v1/orders/7', null],
    ['https://orders:8080/api/v1/orders/7', '/my/orders/7'],
    ['http://evil.example/api/v1/orders/7', null],
    ['//evil.example/api/v1/orders/7', null],
    ['http://orders:8080@evil.example/api/v1/orders/7', null],
    ['http://user@orders:8080/api/v1/orders/7', null],
    ['http://169.254.169.254/latest', null],
    ['/api/v1/orders/7/items', null],
    ['/api/v1/internal', null],
    ['/api/v1/orders/%2e%2e/internal', null],
    ['/api/v1/orders/a%2fb', null],
    ['/api/v1/reports/2024/full', '/reports/2024.csv'],
    ['javascript:alert(1)', null],
    ['http://[', null],
    ['', null],
    ['.', null],
    ['../orders', '/orders'],
    ['/api/v1/repos/a/b', '/a/b'],
    ['/api/v1/repos/health/other', '/health/other'],
    ['/api/v1/repos/health/live', null],
    ['/api/v1/repos/health/li%76e', null],
  ])('%s becomes %s', (location, want) => {
    expect(rewrite(location, '/v1/orders/', null)).toBe(want)
  })

  const sent = new URL('https://api.shop.example')
  test.each([
    ['https://api.shop.example/api/v1/orders/7', '/my/orders/7'],
    ['http://API.shop.example:80/api/v1/orders/7', '/my/orders/7'],
    ['https://api.shop.example:443/other/v1/orders/7', '/my/orders/7'],
    ['//api.shop.example/api/v1/orders/7', '/my/orders/7'],
    ['https://orders:8080/api/v1/orders/7', '/my/orders/7'],
    ['https://10.0.0.7/other/v1/orders/7', '/my/orders/7'],
    ['https://10.0.0.7:80/other/v1/orders/7', '/my/orders/7'],
    ['/api/v1/orders/7', '/my/orders/7'],
    ['https://api.shop.example:8443/api/v1/orders/7', null],
    ['https://api.shop.example/v1/orders/7', null],
    ['https://api.shop.example.evil.example/api/v1/orders/7', null],
    ['https://evil.example/api/v1/orders/7', null],
    ['https://user@api.shop.example/api/v1/orders/7', null],
    ['ftp://api.shop.example/api/v1/orders/7', null],
  ])('of the gateway’s own address %s becomes %s', (location, want) => {
    expect(rewrite(location, '/v1/orders/', sent)).toBe(want)
  })

  test('is removed if the client lacks one of its inputs', () => {
    const withheld = createLocationRewriter(
      [new URL('http://orders')],
      [route('GET', '/orders/{id}', '/v1/orders/{other}')],
      new Set(),
    )
    expect(withheld('/v1/orders/7', '/', null)).toBeNull()
  })
})
