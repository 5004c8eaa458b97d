import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { helpersShare } from '../../../generator/emit/share.ts'

const million = 1_000_000

describe('the share of a helper', () => {
  test.each([
    ['nothing at all', [], []],
    ['what is done before a helper has loaded', [million, million], []],
    ['one document, which cannot be divided', [9 * million], []],
    ['the smaller of two large ones', [4 * million, 7 * million], [0]],
    ['two large ones, told apart by their place', [5 * million, 5 * million], [1]],
    ['many, about half of them', [4, 4, 4, 4, 4].map((size) => size * million), [1, 3]],
  ])('of %s', (_what, sizes, want) => {
    expect(helpersShare(sizes)).toEqual(want)
  })

  test('never sets the two further apart than the largest document, and what the helper loads in', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20 * million), { maxLength: 30 }), (sizes) => {
        const sum = (of: readonly number[]) => of.reduce((total, size) => total + size, 0)
        const helper = sum(helpersShare(sizes).map((index) => sizes[index] ?? 0))
        const own = sum(sizes) - helper
        const largest = Math.max(0, ...sizes)
        expect(helper - own).toBeLessThanOrEqual(largest)
        expect(own - helper).toBeLessThanOrEqual(Math.max(3 * million, 2 * million + largest))
      }),
    )
  })
})
