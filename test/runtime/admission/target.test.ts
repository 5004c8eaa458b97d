import { describe, expect, test } from '@jest/globals'
import { asterisk, isCleanQuery, readTarget } from '../../../templates/runtime/admission/target.ts'

const malformed = expect.objectContaining({ name: 'malformed-request', status: 400 })

const limits = { target: 8_000, path: 8_000 }

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
    expect(readTarget(method, target, 'shop.example', limits)).toEqual(want)
  })

  test('8,000 bytes pass, and one more does not (rule P6)', () => {
    expect(readTarget('GET', `/${'a'.repeat(7999)}`, undefined, limits)).toHaveProperty('path')
    expect(readTarget('GET', `/${'a'.repeat(8000)}`, undefined, limits)).toMatchObject({
      name: 'uri-too-long',
      status: 414,
    })
  })

  test('the path has a limit of its own, in both forms (rule P6)', () => {
    const short = { target: 8_000, path: 10 }
    const long = { name: 'uri-too-long', status: 414 }
    expect(readTarget('GET', `/${'a'.repeat(9)}?${'b'.repeat(500)}`, 'shop.example', short)).toHaveProperty('path')
    expect(readTarget('GET', `/${'a'.repeat(10)}`, 'shop.example', short)).toMatchObject(long)
    expect(readTarget('GET', `/${'a'.repeat(10)}?b`, 'shop.example', short)).toMatchObject(long)
    expect(readTarget('GET', `http://shop.example/${'a'.repeat(9)}`, 'shop.example', short)).toHaveProperty('path')
    expect(readTarget('GET', `http://shop.example/${'a'.repeat(10)}`, 'shop.example', short)).toMatchObject(long)
  })
})

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
