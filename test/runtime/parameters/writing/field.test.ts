import { describe, expect, test } from '@jest/globals'
import { JsonNumber, type JsonValue } from '../../../../templates/runtime/json/index.ts'
import { writeCookie, writeHeader } from '../../../../templates/runtime/parameters/writing/writers.ts'
import type { ParameterStyle } from '../../../../templates/runtime/vocabulary.ts'
import { parameter } from '../support.ts'

describe('a value in a header', () => {
  test.each<[ParameterStyle | null, boolean, JsonValue, string]>([
    ['simple', false, 'a b%', 'a b%'],
    ['simple', false, new JsonNumber('9007199254740993'), '9007199254740993'],
    ['simple', false, ['a', 'b'], 'a,b'],
    ['simple', false, { R: 1, G: 2 }, 'R,1,G,2'],
    ['simple', true, { R: 1, G: 2 }, 'R=1,G=2'],
    [null, false, { a: [1] }, '{"a":[1]}'],
  ])('style %s, explode %s, %j', (style, explode, value, text) => {
    expect(writeHeader('x-a', parameter(true, { style, explode }), value)).toBe(text)
  })

  test.each<JsonValue>(['a\r\nx-b: 1', 'ü', ' a', '', null, ['a\n']])('is refused if it is %j', (value) => {
    expect(writeHeader('x-a', parameter(true, { style: 'simple', explode: false }), value)).toBeNull()
  })
})

describe('a value in a cookie', () => {
  test.each<[ParameterStyle | null, JsonValue, string]>([
    ['form', 'a b;c', 'a%20b%3Bc'],
    ['form', [3, 4], '3,4'],
    [null, { a: 1 }, '%7B%22a%22%3A1%7D'],
  ])('style %s, %j', (style, value, text) => {
    expect(writeCookie('s', parameter(true, { style, explode: false }), value)).toBe(text)
  })
})
