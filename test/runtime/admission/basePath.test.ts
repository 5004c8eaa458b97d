import { describe, expect, test } from '@jest/globals'
import { createRemoveBase } from '../../../templates/runtime/admission/basePath.ts'

describe('a base path is removed from a path', () => {
  test.each<readonly [string, string, string | null]>([
    ['/api', '/api/orders', '/orders'],
    ['/api', '/api/orders/', '/orders/'],
    ['/api', '/api', '/'],
    ['/api', '/api/', '/'],
    ['/api', '/%61p%69/a%20b', '/a%20b'],
    ['/api', '/apis/orders', null],
    ['/api', '/API/orders', null],
    ['/api', '/orders', null],
    ['/api', '/', null],
    ['/api', '/ap%69s', null],
    ['/api/gw', '/api/gw/api/gw', '/api/gw'],
    ['/api/gw', '/api/orders', null],
    ['/api/gw', '/api', null],
    ['/api/gw', '/api/g%77', '/'],
  ])('%s from %s: %s', (base, path, want) => {
    expect(createRemoveBase(base)(path, '')).toBe(want)
  })

  test.each<readonly [string, string, string, string | null]>([
    ['/api/gw', '/api/gw', '/orders', '/orders'],
    ['/api/gw', '/API/%67w', '/orders', '/orders'],
    ['/api/gw', '/gw', '/orders', '/orders'],
    ['/api/gw', '/api', '/gw/orders', '/orders'],
    ['/api/gw', '/api', '/orders', null],
    ['/api/gw', '/inner', '/api/gw/orders', '/orders'],
    ['/api/gw', '/inner', '/orders', null],
  ])('%s, of which Express has removed %s, from %s: %s', (base, mount, path, want) => {
    expect(createRemoveBase(base)(path, mount)).toBe(want)
  })
})
