import { describe, expect, test } from '@jest/globals'
import { RE2JS } from 're2js'
import { createPatterns } from '../../../../../../generator/plan/settle/schemas/patterns/index.ts'

function engineOf(source: string, maxLength: number | null = null): string {
  const patterns = createPatterns()
  const judged = patterns.judge(source, { maxLength, mayLimit: false })
  if (judged.kind === 'refused') return judged.code
  return patterns.linear().includes(judged.source) ? 'linear' : 'native'
}

describe('the engine of a pattern (rule O5)', () => {
  const cases: readonly (readonly [source: string, engine: string])[] = [
    // Proven linear.
    ['^AC[0-9a-fA-F]{32}$', 'native'],
    ['^[a-z]+$', 'native'],
    ['^.{1,300}$', 'native'],
    ['^(?!\\s)(.*)(\\S)$', 'native'],
    ['^(?=.*\\d)(?=.*[a-z]).{8,64}$', 'native'],
    ['^\\d{1,13}$|^\\d{1,13}\\.\\d{1,5}$', 'native'],
    ['^/v1/tax/[^/]+/line_items', 'native'],
    ['[A-Z]{2,2}', 'native'],
    ['[0-9]{2,}', 'native'],
    ['\\S+', 'native'],
    ['^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d{2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)$', 'native'],
    ['^[a-z]*[a-z]{0,20}x$', 'native'],
    // Backtracking could take too long.
    ['^(a+)+$', 'linear'],
    ['^(a|a)*$', 'linear'],
    ['^(a|ab)*c$', 'linear'],
    ['^(\\w+\\s?)*$', 'linear'],
    ['^(([a-z])+.)+[A-Z]([a-z])+$', 'linear'],
    ['^.+@[^"\\-].+$', 'linear'],
    ['^\\s+|\\s+$', 'linear'],
    ['x*y', 'linear'],
    ['[a-z]{500}x', 'linear'],
    ['a{0,1000}a{0,1000}a{0,1000}$', 'linear'],
    // Not supported by the linear-time engine.
    ['^(?=(a+)+b)a', 'GW3254'],
    ['^(a+)\\1+$', 'GW3254'],
    ['(?<=a)b', 'native'],
    ['^(?=a)(a{1,9}){1,9}c', 'GW3254'],
    ['^(?=a)((a{1,9}){1,9}){1,9}c', 'GW3254'],
    ['^(?=a)(((a{1,3}){1,3}){1,3}){1,3}c', 'GW3254'],
    ['^(?=a)(?:(a|b|ab){1,30})c', 'GW3254'],
    [`^(?=a)${'a?'.repeat(26)}a*c`, 'GW3254'],
    ['((a?){1,40}){1,40}b', 'GW3254'],
    ['(?=b)((a{1,11}){1,11}){1,11}', 'GW3254'],
    ['^(?!.*(.).*\\1)[a-z]+$', 'GW3254'],
    ['(?<!x)a*b', 'GW3254'],
    ['^(?=.*(.)\\1)[a-z]*$', 'native'],
    // A look-around that is tried at each place, and is short only as it is written.
    ['^[a-z]*(?=(?=.*1)c)X$', 'GW3254'],
    ['^[a-z]*(?:(?!(?=.*1)c)X)?9$', 'GW3254'],
    ['^[a-z]*(?<=(?<=1.*)X)9$', 'GW3254'],
    ['^[a-z]*(?=(?:a|a|a){10}b)X$', 'GW3254'],
    ['^[a-z]*(?=[a-z]{0,8}[a-z]{0,7}1)X', 'GW3254'],
    ['^[a-z]*(?:(?=[a-z]{0,8}[a-z]{0,7}1)X)$', 'GW3254'],
    ['^[a-z]*(?=[a-z]{0,3}1)X$', 'native'],
    ['^(?=.*[A-Z])(?=.*[a-z])(?=.*\\d)(?=.*[^\\w\\s]).{12,}$', 'native'],
    ['^(?!-)[a-z0-9-]+(?<!-)$', 'native'],
    ['^(?!\\d+$)\\w+\\S+', 'native'],
    ['^(?:(\\d)\\1)*$', 'native'],
    // Not regular expressions.
    ['(', 'GW3253'],
    ['a**', 'GW3253'],
    ['[z-a]', 'GW3253'],
    ['(?s-i:a)', 'GW3253'],
    ['a++', 'GW3253'],
  ]
  test.each(cases)('%s: %s', (source, engine) => {
    expect(engineOf(source)).toBe(engine)
  })

  test('is the native one for short values, if it takes at most polynomial time', () => {
    expect(engineOf('(?!x)a*a*$', 90)).toBe('native')
    expect(engineOf('(?!x)a*a*$', 256)).toBe('GW3254')
    expect(engineOf('^(?!.*(.).*\\1)[a-z]+$', 256)).toBe('native')
    expect(engineOf('^(?=(a+)+b)a', 256)).toBe('GW3254')
  })

  const unproven: readonly (readonly [source: string, most: number | null])[] = [
    ['^(?!.*(.).*\\1)[a-z]+$', 576],
    ['(?!x)a*a*$', 95],
    ['^(?!x)(a+)+$(?<!y)', 5],
    ['^(?:a?|b?|c?){40}(?!d)$', null],
  ]
  test.each(unproven)('names the length that bounds %s: %s', (source, most) => {
    const patterns = createPatterns()
    const strict = patterns.judge(source, { maxLength: null, mayLimit: false })
    expect(strict).toMatchObject({
      kind: 'refused',
      remedy: expect.stringContaining(most === null ? 'No limit' : `\`maxLength: ${most}\``),
    })
    const limited = patterns.judge(source, { maxLength: 5_000, mayLimit: true })
    expect(limited).toMatchObject(most === null ? { kind: 'refused' } : { kind: 'accepted', limit: most })
    if (most === null) return
    expect(patterns.judge(source, { maxLength: most, mayLimit: false })).toMatchObject({ limit: null })
    const table = patterns.costs()[source] ?? []
    expect([table.length, table.at(-1)]).toEqual([Math.ceil(Math.log2(most)) + 1, expect.any(Number)])
    expect(table.at(-1)).toBeLessThanOrEqual(2 ** 20)
  })

  test('has the steps of costly patterns beside the engine (rule P15)', () => {
    const patterns = createPatterns()
    for (const source of ['^[a-z]+$', '^[a-z]*[a-z]{0,20}x$', '(a|b)*c']) {
      patterns.judge(source, { maxLength: null, mayLimit: false })
    }
    expect(Object.keys(patterns.costs())).toEqual(['^[a-z]*[a-z]{0,20}x$'])
  })

  test('does not depend on patterns judged before', () => {
    const patterns = createPatterns()
    for (const source of ['^(b+)+$', '^(a+)+$', '^b$', '^(a+)+$'])
      patterns.judge(source, { maxLength: null, mayLimit: false })
    expect(patterns.linear()).toEqual(['^(a+)+$', '^(b+)+$'])
  })
})

describe('a pattern of another grammar is rewritten', () => {
  const cases: readonly (readonly [source: string, want: string])[] = [
    ['^a\\-b\\_c\\:d$', '^a-b_c:d$'],
    ['^[\\w\\-.]+$', '^[\\w\\-.]+$'],
    ['^[\\w-.]+$', '^[\\w\\-.]+$'],
    ["^[a-z\\']$", "^[a-z']$"],
    ['^{a}$', '^\\{a\\}$'],
    ['^a]$', '^a\\]$'],
    ['(?i)^ab1$', '^[Aa][Bb]1$'],
    ['(?i)^[a-c]$', '^[A-Ca-c]$'],
    ['(?i)^[^a-c]$', '^[^A-Ca-c]$'],
    ['^(?i:a)b$', '^(?:[Aa])b$'],
    ['\\Aab\\Z', '^ab$'],
    ['^(?P<year>\\d{4})\\-$', '^(?<year>\\d{4})-$'],
  ]
  test.each(cases)('%s', (source, want) => {
    const judged = createPatterns().judge(source, { maxLength: null, mayLimit: false })
    expect(judged).toMatchObject({ kind: 'accepted', source: want })
    expect(() => new RegExp(want, 'u')).not.toThrow()
  })

  test('with a message if it is a construct of another engine', () => {
    const foreign = (source: string) => {
      const judged = createPatterns().judge(source, { maxLength: null, mayLimit: false })
      return judged.kind === 'accepted' && judged.foreign !== null
    }
    expect(['(?i)a', '\\Aa', '(?P<a>b)'].map(foreign)).toEqual([true, true, true])
    expect(['^a\\-b$', '^a$'].map(foreign)).toEqual([false, false])
  })
})

test.each(['^(a+)+$', '^(\\w+\\s?)*$', '^(?:\\u{1F600}|é|\\x41)+é*$', '^(\\d+\\.?)+$'])(
  'both engines match a pattern alike: %s',
  (source) => {
    const linear = RE2JS.compile(RE2JS.translateRegExp(source))
    const native = new RegExp(source, 'u')
    for (const text of ['', 'a', 'aa', 'a b', '1.2', '1..2', '😀', 'éé', 'A', 'x\n']) {
      expect([text, linear.test(text)]).toEqual([text, native.test(text)])
    }
  },
)
