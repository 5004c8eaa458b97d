import { describe, expect, test } from '@jest/globals'
import { createLocator } from '../../../generator/read/locator.ts'
import type { Origin } from '../../../generator/support/index.ts'

const yaml = `# first
base: &base
  kept: 1
services:
  orders: { url: http://127.0.0.1, tags: [a, 'b c'] }
  other:
    <<: *base
    'odd/~key': |
      text
    empty:
`
const json = '{\r\n\t"a": [1, {"b": "long text"}],\r\n\t"a": {"b": 2}\r\n}'

const place = (text: string, origin: Omit<Origin, 'file'>): string | null => {
  const found = createLocator((file) => (file === 'x' ? text : null)).locate({ file: 'x', ...origin })
  return found === null ? null : `${found.line}:${found.column}+${found.length}`
}

describe('the place of an origin', () => {
  test.each([
    ['a value', yaml, { pointer: '/services/orders/url' }, '5:18+16'],
    ['its key', yaml, { pointer: '/services/orders/url', key: true }, '5:13+3'],
    ['an item', yaml, { pointer: '/services/orders/tags/1' }, '5:46+5'],
    ['a map, by its first line', yaml, { pointer: '/services' }, '5:3+51'],
    ['a merged member', yaml, { pointer: '/services/other/kept' }, '3:9+1'],
    ['an escaped key', yaml, { pointer: '/services/other/odd~1~0key', key: true }, '8:5+10'],
    ['a member without a value, by its key', yaml, { pointer: '/services/other/empty' }, '10:5+5'],
    ['the nearest that is written', yaml, { pointer: '/services/orders/timeout/x' }, '5:11+43'],
    ['the root', yaml, { pointer: '' }, '2:1+11'],
    ['a place in JSON with tabs and CRLF', json, { pointer: '/a/b' }, '3:13+1'],
    ['a block of text, by its indicator', yaml, { pointer: '/services/other/odd~1~0key' }, '8:17+1'],
    ['a list in brackets', yaml, { pointer: '/services/orders/tags' }, '5:42+10'],
    ['a map in braces, to the brace behind its last list', yaml, { pointer: '/services/orders' }, '5:11+43'],
    ['an alias, where it stands', 'a: &x { b: 1 }\nc: *x\n', { pointer: '/c' }, '2:4+2'],
    ['a member of what an alias stands for', 'a: &x { b: 1 }\nc: *x\n', { pointer: '/c/b' }, '1:12+1'],
    [
      'the anchor that was set last before the alias',
      'a: &x 1\nb: &x 2\nc: [*x]\nd: &x 3\n',
      { pointer: '/c/0' },
      '3:5+2',
    ],
    ['a brace behind a comment with a bracket', 'a: { b: [1], # ]\n  }', { pointer: '/a' }, '1:4+13'],
    ['a member behind a bracket that is indented less', 'a: {\n  b: 1\n}\nc: { d: 2 }\n', { pointer: '/c/d' }, '4:9+1'],
    ['a member in the line of such a bracket', 'a: [ {\n  b: 1\n}, { c: 2 }\n]\n', { pointer: '/a/1/c' }, '3:9+1'],
    ['a map up to such a bracket', 'a: {\n  b: 1\n}\n', { pointer: '/a' }, '1:4+1'],
    ['an item of nested ones', 'a:\n- {\n    b: [\n  1\n]\n}\n- 3\n', { pointer: '/a/1' }, '7:3+1'],
    ['a key that reads as a number', '010: a\n2.0: { 0x1F: b }\n', { pointer: '/2.0/0x1F', key: true }, '2:8+4'],
    ['a key that is an alias', 'v: &v 1.0\nm: { *v : a }\n', { pointer: '/m/1.0' }, '2:11+1'],
    ['a file that no tree can be made of, by its start', 'a: [', { pointer: '/a' }, '1:1+1'],
    ['a place that is known', yaml, { pointer: '', at: { line: 3, column: 2, length: 4 } }, '3:2+4'],
  ])('%s', (_what, text, origin, want) => {
    expect(place(text, origin)).toBe(want)
  })

  test('of a file that was not read is unknown', () => {
    expect(createLocator(() => null).locate({ file: 'y', pointer: '/a' })).toBeNull()
  })
})
