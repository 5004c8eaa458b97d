import { expect, test } from '@jest/globals'
import { decodeBytes, decodePercent } from '../../../templates/runtime/words/percent.ts'

test.each([
  ['', ''],
  ['a b', 'a b'],
  ['a+b', 'a+b'],
  ['%C3%A9%20', 'é '],
  ['%2525', '%25'],
  ['%', null],
  ['%4', null],
  ['%zz', null],
  ['%ff', null],
  ['%ed%a0%80', null],
])('the text of %j', (text, want) => {
  expect(decodePercent(text)).toBe(want)
})

test.each([
  ['abc', 'abc'],
  ['%61b%63', 'abc'],
  ['%C3%A9', '\xc3\xa9'],
  ['%ff%00', '\xff\x00'],
  ['%2561', '%61'],
  ['100%', '100%'],
])('the bytes of %j', (text, want) => {
  expect(decodeBytes(text)).toBe(want)
})
