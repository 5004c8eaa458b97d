import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { isCleanPath } from '../../../templates/runtime/words/cleanPath.ts'

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
  ])('%s is accepted', (path) => {
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

  test('agrees with a slow implementation of the rule, on any text', () => {
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

/** A literal implementation of the rule. */
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
