import { describe, expect, test } from '@jest/globals'
import { parseYaml } from '../../../generator/read/yaml.ts'

const result = (text: string): unknown => {
  const parsed = parseYaml(text, 100, 50)
  return parsed.kind === 'value' ? parsed.value : `${parsed.line}:${parsed.column} ${parsed.reason}`
}

describe('a key is the text that is written', () => {
  test.each(
    '2.0 010 10 1e3 0x1F 0o17 .5 +1 -0 1_000 ~ null NULL true True yes no 2024-01-01 .inf .nan 12345678901234567890'.split(
      ' ',
    ),
  )('%s', (key) => {
    expect(result(`${key}: a\n`)).toEqual({ [key]: 'a' })
    expect(result(`{ ${key}: a }`)).toEqual({ [key]: 'a' })
    expect(result(`? ${key}\n: a\n`)).toEqual({ [key]: 'a' })
    expect(result(`[${key}: a]`)).toEqual([{ [key]: 'a' }])
  })

  test.each([
    ['an empty key', ': a\n', { '': 'a' }],
    ['with an anchor, whose alias is the value', '&k 010: a\nb: *k\n', { '010': 'a', b: 10 }],
    ['an alias of a value', 'v: &v 1.0\nm: { *v : a }\nw: *v\n', { v: 1, m: { '1.0': 'a' }, w: 1 }],
    ['an alias of a key', 'a: { &k 1e3: b }\nc: { *k : d }\n', { a: { '1e3': 'b' }, c: { '1e3': 'd' } }],
    ['an alias of a text', "a: &k '1.0'\nb: { *k : c }\n", { a: '1.0', b: { '1.0': 'c' } }],
    ['an anchor that is set again', 'a: { &k 010: b }\nc: &k 020\nd: *k\n', { a: { '010': 'b' }, c: 20, d: 20 }],
    [
      'an anchor that is set again, on a map',
      'a: { &k 010: b }\nc: &k { e: 1 }\nd: *k\n',
      {
        a: { '010': 'b' },
        c: { e: 1 },
        d: { e: 1 },
      },
    ],
    ['a merged key', 'a: &a { 1.0: b }\nc: { <<: *a, 2.0: d }\n', { a: { '1.0': 'b' }, c: { '1.0': 'b', '2.0': 'd' } }],
    ['beside one that is the same number', '1.0: a\n1: b\n01: c\n', { '1.0': 'a', 1: 'b', '01': 'c' }],
    ['values stay what they read as', 'a: 2.0\nb: 010\nc: [1e3, ~, true]\n', { a: 2, b: 10, c: [1000, null, true] }],
  ])('%s', (_what, text, want) => {
    expect(result(text)).toEqual(want)
  })

  test.each([
    ['the same text, quoted', '1: a\n"1": b\n', /^2:\d+ duplicated mapping key/],
    ['the same number twice', '010: a\nb: 1\n010: c\n', /^3:1 duplicated mapping key/],
    ['by an alias', 'v: &v 1.0\n1.0: a\n*v : b\n', /^3:\d+ duplicated mapping key/],
  ])('twice in one map is refused: %s', (_what, text, want) => {
    expect(result(text)).toMatch(want)
  })
})

describe('a closing bracket may begin a line that is indented less than its items', () => {
  test.each([
    ['a brace', 'a: {\n  b: 1\n}\nc: 2\n', { a: { b: 1 }, c: 2 }],
    ['a bracket', 'a:\n  b: [\n    1,\n  ]\n  c: 2\n', { a: { b: [1], c: 2 } }],
    ['in a block sequence', '- {\n    a: 1\n}\n- [\n    2\n]\n', [{ a: 1 }, [2]]],
    [
      'in a sequence at its parent’s indentation',
      'a:\n- {\n  b: 1\n}\n- c: [\n    2\n  ]\n',
      { a: [{ b: 1 }, { c: [2] }] },
    ],
    ['nested closings', 'a: {\n  b: [ {\n    c: 1\n}, {\n  d: 2\n} ]\n}\n', { a: { b: [{ c: 1 }, { d: 2 }] } }],
    ['less than the parent', 'a:\n  b:\n    c: {\n      d: 1\n}\n', { a: { b: { c: { d: 1 } } } }],
    ['behind comments', 'a: {\n  b: 1 # }\n  # ]\n} # end\nc: 2\n', { a: { b: 1 }, c: 2 }],
    ['with CRLF', 'a: {\r\n  b: 1\r\n}\r\nc: 2\r\n', { a: { b: 1 }, c: 2 }],
    ['with an anchor', 'a: &x {\n  b: 1\n}\nc: *x\n', { a: { b: 1 }, c: { b: 1 } }],
    ['beside a block of text', 'a: {\n  b: 1\n}\nc: |\n  {\n    d\n  }\n', { a: { b: 1 }, c: '{\n  d\n}\n' }],
    ['beside a block of text that begins with one', 'a: {\n}\nc:\n  - |-\n    }\n     ]\n', { a: {}, c: ['}\n ]'] }],
    ['beside a block of text whose header looks otherwise', 'a: {\n}\nc: !!str |\n  }\n', { a: {}, c: '}\n' }],
    ['beside a text in several lines', 'a: {\n}\nc: "{\n  }"\nd: e {\n  } f\n', { a: {}, c: '{ }', d: 'e { } f' }],
  ])('%s', (_what, text, want) => {
    expect(result(text)).toEqual(want)
  })

  test.each([
    ['an item that is indented too little', 'a:\n  b: {\n    c: 1\n  d: 2\n  }\n', '4:3 deficient indentation'],
    ['one bracket too many', 'a: {\n  b: 1\n}\nc: 1\n}\n', /^5:1 /],
    ['one bracket too many behind a text', 'a: {\n  b: 1\n}\nc: text\n}\n', /^5:1 /],
    ['one too many behind a quoted text', 'a: {\n  b: 1\n}\nc: "text\n}"\n', /^5:1 /],
    ['the other bracket', 'a: {\n  b: 1\n]\n', /^3:1 /],
    ['no bracket', 'a: {\n  b: [\n  ]\n', /^4:1 deficient/],
    ['a fault behind it', 'a: {\n  b: 1\n}\nc: [1 2: 3: 4]\n', /^4:\d+ /],
    ['a fault in its line', 'a: [\n  1\n]: : [\n', /^3:\d+ /],
  ])('still refused, at its place: %s', (_what, text, want) => {
    expect(result(text)).toMatch(want)
  })
})
