import { expect, test } from '@jest/globals'
import { isWithin } from '../../../generator/read/index.ts'

test.each([
  ['/a', '/a', true],
  ['/a/b', '/a', true],
  ['/a/..b', '/a', true],
  ['/ab', '/a', false],
  ['/', '/a', false],
  ['/b', '/a', false],
])('%s is within %s: %s', (path, folder, want) => {
  expect(isWithin(path, folder)).toBe(want)
})
