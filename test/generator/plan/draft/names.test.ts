import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parsePath } from '../../../../generator/model/path.ts'
import type { OperationModel } from '../../../../generator/model/types.ts'
import { contractKey, countOperationIds } from '../../../../generator/plan/draft/names.ts'

function keys(paths: Readonly<Record<string, string | null>>): readonly string[] {
  const operations = Object.entries(paths).map(([path, operationId]) => {
    const parsed = parsePath(path)
    if (parsed.kind === 'fault') throw new Error(parsed.reason)
    return { operationId, method: 'GET', reference: `GET ${path}`, path: parsed.template } as unknown as OperationModel
  })
  const counts = countOperationIds(operations)
  return operations.map((operation) => contractKey(operation, counts))
}

describe('the key of an operation', () => {
  const cases: readonly (readonly [string, string | null, string])[] = [
    ['/orders', 'listOrders', 'listOrders'],
    ['/orders', 'Items.List', 'Items.List'],
    ['/orders', null, 'get.orders'],
    ['/orders/{orderId}/line-items', null, 'get.orders._orderId.line-items'],
    ['/orders', 'list orders', 'get.orders'],
    ['/orders', 'constructor', 'get.orders'],
    ['/orders', '__proto__', 'get.orders'],
    ['/orders', 'toString', 'get.orders'],
    ['/orders', 'get.something', 'get.orders'],
    ['/orders', '', 'get.orders'],
    ['/', null, 'get'],
  ]
  test.each(cases)('%s %s is %s', (path, operationId, want) => {
    expect(keys({ [path]: operationId })).toEqual([want])
  })

  test('that is not unique is made from method and path', () => {
    expect(keys({ '/a': 'list', '/b': 'list', '/c': 'other' })).toEqual(['get.a', 'get.b', 'other'])
  })

  test('has a digest where characters were replaced', () => {
    expect(keys({ '/{a}.json': null, '/{a}-json': null })).toEqual([
      expect.stringMatching(/^get\._a--json-[0-9a-f]{8}$/),
      expect.stringMatching(/^get\._a--json-[0-9a-f]{8}$/),
    ])
  })

  test('is different for another path', () => {
    const piece = fc.constantFrom('a', 'B', '_', '-', '.', ':', '{x}', '{_x}', 'é', '{x}.a')
    const path = fc.array(fc.array(piece, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
    const paths = path.map(
      (segments) => `/${segments.map((pieces) => pieces.join('').replaceAll('}{', '}-{')).join('/')}`,
    )
    const readable = paths.filter((one) => parsePath(one).kind === 'template')
    fc.assert(
      fc.property(fc.uniqueArray(readable, { minLength: 2, maxLength: 8 }), (all) => {
        const found = keys(Object.fromEntries(all.map((one) => [one, null])))
        expect(new Set(found).size).toBe(all.length)
      }),
    )
  })
})
