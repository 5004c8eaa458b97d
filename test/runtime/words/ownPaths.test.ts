import { describe, expect, test } from '@jest/globals'
import { pathShape } from '../../../templates/runtime/matching/segment.ts'
import { ownPathAt, ownPathsBelow, ownPathsIn } from '../../../templates/runtime/words/ownPaths.ts'

test('stand behind `ownPath`', () => {
  expect(ownPathsBelow(null)).toEqual({
    live: '/health/live',
    ready: '/health/ready',
    jwks: '/.well-known/jwks.json',
  })
  expect(Object.values(ownPathsBelow('/_gateway'))).toEqual([
    '/_gateway/health/live',
    '/_gateway/health/ready',
    '/_gateway/.well-known/jwks.json',
  ])
})

describe('the own paths that a template matches', () => {
  test.each<readonly [string, string | null, readonly string[], string | null]>([
    ['/{a}/{b}', null, ['/health/live', '/health/ready', '/.well-known/jwks.json'], null],
    ['/health/{b}', null, ['/health/live', '/health/ready'], null],
    ['/{a}ealth/live', null, ['/health/live'], null],
    ['/{a}/{b}.json', null, ['/.well-known/jwks.json'], null],
    ['/%68ealth/live', null, ['/health/live'], '/health/live'],
    ['/health/live', '/_gateway', [], null],
    ['/{a}/{b}', '/_gateway', [], null],
    ['/{a}/{b}/{c}', '/_gateway', Object.values(ownPathsBelow('/_gateway')), null],
    ['/health/other', null, [], null],
    ['/health/live/{a}', null, [], null],
    ['/.well-known/{a}/b', null, [], null],
  ])('%s, behind %s', (template, prefix, within, at) => {
    expect(ownPathsIn(pathShape(template), ownPathsBelow(prefix))).toEqual(within)
    expect(ownPathAt(pathShape(template), ownPathsBelow(prefix))).toBe(at)
  })
})
