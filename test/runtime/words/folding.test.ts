import { describe, expect, test } from '@jest/globals'
import { foldEncoded, foldText, someReading } from '../../../templates/runtime/words/folding.ts'

describe('rules P13, R8: texts that differ only in case, width or compatibility form fold to one', () => {
  test.each([
    ['salaries', 'SALARIES'],
    ['salaries', '\u017falaries'],
    ['salaries', '\uff33alaries'],
    ['salaries', 'salar\u0131es'],
    ['salaries', 'salar\u0130es'],
    ['salaries', 'sal\u200baries'],
    ['kelvin', '\u212aelvin'],
    ['strasse', 'STRA\u1e9eE'],
    ['strasse', 'stra\u00dfe'],
    ['\u00e9', 'E\u0301'],
    ['\u03c3', '\u03c2'],
    ['office', 'o\ufb03ce'],
    ['\u03bb\u03cc\u03b3\u03bf\u03c2', '\u039b\u038c\u0393\u039f\u03a3'],
    ['customerId', 'customerId\0'],
    ['customerId', ' customerId'],
  ])('%s and %s', (a, b) => {
    expect(foldText(a)).toBe(foldText(b))
  })

  test('for every character: its upper case, its lower case, its decomposition, and what is folded already', () => {
    const other: string[] = []
    for (let code = 0; code < 0x3_0000; code++) {
      const text = String.fromCodePoint(code)
      const folded = foldText(text)
      const forms = [folded, text.toLowerCase(), text.toUpperCase(), text.normalize('NFD')]
      if (forms.some((form) => foldText(form) !== folded)) other.push(code.toString(16))
    }
    expect(other).toEqual([])
  })

  test.each(['\u0301\u0316', '\u0316\uff9e\u0301', `a${'\u0301\u0316'.repeat(30)}`])(
    'takes linear time for combining marks: %j',
    (unit) => {
      const before = process.cpuUsage()
      foldText(`a${unit.repeat(200_000 / unit.length)}`)
      // Sorting all of them takes more than ten seconds.
      expect(process.cpuUsage(before).user / 1000).toBeLessThan(2_000)
    },
  )

  test.each([
    ['a', 'b'],
    ['a', '\u00e0'],
    ['a-b', 'a_b'],
    ['customerId', 'customer'],
    ['o', '0'],
  ])('%s and %s differ', (a, b) => {
    expect(foldText(a)).not.toBe(foldText(b))
  })
})

test.each([
  ['%53alaries', 'salaries'],
  ['%2553alaries', 'salaries'],
  ['100%25', '100%'],
  ['%C5%BF', 's'],
  ['%ff', '%ff'],
  ['%53alaries%ff', 'salaries%ff'],
])('encoded text is decoded before: %s', (text, want) => {
  expect(foldEncoded(text)).toBe(want)
})

describe('rule R8: a text has every reading that a service may have', () => {
  test.each<[string, readonly string[]]>([
    ['salaries', ['salaries']],
    ['%53alaries', ['salaries']],
    ['%20.json', ['.json', ' .json']],
    ['u%CC%88x', ['\u00fcx', 'u\u0308x']],
    ['%2520.json', ['%20.json', '.json', ' .json']],
    ['%25ZZ.%254ason', ['%zz.%4ason', '%zz.json']],
  ])('%s', (text, want) => {
    const found: string[] = []
    const none = someReading(text, (reading) => {
      found.push(reading)
      return false
    })
    expect([none, [...new Set(found)]]).toEqual([false, want])
  })
})
