import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Data, literal, member } from '../../../generator/code/literal.ts'
import { formatted } from '../../support/formatter.ts'
import { payloads } from '../../support/payloads.ts'

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ minLength: 60, maxLength: 130 }),
  fc.constantFrom(...payloads),
  fc.constantFrom('商品の一覧は公開です', 'Für alle offen', 'Доступно всем', "it's", `say "it's"`),
)
const key = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom('a', 'path', 'because', '200', 'default', '__proto__', 'ü'),
)
const { value } = fc.letrec<{ value: Data }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.integer(), { maxLength: 40 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 5 }),
  ),
}))

/** Evaluates printed text as JavaScript. */
function evaluated(printed: string): unknown {
  return new Function(`'use strict'; return (${printed})`)()
}

describe('literal', () => {
  test('rule G1: evaluates to exactly the value it was made from', () => {
    fc.assert(
      fc.property(value, (data) => {
        expect(evaluated(String(literal(data)))).toEqual(data)
      }),
    )
  })

  test('has the layout of the formatter', () => {
    const samples = fc.sample(value, { numRuns: 2000, seed: 20 })
    const source = samples.map((data, index) => `export const v${index} = ${literal({ value: data })}\n`).join('')
    expect(formatted(source)).toBe(source)
  })

  const given: readonly [what: string, value: Data, want: string][] = [
    ['a quote of its own kind', "it's", `"it's"`],
    ['both quotes', `"it's"`, `'"it\\'s"'`],
    ['line separators', 'a\u2028b\nc', `'a\\u2028b\\nc'`],
    ['a bidirectional override', '\u202Eabc', `'\\u202eabc'`],
    ['a lone surrogate', '\uD800', `'\\ud800'`],
    ['a letter of a script that runs to the left', '\u05D0', `'\\u05d0'`],
    ['a key that would set the prototype', JSON.parse('{"__proto__":1}'), `{\n  ['__proto__']: 1,\n}`],
    ['an empty object', {}, '{}'],
  ]
  for (const [what, data, want] of given) {
    test(`prints ${what}`, () => {
      expect(String(literal(data))).toBe(want)
    })
  }

  test('refuses values that are not data', () => {
    expect(() => literal([undefined] as unknown as Data)).toThrow(TypeError)
    expect(() => literal([Number.NaN])).toThrow(TypeError)
  })
})

test('member prints a key and its value, and quotes a key that is not an identifier', () => {
  expect(String(member('a-b', { c: 1 }, 2))).toBe(`'a-b': {\n    c: 1,\n  }`)
})
