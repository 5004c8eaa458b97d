import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  asterisk,
  checkFraming,
  createHeaderCheck,
  createHostCheck,
  isCleanPath,
  isCleanQuery,
  readTarget,
} from '../../../templates/runtime/admission/admission.ts'

const malformed = expect.objectContaining({ name: 'malformed-request', status: 400 })

describe('framing (rule P1)', () => {
  test.each([
    ['1.1', undefined, undefined, undefined],
    ['1.1', undefined, '5', undefined],
    ['1.0', undefined, '5', undefined],
    ['1.1', 'chunked', undefined, undefined],
    ['1.0', 'chunked', undefined, malformed],
    ['1.1', 'chunked', '5', malformed],
    ['1.1', 'Chunked', undefined, malformed],
    ['1.1', 'gzip, chunked', undefined, malformed],
    ['1.1', 'chunked, chunked', undefined, malformed],
    ['1.1', 'identity', undefined, malformed],
    ['1.1', '', undefined, malformed],
    ['2.0', undefined, undefined, malformed],
    ['0.9', undefined, undefined, malformed],
  ])('HTTP/%s, Transfer-Encoding %s, Content-Length %s', (version, transferEncoding, contentLength, want) => {
    expect(checkFraming(version, transferEncoding, contentLength)).toEqual(want)
  })
})

describe('header fields', () => {
  const check = createHeaderCheck(['X-Partner-Key'])

  test.each([
    'Host',
    'Authorization',
    'Content-Type',
    'Content-Length',
    'Transfer-Encoding',
    'Origin',
    'Cookie',
    'X-API-Key',
    'DPoP',
    'X-CSRF',
    'Idempotency-Key',
    'Upgrade',
    'Sec-WebSocket-Key',
    'x-partner-key',
  ])('%s may come once (rule P3)', (name) => {
    expect(check([name, 'a', 'Accept', 'b'])).toBeUndefined()
    expect(check([name, 'a', 'Accept', 'b', name, 'a'])).toEqual(malformed)
    expect(check([name.toUpperCase(), 'a', name.toLowerCase(), 'b'])).toEqual(malformed)
  })

  test('others may come again', () => {
    expect(check(['Accept', 'a', 'Accept', 'b', 'X-Anything', 'c', 'X-Anything', 'd'])).toBeUndefined()
  })

  test.each(['X_User_Id', 'Transfer_Encoding', 'X.Y', 'X Y', 'X!', 'Content-Length ', 'Ünicode', ''])(
    'the name %j is refused (rule P5)',
    (name) => {
      expect(check([name, 'a'])).toEqual(malformed)
    },
  )

  test('a hundred fields pass and one more does not (rule P6)', () => {
    const fields = Array.from({ length: 100 }, (_, i) => [`X-${i}`, 'a']).flat()
    expect(check(fields)).toBeUndefined()
    expect(check([...fields, 'Authorization', 'Bearer a'])).toMatchObject({ name: 'headers-too-large', status: 431 })
  })

  test('a Cookie of 8 KB passes and a longer one does not (rule P6)', () => {
    expect(check(['Cookie', 'a'.repeat(8192)])).toBeUndefined()
    expect(check(['cOOKIE', 'a'.repeat(8193)])).toMatchObject({ status: 431 })
  })
})

describe('request target (rule P4)', () => {
  test.each([
    ['GET', '/', { path: '/', query: '' }],
    ['GET', '/a/b?c=d', { path: '/a/b', query: 'c=d' }],
    ['GET', '/a?b?c', { path: '/a', query: 'b?c' }],
    ['GET', '/a?', { path: '/a', query: '' }],
    ['GET', 'http://shop.example/a?b', { path: '/a', query: 'b' }],
    ['GET', 'HTTPS://SHOP.example', { path: '/', query: '' }],
    ['GET', 'http://shop.example?b', { path: '/', query: 'b' }],
    ['OPTIONS', '*', asterisk],
    ['GET', '*', malformed],
    ['GET', 'http://evil.example/a', malformed],
    ['GET', 'http://shop.example:81/a', malformed],
    ['GET', 'http://user@shop.example/a', malformed],
    ['GET', 'ftp://shop.example/a', malformed],
    ['GET', '', malformed],
    ['GET', 'a', malformed],
    ['GET', '?a', malformed],
  ])('%s %s', (method, target, want) => {
    expect(readTarget(method, target, 'shop.example')).toEqual(want)
  })

  test('4 KB pass, and one byte more does not (rule P6)', () => {
    expect(readTarget('GET', `/${'a'.repeat(4095)}`, undefined)).toHaveProperty('path')
    expect(readTarget('GET', `/${'a'.repeat(4096)}`, undefined)).toMatchObject({ name: 'uri-too-long', status: 414 })
  })
})

describe('path (rule R1)', () => {
  test.each([
    '/',
    '/a',
    '/a/',
    '/a/b.json',
    "/a-_.~!$&'()*+,=:@/b",
    '/.well-known/x',
    '/...',
    '/a..b/.c/d.',
    '/%41%7a',
    '/caf%C3%A9',
    '/100%25',
    '/%20',
    '/;id=5',
    '/a;b=c/d',
  ])('%s is taken', (path) => {
    expect(isCleanPath(path)).toBe(true)
  })

  test.each([
    '',
    'a',
    '//',
    '//a',
    '/a//b',
    '/a/b//',
    '/.',
    '/..',
    '/a/../b',
    '/a/./b',
    '/a/..',
    '/%2e',
    '/%2E%2e/a',
    '/.%2e',
    '/..;/a',
    '/..;a=b',
    '/%2e%2e;/a',
    '/a%2fb',
    '/a%2Fb',
    '/a%5cb',
    '/a\\b',
    '/a%00',
    '/a%0d%0aX: y',
    '/%1f',
    '/%7f',
    '/a%',
    '/a%4',
    '/a%zz',
    '/a%+1',
    '/a% 1',
    '/%252e%252e/a',
    '/%252f',
    '/%255c',
    '/%2525',
    '/%25%32%65',
    '/%250a',
    '/a#b',
    '/a b',
    '/a"b',
    '/<a>',
    '/a[b]',
    '/a|b',
    '/a^b',
    '/{a}',
    '/a`b',
    '/caf\xe9',
    '/%e9',
    '/%c0%ae%c0%ae/a',
    '/%ed%a0%80',
    '/%ff',
    '/a?b',
  ])('%j is refused', (path) => {
    expect(isCleanPath(path)).toBe(false)
  })

  test('agrees with a slow reading of the rule, on any text', () => {
    const piece = fc.constantFrom(...'/.;%aA2eEfF50cC', '%2e', '%2f', '%25', '%c3%a9', '%41', '..', ' ', '\\', 'é')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const path = `/${pieces.join('')}`
        expect(isCleanPath(path)).toBe(isCleanSlowly(path))
      }),
      { numRuns: 3_000 },
    )
  })
})

/** The rule word by word. */
function isCleanSlowly(path: string): boolean {
  if (!/^(?:\/|[A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})*$/.test(path)) return false
  if (path.includes('//')) return false
  return path.split('/').every((segment) => {
    let decoded: string
    try {
      decoded = decodeURIComponent(segment)
    } catch {
      return false
    }
    if (/[\x00-\x1f\x7f/\\]/.test(decoded) || ['.', '..'].includes(decoded.split(';', 1)[0] ?? '')) return false
    return !/%(?:2e|2f|5c|25|[01][0-9a-f]|7f)/i.test(decoded)
  })
}

test.each([
  ['a=b&c[d]=e|f', true],
  ['a=%20', true],
  ['a b', false],
  ['a#b', false],
  ['caf\xe9', false],
  ['a\x00', false],
  ['a\x7f', false],
])('query %j (rule R1): %s', (query, want) => {
  expect(isCleanQuery(query)).toBe(want)
})

describe('host (rule P4)', () => {
  const misdirected = expect.objectContaining({ name: 'misdirected-request', status: 421 })

  test.each([
    ['shop.example', undefined],
    ['SHOP.example', undefined],
    ['shop.example:8443', undefined],
    ['api.example:81', undefined],
    ['api.example', misdirected],
    ['api.example:82', misdirected],
    ['evil.example', misdirected],
    ['shop.example.evil.example', misdirected],
    ['shop.example@evil.example', malformed],
    ['shop.example/', malformed],
    ['shop.example, evil.example', malformed],
    ['', malformed],
    [undefined, malformed],
  ])('%s', (host, want) => {
    const check = createHostCheck(['Shop.example', 'api.example:81'])
    expect(check(host)).toEqual(want)
    expect(check(host)).toEqual(want)
  })

  test('without a list any well-formed host goes', () => {
    const check = createHostCheck(null)
    expect(check('[::1]:80')).toBeUndefined()
    expect(check('a b')).toEqual(malformed)
  })
})
