import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { exactInteger, parseExact } from '../../../generator/read/integers.ts'
import { parseYaml } from '../../../generator/read/yaml.ts'
import { exactJson } from '../../../generator/support/index.ts'

const most = 9223372036854775807n

test.each([
  ['0', 0],
  ['-12', -12],
  ['+12', 12],
  ['9007199254740992', 9007199254740992],
  ['9007199254740993', 9007199254740993n],
  ['-9007199254740993', -9007199254740993n],
  ['9223372036854775807', most],
  ['9223372036854775808', 9223372036854775808n],
  ['0x7fffffffffffffff', most],
  ['0o777777777777777777777', most],
  ['9'.repeat(400), null],
  ['1.5', null],
  ['1e3', null],
  ['', null],
])('%j is parsed as %s', (text, wanted) => {
  expect(exactInteger(text)).toBe(wanted)
})

describe('JSON with long integers', () => {
  test.each([
    ['{"a":9223372036854775807}', { a: most }],
    ['[-9223372036854775807, 1]', [-most, 1]],
    ['9223372036854775807', most],
    ['{"9223372036854775807":"9223372036854775807"}', { '9223372036854775807': '9223372036854775807' }],
    ['["\\"9223372036854775807", 9223372036854775807]', ['"9223372036854775807', most]],
    ['["integer 9223372036854775807", 9223372036854775807]', ['integer 9223372036854775807', most]],
    ['[0.50000000000000000000]', [0.5]],
    ['[10000000000000000000e-19]', [1]],
  ])('%s is parsed exactly', (text, wanted) => {
    expect(parseExact(text)).toEqual(wanted)
  })

  test.each(['{9223372036854775807: 1}', '[09223372036854775807]', '[+9223372036854775807]', '[9223372036854775807,]'])(
    '%s is not JSON',
    (text) => {
      expect(() => parseExact(text)).toThrow(SyntaxError)
    },
  )
})

test.each([
  ['9223372036854775807', most],
  ['-9223372036854775807', -most],
  ['"9223372036854775807"', '9223372036854775807'],
  ['0x7fffffffffffffff', most],
  ['12', 12],
  ['1.5', 1.5],
  ['1e3', 1000],
])('YAML %s is %s', (text, wanted) => {
  expect(parseYaml(`a: ${text}`, 0, 10)).toEqual({ kind: 'value', value: { a: wanted } })
})

test('printed values are parsed to the same values, with and without indentation', () => {
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      fc.bigInt({ min: 2n ** 53n + 1n, max: 2n ** 64n }).map((whole) => exactInteger(String(whole))),
      fc.integer(),
      fc.string(),
      fc.constant(null),
      fc.array(tie('tree')),
      fc.dictionary(
        fc.string().filter((key) => key !== '__proto__'),
        tie('tree'),
        { noNullPrototype: true },
      ),
    ),
  }))
  fc.assert(
    fc.property(tree, fc.constantFrom(0, 2), (value, indent) => {
      expect(parseExact(exactJson(value, indent))).toEqual(value)
    }),
  )
})

test('without long integers it prints as JSON.stringify does', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
      const wrapped = exactJson({ value, long: most }, indent)
      expect(wrapped.replace(String(most), '0')).toBe(JSON.stringify({ value, long: 0 }, null, indent))
    }),
  )
})
