import { describe, expect, test } from '@jest/globals'
import { syntaxFault } from '../../../generator/read/syntax/index.ts'
import { parseYaml } from '../../../generator/read/yaml.ts'

/** `line:column what`, and the remedy. */
function faultIn(text: string): readonly [string, string] {
  const parsed = parseYaml(text, 100, 50)
  if (parsed.kind === 'value') throw new Error('It is valid.')
  const { line, column, what, remedy } = syntaxFault(text, parsed)
  return [`${line}:${column} ${what}`, remedy]
}

describe('a mistake is named at its place, with what to write', () => {
  test.each([
    [
      'an apostrophe in the text',
      "a: it is: the patient's\n",
      '1:4 a text with `: ` in it needs quotes',
      "Write\n    a: 'it is: the patient''s'",
    ],
    ['an item of a list', 'a:\n  - b: c: d\n', '2:8 a text with `: ` in it needs quotes', "Write\n    b: 'c: d'"],
    ['a comment behind it', 'a: b: c # d\n', '1:4 a text with `: ` in it needs quotes', "Write\n    a: 'b: c'"],
    [
      'within braces, before another member',
      'a: { b: c: d, e: f }\n',
      '1:9 a text with `: ` in it needs quotes',
      "Write\n    b: 'c: d'",
    ],
    ['a back-quote', 'a: `b`\n', '1:4 a text that begins with ``` needs quotes', "Write\n    a: '`b`'"],
    ['Windows line ends', 'a: 1\r\nb:2\r\nc: 3\r\n', '2:1 there is no space after the colon of `b`', 'Write\n    b: 2'],
    ['a bracket in JSON', '{\n  "a": [1,\n  "b": 2\n}\n', null, null],
    [
      'a quote of double marks',
      'a:\n  b: "c\nd: e\n',
      '2:6 the quote that opens here is not closed',
      'Write `"` where the text ends.',
    ],
    [
      'a line without a key',
      'a: 1\nb\nc: 2\n',
      '2:1 this line has no key',
      'Write a key with a value, such as\n    b: ...',
    ],
    [
      'a tab behind spaces',
      'a:\n  b: 1\n \tc: 2\n',
      '3:1 line 3 is indented with tabs',
      'Indent with spaces. The line above has 2.',
    ],
  ])('%s', (_what, text, what, remedy) => {
    const found = faultIn(text)
    if (what !== null) expect(found).toEqual([what, remedy])
    expect(found[1]).not.toBe('')
  })
})

test('a tab in a text is not taken for indentation', () => {
  expect(faultIn('a: |\n  b\n  \tc\nd: [1\ne: 2\n')[0]).toBe('4:4 the `[` that opens here is not closed')
})

test('lines that look like a conflict, but are none, are not taken for one', () => {
  expect(faultIn('a: |\n  <<<<<<< b\n  =======\nc: d: e\n')[0]).toMatch(/^4:4 a text with/)
})
