import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  compare,
  isMultiple,
  type JsonFault,
  JsonNumber,
  parseAnswer,
  parseJson,
  stringifyJson,
  toDecimal,
} from '../../../templates/runtime/json/index.ts'

const strict = (text: string) => parseJson(Buffer.from(text))
const read = (text: string) => {
  const found = strict(text)
  return found.kind === 'json' ? found.value : found
}

describe('rule P9: a request is refused if', () => {
  test.each<[string, string | Buffer, string, number]>([
    ['a name comes twice', '{"role":"user","role":"admin"}', 'has a name twice', 15],
    ['a name comes twice in two spellings', '{"a":1,"\\u0061":2}', 'has a name twice', 7],
    ['it names __proto__', '{"__proto__":{}}', 'has a name that is not accepted', 1],
    ['it names __proto__ with escapes', '{"\\u005f_proto__":1}', 'has a name that is not accepted', 1],
    ['a constructor has a prototype', '{"constructor":{"prototype":{}}}', 'has a name that is not accepted', 1],
    ['it starts with a byte order mark', '\ufeff{}', 'starts with a byte order mark', 0],
    ['it is not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'is not valid UTF-8', 0],
    ['it has half a surrogate pair', '["\\ud800"]', 'has half a surrogate pair', 1],
    ['it is empty', '', 'ends too early', 0],
    ['it ends in a string', '{"a', 'ends too early', 3],
    ['it ends in an array', '[1,', 'ends too early', 3],
    ['something follows', '{} x', 'has more after its end', 3],
    ['a number starts with zero', '[01]', 'is not JSON', 2],
    ['a number starts with plus', '+1', 'is not JSON', 0],
    ['a fraction has no digits', '1.', 'has more after its end', 1],
    ['it says NaN', 'NaN', 'is not JSON', 0],
    ['a comma is last', '[1,]', 'is not JSON', 3],
    ['a name is not quoted', '{a:1}', 'is not JSON', 1],
    ['quotes are single', "['a']", 'is not JSON', 1],
    ['it has a comment', '[1/**/]', 'is not JSON', 2],
    ['a string has a line break', '"a\nb"', 'has a control character in a string', 2],
    ['an escape is unknown', '"\\x41"', 'has an unknown escape', 1],
    ['a number is longer than a thousand digits', '9'.repeat(1_001), 'has a number with too many digits', 0],
    ['it is nested too deeply', `${'['.repeat(33)}${']'.repeat(33)}`, 'is nested too deeply', 32],
    ['the place is told in bytes', '{"é":1,"é":2}', 'has a name twice', 8],
  ])('%s', (_, text, detail, offset) => {
    expect(parseJson(Buffer.from(text))).toEqual({ kind: 'fault', detail, offset })
  })

  test('a hundred thousand brackets end at the limit', () => {
    expect(strict('['.repeat(100_000))).toMatchObject({ kind: 'fault', offset: 32 })
  })

  test('the words never repeat what was sent', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 4 }), (text) => {
        const read = strict(`{"${text}`)
        expect((read as JsonFault).detail).not.toContain(`${text}!`)
      }),
    )
  })
})

describe('a request is parsed as JSON.parse does', () => {
  test('on every JSON text within the limits', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.boolean(), (text, pretty) => {
        const value: unknown = JSON.parse(text)
        const written = JSON.stringify(value, null, pretty ? 2 : 0)
        if (/__proto__|"constructor"/.test(written) || /\p{Surrogate}/u.test(text)) return
        expect(read(written)).toEqual(value)
      }),
    )
  })

  test('nesting of 100,000 brackets is refused at the limit', () => {
    const characters = fc.constantFrom(...'{}[]",:0123.eE+-truefalsn\\ \t\n')
    fc.assert(
      fc.property(fc.string({ unit: characters, maxLength: 12 }), (text) => {
        let native: unknown
        try {
          native = JSON.parse(text)
        } catch {
          expect(strict(text).kind).toBe('fault')
          return
        }
        const read = strict(text)
        if (read.kind === 'json' && !read.exact) expect(read.value).toEqual(native)
      }),
      { numRuns: 5_000 },
    )
  })
})

describe('error messages never repeat the input', () => {
  test.each([
    '9007199254740993',
    '-9223372036854775808',
    '1e400',
    '1e-400',
    '0.1000000000000000055511151231257827',
    '123456789.123456789',
  ])('%s is kept as its text and printed back', (text) => {
    const read = parseAnswer(Buffer.from(`{"a":[${text}]}`))
    expect(read).toMatchObject({ exact: true, value: { a: [new JsonNumber(text)] } })
    expect(read.kind === 'json' && stringifyJson(read.value)).toBe(`{"a":[${text}]}`)
  })

  test.each(['0', '-0', '1.0', '1.50', '9007199254740991', '1e3', '0.1', '1e22', '100000000000000000000', '5e-324'])(
    '%s is a plain number',
    (text) => {
      expect(read(text)).toBe(Number(text))
    },
  )

  test('an answer keeps its value, with any numbers', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 30 })
    const number = fc
      .tuple(fc.constantFrom('', '-'), digits, fc.option(digits), fc.option(fc.integer({ min: -400, max: 400 })))
      .map(([sign, whole, fraction, power]) => {
        const plain = whole.replace(/^0+(?=\d)/, '')
        return `${sign}${plain}${fraction === null ? '' : `.${fraction}`}${power === null ? '' : `e${power}`}`
      })
    fc.assert(
      fc.property(fc.array(number, { maxLength: 5 }), (numbers) => {
        const read = parseAnswer(Buffer.from(`[${numbers.join()}]`))
        const text = read.kind === 'json' ? (stringifyJson(read.value, read.exact) ?? '') : ''
        const printed = text.slice(1, -1).split(',')
        for (const [at, number] of numbers.entries()) {
          const [left, right] = [new JsonNumber(number), new JsonNumber(printed[at] ?? '')]
          expect({ number, same: compare(toDecimal(left), toDecimal(right)) === 0 }).toEqual({ number, same: true })
        }
      }),
    )
  })

  test.each<[string, string, boolean]>([
    ['0.3', '0.1', true],
    ['1.15', '0.01', true],
    ['9223372036854775807', '7', true],
    ['9223372036854775806', '7', false],
    ['1e999999999', '3', false],
    ['3e999999999', '3', true],
    ['5', '2.5', true],
    ['0.5', '5', false],
    ['0', '0.01', true],
    ['1', '0', false],
  ])('%s as a multiple of %s is %s', (value, divisor, expected) => {
    expect(isMultiple(toDecimal(new JsonNumber(value)), toDecimal(new JsonNumber(divisor)))).toBe(expected)
  })
})

describe('an answer', () => {
  test('is parsed natively unless that would change it', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const read = parseAnswer(Buffer.from(text))
        if (text.includes('__proto__') || (read.kind === 'json' && read.exact)) return
        expect(read).toEqual({ kind: 'json', value: JSON.parse(text), exact: false })
      }),
    )
  })

  test.each([
    '{"__proto__":{"isAdmin":true},"a":1}',
    '{"\\u005f_proto__":{"isAdmin":true},"a":1}',
    '{"_\\u005f\\u0070roto__":2,"a":1}',
  ])('rule O2: loses a member named __proto__: %s', (text) => {
    const read = parseAnswer(Buffer.from(text))
    expect(read.kind === 'json' && stringifyJson(read.value)).toBe('{"a":1}')
    expect(read.kind === 'json' && Object.getPrototypeOf(read.value)).toBe(Object.prototype)
  })

  test('may start with a byte order mark and have a name twice; the last value counts', () => {
    expect(parseAnswer(Buffer.from('\ufeff{"a":1,"a":2}'))).toEqual({ kind: 'json', value: { a: 2 }, exact: false })
  })

  test('that is not JSON or not UTF-8 is a fault', () => {
    expect(parseAnswer(Buffer.from('<html>')).kind).toBe('fault')
    expect(parseAnswer(Buffer.from([0x22, 0xe9, 0x22])).kind).toBe('fault')
  })

  test('nested too deeply for the stack is a result, not an exception', () => {
    const depth = 200_000
    const read = parseAnswer(Buffer.from(`${'['.repeat(depth)}${']'.repeat(depth)}`))
    expect(read.kind === 'json' && stringifyJson(read.value, read.exact)).toBeNull()
    expect(read.kind === 'json' && stringifyJson(read.value, true)).toBeNull()
  })
})
