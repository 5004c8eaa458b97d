import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createBoundedCache } from '../../../templates/runtime/support/boundedCache.ts'

describe('rule F19: a bounded cache', () => {
  test('returns stored values', () => {
    const cache = createBoundedCache<number>(100)
    cache.set('a', 1, 10)
    cache.set('a', 2, 10)
    expect(cache.get('a')).toBe(2)
    expect(cache.get('b')).toBeUndefined()
    cache.delete('a')
    expect(cache.get('a')).toBeUndefined()
  })

  test('keeps entries that are used while others come and go', () => {
    const cache = createBoundedCache<number>(100)
    cache.set('popular', 1, 10)
    for (let i = 0; i < 1_000; i += 1) {
      cache.set(`once-${i}`, i, 10)
      expect(cache.get('popular')).toBe(1)
    }
    expect(cache.get('once-0')).toBeUndefined()
  })

  test('does not store an entry of more than half its size', () => {
    const cache = createBoundedCache<number>(100)
    cache.set('a', 1, 10)
    cache.set('a', 2, 51)
    expect(cache.get('a')).toBeUndefined()
  })

  test('never exceeds its size in bytes, and never returns a stale value', () => {
    const operation = fc.record({
      kind: fc.constantFrom('set', 'get', 'delete'),
      key: fc.integer({ min: 0, max: 20 }).map(String),
      bytes: fc.integer({ min: 1, max: 60 }),
    })
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 200 }), (operations) => {
        const cache = createBoundedCache<{ readonly turn: number; readonly bytes: number }>(100)
        const last = new Map<string, number>()
        operations.forEach(({ kind, key, bytes }, turn) => {
          if (kind === 'set') {
            cache.set(key, { turn, bytes }, bytes)
            last.set(key, turn)
          } else if (kind === 'delete') {
            cache.delete(key)
            last.delete(key)
          } else {
            const found = cache.get(key)
            if (found !== undefined) expect(found.turn).toBe(last.get(key))
          }
        })
        // Reading each entry may evict others, but never adds bytes.
        const held = [...last.keys()].map((key) => cache.get(key)?.bytes ?? 0)
        expect(held.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(100)
      }),
    )
  })
})
