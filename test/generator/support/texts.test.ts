import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  below,
  catalogue,
  closest,
  keyOf,
  pointedAt,
  pointerSegments,
  referenceSegments,
} from '../../../generator/support/index.ts'

describe('a pointer', () => {
  test('returns the segments that it was made of', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (segments) => {
        const { pointer } = below({ file: 'f', pointer: '' }, ...segments)
        expect(pointerSegments(pointer)).toEqual(segments)
      }),
    )
  })

  test('of a key refers to the key', () => {
    expect(keyOf(below({ file: 'f', pointer: '' }, 'a', 0))).toEqual({ file: 'f', pointer: '/a/0', key: true })
  })

  test.each([
    ['#/a~1b/0', 1],
    ['#/a~1b/1/%7Bc%7D', 2],
    ['#/a~1b/2', undefined],
    ['#/constructor', undefined],
    ['#/a~1b/length', undefined],
    ['#', undefined],
    ['other.yaml#/a', undefined],
    ['#/%', 3],
  ])('%s points to %s', (reference, want) => {
    expect(pointedAt({ 'a/b': [1, { '{c}': 2 }], '%': 3 }, reference)).toBe(want)
  })

  test('that is not a reference has no segments', () => {
    expect(referenceSegments('#anchor')).toBeNull()
  })
})

describe('a suggestion', () => {
  test.each([
    ['timout', 'timeout'],
    ['TIMEOUT', 'timeout'],
    ['retries', null],
    ['', null],
  ])('for %s is %s', (word, want) => {
    expect(closest(word, ['timeout', 'url', 'security'])).toBe(want)
  })
})

test('every code of the read and model stages has a general remedy', () => {
  const silent = Object.entries(catalogue).filter(([code, entry]) => /^GW(?:1|2)/.test(code) && !('remedy' in entry))
  expect(silent).toEqual([])
})

test('codes are in order', () => {
  const codes = Object.keys(catalogue)
  expect(codes).toEqual([...codes].sort())
})
