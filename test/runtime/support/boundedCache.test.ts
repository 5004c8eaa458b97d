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

  test('finds most of what is asked for in turn, when that is a little more than there is room for', () => {
    const cache = createBoundedCache<number>(10_000)
    let hits = 0
    const ask = (key: string): void => {
      if (cache.get(key) === undefined) cache.set(key, 1, 10)
      else hits += 1
    }
    const turn = (): void => {
      for (let key = 0; key < 1_100; key += 1) ask(`${key}`)
    }
    for (let warm = 0; warm < 5; warm += 1) turn()
    hits = 0
    for (let turns = 0; turns < 10; turns += 1) turn()
    expect(hits / 11_000).toBeGreaterThan(0.7)
  })

  test('makes room for new callers when all old ones have gone', () => {
    const cache = createBoundedCache<number>(10_000)
    for (let turns = 0; turns < 3; turns += 1) {
      for (let key = 0; key < 1_000; key += 1) if (cache.get(`old-${key}`) === undefined) cache.set(`old-${key}`, 1, 10)
    }
    for (let turns = 0; turns < 5; turns += 1) {
      for (let key = 0; key < 500; key += 1) if (cache.get(`new-${key}`) === undefined) cache.set(`new-${key}`, 1, 10)
    }
    const found = Array.from({ length: 500 }, (_, key) => cache.get(`new-${key}`)).filter(
      (value) => value !== undefined,
    )
    expect(found.length).toBeGreaterThan(400)
  })

  test('drops values that are over while others are stored, below its limit too', () => {
    let now = 0
    const cache = createBoundedCache<number>(1_000_000, (until) => until <= now)
    for (let key = 0; key < 100; key += 1) cache.set(`short-${key}`, 1, 10)
    cache.set('long', 10, 10)
    now = 5
    for (let key = 0; key < 100; key += 1) cache.set(`later-${key}`, 10, 10)
    expect(
      Array.from({ length: 100 }, (_, key) => cache.get(`short-${key}`)).every((value) => value === undefined),
    ).toBe(true)
    expect(cache.get('long')).toBe(10)
    expect(Array.from({ length: 100 }, (_, key) => cache.get(`later-${key}`)).every((value) => value === 10)).toBe(true)
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
