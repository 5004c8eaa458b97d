import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { JsonNumber, type JsonValue } from '../../../../templates/runtime/json/index.ts'
import { pathReader } from '../../../../templates/runtime/parameters/path.ts'
import { writePath } from '../../../../templates/runtime/parameters/writing/writers.ts'
import type { ParameterStyle, Schema } from '../../../../templates/runtime/vocabulary.ts'
import { contractOf, operation, parameter } from '../support.ts'

const list = [3, 4]
const object = { R: 100, 'G/H': 'a b' }

describe('a value in a path', () => {
  test.each<[ParameterStyle | null, boolean, JsonValue, string]>([
    ['simple', false, 'a/b ü', 'a%2Fb%20%C3%BC'],
    ['simple', false, new JsonNumber('9007199254740993'), '9007199254740993'],
    ['simple', false, true, 'true'],
    ['simple', false, list, '3,4'],
    ['simple', false, object, 'R,100,G%2FH,a%20b'],
    ['simple', true, object, 'R=100,G%2FH=a%20b'],
    ['label', false, list, '.3,4'],
    ['label', true, list, '.3.4'],
    ['label', true, object, '.R=100.G%2FH=a%20b'],
    ['matrix', false, list, ';id=3,4'],
    ['matrix', true, list, ';id=3;id=4'],
    ['matrix', true, object, ';R=100;G%2FH=a%20b'],
    ['matrix', false, 'a', ';id=a'],
    [null, false, { a: [1] }, '%7B%22a%22%3A%5B1%5D%7D'],
  ])('style %s, explode %s, %j', (style, explode, value, text) => {
    expect(writePath('id', parameter(true, { style, explode }), value)).toBe(text)
  })

  test('encodes the name of a matrix parameter, which is parsed again', () => {
    const of = parameter({ type: 'integer' }, { style: 'matrix', explode: false })
    const text = writePath('order id', of, 5) ?? ''
    expect(text).toBe(';order%20id=5')
    expect(pathReader('order id', of, contractOf(operation()))(text)).toEqual({ kind: 'read', value: 5, wire: text })
  })

  test.each<JsonValue>(['', '.', '..', '%2e%2e', 'a%2fb', null, [], ['..']])(
    'is refused if it is %j (rule R3)',
    (value) => {
      expect(writePath('id', parameter(true, { style: 'simple', explode: false }), value)).toBeNull()
    },
  )

  const strings: Schema = { type: 'array', items: { type: 'string' } }
  test.each<[ParameterStyle, boolean]>([
    ['simple', false],
    ['matrix', false],
    ['matrix', true],
  ])('is parsed to the same value: %s, explode %s', (style, explode) => {
    const of = parameter(strings, { style, explode })
    const read = pathReader('id', of, contractOf(operation()), true)
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1 }), (value) => {
        const text = writePath('id', of, value)
        fc.pre(text !== null)
        expect(read(text ?? '')).toMatchObject({ kind: 'read', value })
      }),
    )
  })
})
