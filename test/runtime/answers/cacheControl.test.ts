import { describe, expect, test } from '@jest/globals'
import { createCacheFields } from '../../../templates/runtime/answers/cacheControl.ts'
import type { AnswerFields } from '../../../templates/runtime/upstream/answer.ts'

const past = 'Sun, 06 Nov 1994 08:49:37 GMT'
const future = 'Wed, 21 Oct 2037 07:28:00 GMT'
const now = Date.UTC(2026, 0, 1)

function fieldsOf(headers: AnswerFields, authenticated: boolean): Record<string, string> {
  const fields: string[] = []
  createCacheFields(() => now)(headers, authenticated, fields)
  return Object.fromEntries(fields.flatMap((name, i) => (i % 2 === 0 ? [[name, fields[i + 1] ?? '']] : [])))
}

describe('Cache-Control for an authenticated caller (rule C3)', () => {
  test.each([
    [undefined, false, 'no-store'],
    [undefined, true, 'private, no-cache'],
    ['', true, 'private, no-cache'],
    ['private, max-age=60', true, 'private, max-age=60'],
    ['Private', true, 'Private'],
    ['no-store', true, 'no-store'],
    ['private, ext="a, b"', true, 'private, ext="a, b"'],
    ['max-age=60', true, 'no-store'],
    ['public, max-age=60', false, 'no-store'],
    ['private, public', false, 'no-store'],
    ['private, s-maxage=5', false, 'no-store'],
    ['private="set-cookie"', false, 'no-store'],
    ['ext="a, private"', false, 'no-store'],
    ['x-private', false, 'no-store'],
    ['private; max-age=60', false, 'no-store'],
    ['private\x01', false, 'no-store'],
  ])('%j, validator %s: %j', (value, validator, want) => {
    const fields = fieldsOf({ 'cache-control': value, etag: validator ? '"1"' : undefined }, true)
    expect(fields).toEqual({ 'cache-control': want })
  })

  test.each([
    ['private', '0', '0'],
    ['private', past, past],
    ['private, ext', future, future],
    ['Private', 'soon', '0'],
    ['private, max-age=60', '0', undefined],
    ['public', future, undefined],
    ['private;', future, undefined],
    [undefined, future, undefined],
  ])('%j with Expires: %j', (value, expires, want) => {
    expect(fieldsOf({ 'cache-control': value, etag: '"1"', expires }, true)['expires']).toBe(want)
  })
})

describe('Cache-Control for an anonymous caller', () => {
  test.each([
    ['public, max-age=60'],
    ['no-store'],
    ['no-store, ext=a.b'],
    ['max-age="60", ,no-transform'],
    ['private="a, b", no-cache="c"'],
    ['immutable, ext="a;b\\""'],
  ])('is the service’s: %s', (value) => {
    expect(fieldsOf({ 'cache-control': value }, false)).toEqual({ 'cache-control': value })
  })

  test.each([
    ['no-cache; no-store'],
    ['private; max-age=0'],
    ['max-age=60, no store'],
    ['max-age=soon'],
    ['max-age=1.5'],
    ['max-age'],
    ['no-store=1'],
    ['private="a'],
    ['private='],
    ['\x01'],
    ['max-age=60, ext="é"'],
  ])('is no-store if a member cannot be read: %j', (value) => {
    expect(fieldsOf({ 'cache-control': value, expires: future }, false)).toEqual({ 'cache-control': 'no-store' })
  })

  test('is read as a whole if it has several lines', () => {
    expect(fieldsOf({ 'cache-control': ['max-age=60', 'private;'] }, false)).toEqual({ 'cache-control': 'no-store' })
  })
})

describe('without Cache-Control', () => {
  test.each<[AnswerFields, Record<string, string>]>([
    [{}, {}],
    [{ expires: '0' }, { 'cache-control': 'no-cache' }],
    [{ expires: '-1', 'cache-control': ' ' }, { 'cache-control': 'no-cache' }],
    [{ expires: past }, { 'cache-control': 'no-cache' }],
    [{ expires: [future, future] }, { 'cache-control': 'no-cache' }],
    [{ expires: future }, { expires: future }],
    [{ pragma: 'no-cache' }, { 'cache-control': 'no-cache' }],
    [{ pragma: 'x, No-Cache', expires: future }, { 'cache-control': 'no-cache' }],
    [{ pragma: 'x="no-cache' }, {}],
  ])('%j: %j', (headers, want) => {
    expect(fieldsOf(headers, false)).toEqual(want)
  })
})

test.each<[AnswerFields, Record<string, string>]>([
  [
    { 'cache-control': 'public', expires: past },
    { 'cache-control': 'public', expires: past },
  ],
  [
    { 'cache-control': 'must-revalidate', expires: '0' },
    { 'cache-control': 'must-revalidate', expires: '0' },
  ],
  [
    { 'cache-control': 'public', expires: 'never' },
    { 'cache-control': 'public', expires: '0' },
  ],
  [{ 'cache-control': 'max-age=9', expires: '0' }, { 'cache-control': 'max-age=9' }],
  [{ 'cache-control': 'max-age=9', pragma: 'no-cache' }, { 'cache-control': 'max-age=9' }],
])('Expires counts without max-age, Pragma without Cache-Control: %j', (headers, want) => {
  expect(fieldsOf(headers, false)).toEqual(want)
})
