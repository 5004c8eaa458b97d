import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { code, markdown, prose } from '../../../generator/code/index.ts'
import { payloads } from '../../support/payloads.ts'

const text = fc.oneof(fc.constantFrom(...payloads), fc.string({ unit: 'binary' }))

describe('markdown', () => {
  const given: readonly [text: string, want: string][] = [
    ['The catalogue is open', 'The catalogue is open'],
    ['customer_id', 'customer_id'],
    ['a | b', 'a \\| b'],
    ['a\nb', 'a b'],
    ['[x](javascript:y)', '\\[x\\](javascript:y)'],
    ['<img>', '\\<img\\>'],
    ['https://a.example', 'https\\://a.example'],
    ['`x`', '\\`x\\`'],
    ['_www.a', '\\_www\\.a'],
    ['\u202Ex', '\\\\u202ex'],
  ]
  for (const [from, want] of given) {
    test(`prints ${JSON.stringify(from)}`, () => {
      expect(String(markdown(from))).toBe(want)
    })
  }

  test('rule G1: escapes every character that could start markup or end a cell', () => {
    fc.assert(
      fc.property(text, (given) => {
        expect(String(markdown(given)).replace(/\\[!-~]/g, '')).not.toMatch(/[\\`*[\]<>|~&!#$\n\r]/)
      }),
    )
  })
})

describe('code', () => {
  test('is a code span if the text allows one', () => {
    expect(String(code('GET /orders/{orderId}'))).toBe('`GET /orders/{orderId}`')
  })

  test('is an element with entities if it does not', () => {
    expect(String(code('a`|b'))).toBe('<code>a&#96;&#124;b</code>')
  })

  test('rule G1: contains any text', () => {
    fc.assert(
      fc.property(text, (given) => {
        expect(String(code(given))).toMatch(/^(`[^`|\\\n\r]+`|<code>([A-Za-z0-9 ]|&#\d+;)*<\/code>)$/)
      }),
    )
  })
})

describe('prose', () => {
  const given: readonly [text: string, want: string][] = [
    ['a secret in `X-Api-Key`, always', 'a secret in `X-Api-Key`, always'],
    ['one ` alone', 'one \\` alone'],
    ['a `b|c` d', 'a <code>b&#124;c</code> d'],
    ['`<b>` <b>', '`<b>` \\<b\\>'],
  ]
  for (const [from, want] of given) {
    test(`prints ${JSON.stringify(from)}`, () => {
      expect(String(prose(from))).toBe(want)
    })
  }
})
