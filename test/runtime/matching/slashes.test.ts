import { describe, expect, test } from '@jest/globals'
import { createSlashTest, hasEncodedSlash, refusedSlash } from '../../../templates/runtime/matching/slashes.ts'
import { some } from '../../support/gatewayParts.ts'

const route = (path: string, ...encodedSlash: readonly string[]) =>
  some.route('GET', path, { request: some.request(path, { encodedSlash }) })

test.each([
  ['/a%2Fb', true],
  ['/a%2fb', true],
  ['/a%252Fb', false],
  ['/a/b', false],
])('%s has an encoded slash: %s', (path, want) => {
  expect(hasEncodedSlash(path)).toBe(want)
})

describe('the parameter whose slash is refused (rule R1)', () => {
  test.each([
    ['/f/a%2Fb', ['x'], ['a%2Fb'], null],
    ['/f/a%2Fb%2fc', ['x'], ['a%2Fb%2fc'], null],
    ['/f/a%2Fb/c%2Fd', ['x', 'y'], ['a%2Fb', 'c%2Fd'], 'y'],
    ['/f%2Fa/b%2Fc', ['x'], ['b%2Fc'], ''],
    ['/f/a', ['x'], ['a'], null],
  ] as const)('of %s', (path, names, raw, want) => {
    expect(refusedSlash(path, route('/f/{x}', 'x'), names, raw)).toBe(want)
  })
})

describe('whether a route allows the slashes of a path (rule R1)', () => {
  test('no route of any gateway without such a setting', () => {
    expect(createSlashTest([some.route('GET', '/f/{x}')])).toBeNull()
  })

  test.each([
    ['/f/a%2Fb', true],
    ['/f/a%2Fb/c', false],
    ['/g/a%2Fb', false],
    ['/f%2Fa', false],
  ])('%s: %s', (path, want) => {
    expect(createSlashTest([route('/f/{x}', 'x'), some.route('GET', '/g/{x}')])?.(path)).toBe(want)
  })
})
