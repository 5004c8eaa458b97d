import { expect, test } from '@jest/globals'
import { parseHttpDate } from '../../../templates/runtime/support/httpDate.ts'

const time = Date.UTC(1994, 10, 6, 8, 49, 37)

test.each<[string, number | null]>([
  ['Sun, 06 Nov 1994 08:49:37 GMT', time],
  ['Sunday, 06-Nov-94 08:49:37 GMT', time],
  ['Sun Nov  6 08:49:37 1994', time],
  ['Sun, 06 Nov 1994 08:49:37 +0100', null],
  ['Sun, 66 Nov 1994 08:49:37 GMT', null],
  ['1994-11-06T08:49:37Z', null],
  ['0', null],
  ['', null],
])('%j is %j', (text, want) => {
  expect(parseHttpDate(text)).toBe(want)
})
