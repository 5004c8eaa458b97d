import { describe, expect, test } from '@jest/globals'
import { compileSegment } from '../../../templates/runtime/matching/segment.ts'
import { compareSegments, segmentsOverlap } from '../../../templates/runtime/words/matchOrder.ts'

test('literals come first, then parameters with the most literal bytes', () => {
  const ordered = ['orders', 'x{id}.json', '{id}.json', '{from}-{to}', '{id}']
  const sorted = [...ordered].reverse().sort((a, b) => compareSegments(compileSegment(a), compileSegment(b)))
  expect(sorted).toEqual(ordered)
})

describe('the key of a segment', () => {
  test.each([
    ['{a}.json', '{b}.json', true],
    ['%61', 'a', true],
    ['é', '%C3%A9', true],
    ['{a}', 'a', false],
    ['%7B%7D', '{a}', false],
    ['{a}-{b}', '{a}-', false],
  ])('%s and %s: equal %s', (a, b, equal) => {
    expect(compileSegment(a).key === compileSegment(b).key).toBe(equal)
  })
})

test.each([
  ['a-{x}', '{y}-b', true],
  ['{x}.json', '{x}.jsonl', false],
  ['{x}', 'a', true],
  ['{x}', '', false],
  ['{x}a', 'a', false],
])('%s and %s match one text: %s', (a, b, want) => {
  expect(segmentsOverlap(compileSegment(a), compileSegment(b))).toBe(want)
  expect(segmentsOverlap(compileSegment(b), compileSegment(a))).toBe(want)
})
