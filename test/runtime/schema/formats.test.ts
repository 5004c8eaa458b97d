import { createRequire } from 'node:module'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { JsonNumber, TooMuchWork } from '../../../templates/runtime/json/index.ts'
import { compileSchemas } from '../../../templates/runtime/schema/index.ts'

const { fullFormats } = createRequire(import.meta.url)('ajv-formats/dist/formats.js') as {
  fullFormats: Readonly<Record<string, RegExp | ((text: string) => boolean) | { validate: (text: string) => boolean }>>
}

function judge(format: string, text: string): boolean {
  const of = fullFormats[format]
  if (of instanceof RegExp) return of.test(text)
  if (typeof of === 'function') return of(text)
  return of?.validate(text) ?? true
}

function fits(format: string, value: string | number | JsonNumber): boolean {
  return compileSchemas({ operations: {}, schemas: {}, linear: [] }).checker({ format }, 'request').fits(value)
}

/**
 * Where ajv-formats reads a format in another way than its RFC: it takes offsets such as `+0530` and `+05`, any white space for the
 * `T`, and of RFC 5321 neither quoted texts, addresses in brackets nor names of one label.
 */
const otherwise: Readonly<Record<string, (text: string) => boolean | null>> = {
  time: (text) => (/[+-]\d\d(?:\d\d)?$/.test(text) ? false : null),
  'date-time': (text) => (/[+-]\d\d(?:\d\d)?$/.test(text) || /^.{10}[^Tt ]/s.test(text) ? false : null),
  email: (text) =>
    /^[^@"]*@[a-z0-9_.-]*$/i.test(text) && /@[^@]*[a-z0-9-]\.[a-z0-9-]/i.test(text) ? null : fits('email', text),
}

/** Texts close to the limits of each format. Random texts of a format are made from its alphabet. */
const cases: readonly { format: string; alphabet: string; seeds: readonly string[] }[] = [
  {
    format: 'date',
    alphabet: '0123456789-',
    seeds: ['2024-02-29', '2023-02-29', '1900-02-29', '2000-02-29', '2024-13-01', '2024-00-10', '2024-04-31'],
  },
  {
    format: 'time',
    alphabet: '0123456789:.Zz+-',
    seeds: [
      '10:20:30Z',
      '23:59:60Z',
      '22:59:60Z',
      '23:59:60.5z',
      '01:29:60+01:30',
      '15:59:60-08:00',
      '10:20:30',
      '10:20:30+0130',
      '10:20:30+01',
      '24:00:00Z',
      '10:20:30+24:00',
    ],
  },
  {
    format: 'date-time',
    alphabet: '0123456789-:.TtZ ',
    seeds: [
      '2024-02-29T10:20:30Z',
      '2024-02-29t10:20:30.123+01:00',
      '2024-02-29 10:20:30Z',
      '2024-02-30T10:20:30Z',
      '2024-02-29T10:20:30',
      '2024-02-29TT10:20:30Z',
    ],
  },
  {
    format: 'duration',
    alphabet: 'PT0123YMWDHS',
    seeds: ['P1Y2M3DT4H5M6S', 'P1W', 'P', 'PT', 'P1YT', 'P1D2Y', 'P1W2D', 'PT1S', 'P1YT1S', 'p1d', 'P1.5D'],
  },
  {
    format: 'email',
    alphabet: 'ab.@-_1+',
    seeds: [
      'a@b.co',
      'a.b+c@d-e.fg',
      'a@b',
      '.a@b.co',
      'a..b@c.de',
      'a@-b.co',
      'a@b-.co',
      'a@b..co',
      'a b@c.de',
      'a@b@c.de',
      'é@b.co',
      'a@b.c',
    ],
  },
  {
    format: 'hostname',
    alphabet: 'ab.-1',
    seeds: [
      'a',
      'a.b',
      'a.b.',
      '.a',
      'a..b',
      '-a',
      'a-',
      `${'a'.repeat(63)}.b`,
      'a'.repeat(64),
      `${'a.'.repeat(126)}a`,
      `${'a.'.repeat(127)}a`,
      '.',
      '',
    ],
  },
  {
    format: 'ipv4',
    alphabet: '0125.',
    seeds: ['1.2.3.4', '255.255.255.255', '256.1.1.1', '01.2.3.4', '1.2.3', '1.2.3.4.5', '1.2.3.'],
  },
  {
    format: 'ipv6',
    alphabet: '0af:1.',
    seeds: [
      '::',
      '::1',
      '1::',
      '1:2:3:4:5:6:7:8',
      '1:2:3:4:5:6:7',
      '1:2:3:4:5:6:7::',
      '::2:3:4:5:6:7:8',
      '1::2::3',
      '1:2:3:4:5:6:1.2.3.4',
      '::1.2.3.4',
      '::ffff:1.2.3.4',
      '1.2.3.4::',
      ':::',
      '12345::',
      'fe80::1%eth0',
      '1:2:3:4:5:6:7:1.2.3.4',
      '1:2:3:4:5::1.2.3.4',
      ':1',
      '1:',
    ],
  },
  {
    format: 'uri',
    alphabet: 'ab:/?#%41[]@.',
    seeds: [
      'http://a.b/c?d=e#f',
      'urn:a:b',
      'a:',
      'a:b',
      '/a',
      'http://[::1]:80/',
      'http://[::1',
      'http://a b',
      'http://a/%zz',
      'http://a/%41',
      '1a:b',
      'http://u:p@h:1/x',
      'mailto:a@b.c',
      'http://é',
      'a:#b',
      'http://a#b#c',
    ],
  },
  {
    format: 'uri-reference',
    alphabet: 'ab:/?#%41[]@.',
    seeds: ['', '/a', 'a', '?b', '#c', '//h/p', '../a', 'http://a', 'a b', '/%4', 'a\\b', '#a#b'],
  },
  {
    format: 'uri-template',
    alphabet: 'a{}+,:*1%',
    seeds: ['http://a/{b}', '{+a,b}', '{a:3}', '{a*}', '{', '}', '{a,}', '{}', 'a b', '{a', '{?a,b*}', '{a:0}'],
  },
  {
    format: 'uuid',
    alphabet: '0af-',
    seeds: [
      '123e4567-e89b-12d3-a456-426614174000',
      'urn:uuid:123E4567-e89b-12d3-a456-426614174000',
      '123e4567e89b12d3a456426614174000',
      '123e4567-e89b-12d3-a456-42661417400',
    ],
  },
  { format: 'json-pointer', alphabet: '/~01a', seeds: ['', '/', '/a/b', '/~0~1', '/~2', '/~', 'a', '/a//b'] },
  {
    format: 'relative-json-pointer',
    alphabet: '/~01a#',
    seeds: ['0', '1#', '0/a', '01', '-1', '1a', '#', '0#/a', '10/~1'],
  },
  { format: 'regex', alphabet: 'a()[]\\+*', seeds: ['a+', '(', '[a', '\\d', 'a\\Z', '(?<n>a)\\k<n>'] },
  { format: 'byte', alphabet: 'aA+/=0', seeds: ['', 'YQ==', 'YWI=', 'YWJj', 'YQ=', 'Y', '====', 'YQ==YQ==', 'Y-__'] },
]

describe.each(cases)('format $format', ({ format, alphabet, seeds }) => {
  test.each(seeds.map((text) => [text]))('agrees with ajv on %j', (text) => {
    expect(fits(format, text)).toBe(otherwise[format]?.(text) ?? judge(format, text))
  })

  test('agrees with ajv on texts made of its characters, and on examples with one character changed', () => {
    const checker = compileSchemas({ operations: {}, schemas: {}, linear: [] }).checker({ format }, 'request')
    const character = fc.constantFrom(...alphabet)
    const changed = fc.tuple(fc.constantFrom(...seeds), fc.nat(), character).map(([text, at, other]) => {
      const index = at % (text.length + 1)
      return text.slice(0, index) + other + text.slice(index + (at % 2))
    })
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: character, maxLength: 24 }), changed), (text) => {
        expect({ text, fits: checker.fits(text) }).toEqual({
          text,
          fits: otherwise[format]?.(text) ?? judge(format, text),
        })
      }),
      { numRuns: 300 },
    )
  })

  test('rule O5: checks 100,000 characters without stalling', () => {
    const attacks = [...alphabet].map((character) => character.repeat(100_000))
    const whole = seeds.map((text) => text.repeat(Math.ceil(100_000 / Math.max(1, text.length))))
    // Quadratic time would be ten thousand million steps for each text, and the test would time out.
    const verdict = (text: string) => {
      try {
        return fits(format, text)
      } catch (error) {
        if (error instanceof TooMuchWork) return false
        throw error
      }
    }
    for (const text of [...attacks, ...whole]) expect(typeof verdict(`${text}\n`)).toBe('boolean')
  })
})

describe('formats of numbers', () => {
  test.each<[string, number | JsonNumber, boolean]>([
    ['int32', 2_147_483_647, true],
    ['int32', 2_147_483_648, false],
    ['int32', -2_147_483_648, true],
    ['int32', 1.5, false],
    ['int32', new JsonNumber('1e400'), false],
    ['int64', new JsonNumber('9223372036854775807'), true],
    ['int64', new JsonNumber('9223372036854775808'), false],
    ['int64', new JsonNumber('-9223372036854775808'), true],
    ['int64', new JsonNumber('-9223372036854775809'), false],
    ['int64', 0.5, false],
    ['float', 0.5, true],
    ['double', 0.5, true],
  ])('%s of %s is %s', (format, value, expected) => {
    expect(fits(format, value)).toBe(expected)
  })
})

test('unknown formats and annotations allow any text', () => {
  for (const format of ['password', 'binary', 'iban', 'constructor']) expect(fits(format, '\n')).toBe(true)
})
