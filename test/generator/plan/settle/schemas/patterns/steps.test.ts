import { createRequire } from 'node:module'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parse } from '../../../../../../generator/plan/settle/schemas/patterns/parser.ts'
import { stepsOf } from '../../../../../../generator/plan/settle/schemas/patterns/steps.ts'
import { print } from '../../../../../../generator/plan/settle/schemas/patterns/syntax.ts'

const { checkSync } = createRequire(import.meta.url)('recheck/lib/browser.js') as {
  checkSync(source: string, flags: string, parameters: object): { status: string }
}

/** Whether the bound is at most 64 steps a character for a text of a million. */
function isLinear(source: string): boolean {
  const parsed = parse(source)
  return parsed !== null && stepsOf(parsed.expression)(1_000_000) <= 64_000_000
}

/** Small expressions over two letters, most of them ambiguous. */
const expressions = fc.letrec<{ whole: string; choice: string; sequence: string; item: string }>((tie) => ({
  whole: fc
    .tuple(fc.constantFrom('^', ''), tie('choice'), fc.constantFrom('$', ''))
    .map(([start, middle, end]) => `${start}(?:${middle})${end}`),
  choice: fc.array(tie('sequence'), { minLength: 1, maxLength: 2 }).map((options) => options.join('|')),
  sequence: fc.array(tie('item'), { minLength: 1, maxLength: 3 }).map((items) => items.join('')),
  item: fc
    .tuple(
      fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constantFrom('a', 'b', '[ab]', '.'),
        tie('choice').map((inner) => `(${inner})`),
      ),
      fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,3}', '{2,}'),
    )
    .map(([atom, count]) => atom + count),
}))

describe('an expression that is proven linear', () => {
  test('has no attack that an independent search finds (rule O5)', () => {
    let proven = 0
    fc.assert(
      fc.property(expressions.whole, (source) => {
        if (!isLinear(source)) return
        proven += 1
        const parameters = {
          checker: 'automaton',
          timeout: null,
          attackLimit: 100_000,
          recallTimeout: -1,
          maxNFASize: 2_000,
        }
        expect([source, checkSync(source, 'u', parameters).status]).not.toEqual([source, 'vulnerable'])
      }),
      { numRuns: 300, seed: 7 },
    )
    expect(proven).toBeGreaterThan(50)
  })
})

describe('an expression that was parsed and printed', () => {
  test('matches the same texts', () => {
    fc.assert(
      fc.property(
        expressions.whole,
        fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 }),
        (source, text) => {
          const parsed = parse(source)
          const printed = print(parsed?.expression ?? { kind: 'sequence', items: [] })
          expect([source, new RegExp(printed, 'u').test(text)]).toEqual([source, new RegExp(source, 'u').test(text)])
        },
      ),
    )
  })

  test.each([
    '[^\\]\\\\^-]',
    '[\\d\\s-]',
    '\\p{L}[\\p{Nd}x]',
    '\\cJ\\0\\t\\x7f\\u2028',
    '[\\b]',
    '\\ud83d\\ude00',
    '(?<a>x)\\k<a>',
    '(?=a)(?!b)',
    '\\bx\\B',
    'a{2}?b{1,}c{0,4}?',
  ])('is the same expression: %s', (source) => {
    const printed = print(parse(source)?.expression ?? { kind: 'sequence', items: [] })
    const again = print(parse(printed)?.expression ?? { kind: 'sequence', items: [] })
    expect(again).toBe(printed)
    const sample = [
      ...Array.from({ length: 0x80 }, (_, code) => String.fromCharCode(code)),
      '\u2028',
      '😀',
      'é',
      'xx',
      'aac',
    ]
    const matches = (text: string) => sample.filter((one) => new RegExp(text, 'u').test(one))
    expect(matches(printed)).toEqual(matches(source))
  })

  test('is not parsed if it is nested too deeply', () => {
    expect(parse('('.repeat(50_000))).toBeNull()
    expect(parse(`${'('.repeat(5_000)}a${')'.repeat(5_000)}`)).toBeNull()
  })
})
