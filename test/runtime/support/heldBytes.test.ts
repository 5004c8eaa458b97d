import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { HeldBytes, type Holder } from '../../../templates/runtime/support/heldBytes.ts'

const holder = (callerKey: string): Holder => ({ held: 0, account: null, callerKey })

describe('bytes that are held for requests (rule F27)', () => {
  test('one caller holds at most as much as it leaves free, and a further caller half of what is left', () => {
    const held = new HeldBytes(1_200_000)
    const claimed = (caller: string) => {
      let bytes = 0
      while (held.claim(holder(caller), 10_000)) bytes += 10_000
      return bytes
    }
    expect(['a', 'b', 'c', 'd'].map(claimed)).toEqual([600_000, 300_000, 150_000, 70_000])
    expect(['a', 'b', 'c', 'd'].map(claimed)).toEqual([0, 0, 0, 0])
    expect(held.fits(holder('e'), 40_000)).toBe(true)
  })

  test('callers that hold at the same time get equal shares', () => {
    const held = new HeldBytes(1_200_000)
    const callers = ['a', 'b']
    const claimed = { a: 0, b: 0 } as Record<string, number>
    for (let round = 0; round < 200; round++) {
      for (const caller of callers)
        if (held.claim(holder(caller), 10_000)) claimed[caller] = (claimed[caller] ?? 0) + 10_000
    }
    expect(claimed).toEqual({ a: 400_000, b: 400_000 })
  })

  test('a request of at most 4 KiB is not counted by caller, and is refused only when all is held', () => {
    const held = new HeldBytes(100_000)
    expect(held.claim(holder('a'), 50_000)).toBe(true)
    expect(held.claim(holder('a'), 5_000)).toBe(false)
    const little = Array.from({ length: 30 }, () => holder('a'))
    expect(little.filter((each) => held.claim(each, 2_000))).toHaveLength(25)
    expect([held.total, held.callers]).toEqual([100_000, 1])
  })

  test('a request that has ended claims nothing and gives nothing back a second time', () => {
    const held = new HeldBytes(100_000)
    const one = holder('a')
    held.claim(one, 20_000)
    held.end(one)
    held.end(one)
    held.release(one, 20_000)
    held.keep(one, 20_000)
    expect([held.claim(one, 1), held.total, held.callers]).toEqual([false, 0, 0])
  })

  test('whatever happens, the counts are those of the requests, and nothing is left at their end', () => {
    const request = fc.nat(5)
    const bytes = fc.oneof(fc.nat(10), fc.nat(9_000), fc.nat(60_000))
    const event = fc.oneof(
      fc.record({ what: fc.constantFrom('claim', 'keep', 'release', 'fits' as const), request, bytes }),
      fc.record({ what: fc.constant('end' as const), request, bytes: fc.constant(0) }),
    )
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        const most = 150_000
        const held = new HeldBytes(most)
        const requests = Array.from({ length: 6 }, (_, at) => holder(String(at % 3)))
        const sum = (of: readonly Holder[]) => of.reduce((total, each) => total + Math.max(each.held, 0), 0)
        for (const { what, request: at, bytes: of } of events) {
          const one = requests[at]
          if (one === undefined) continue
          const before = one.held
          const free = most - sum(requests) - of
          const counted = requests.filter(
            (each) => each.callerKey === one.callerKey && (each.held > 4_096 || each === one),
          )
          const fits = before >= 0 && free >= (before + of <= 4_096 ? 0 : sum(counted) + of)
          if (what === 'claim' || what === 'fits') {
            expect(held[what](one, of)).toBe(fits)
            expect(one.held).toBe(what === 'claim' && fits ? before + of : before)
          } else if (what === 'end') held.end(one)
          else held[what](one, of)
          expect(held.total).toBe(sum(requests))
          const large = requests.filter((each) => each.held > 4_096)
          expect(held.callers).toBe(new Set(large.map((each) => each.callerKey)).size)
          for (const each of large) {
            const same = large.filter((other) => other.callerKey === each.callerKey)
            expect(each.account).toEqual({ caller: each.callerKey, bytes: sum(same), requests: same.length })
          }
        }
        for (const one of requests) held.end(one)
        expect([held.total, held.callers]).toEqual([0, 0])
      }),
      { numRuns: 300 },
    )
  })
})
