import { expect, test } from '@jest/globals'
import { durationOf, secondsOf, sizeOf } from '../../../generator/settings/quantities.ts'

test.each([
  ['300ms', 300],
  ['2s', 2_000],
  ['5m', 300_000],
  ['1h', 3_600_000],
  ['1d', 86_400_000],
  ['2', undefined],
  ['2 s', undefined],
  ['toString', undefined],
  ['1toString', undefined],
  [2, undefined],
])('the duration %s is %s ms', (text, want) => {
  expect(durationOf(text)).toBe(want)
})

test.each([
  ['10B', 10],
  ['5KB', 5_000],
  ['5MB', 5_000_000],
  ['1MiB', 1_048_576],
  ['1mb', undefined],
])('the size %s is %s bytes', (text, want) => {
  expect(sizeOf(text)).toBe(want)
})

test('0s is zero, not absent', () => {
  expect(secondsOf('0s')).toBe(0)
})
