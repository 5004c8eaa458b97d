import { describe, expect, test } from '@jest/globals'
import { createEntityTags, markTag } from '../../../templates/runtime/support/entityTags.ts'

const own = 'aaaaaaaaaaaa'
const other = 'bbbbbbbbbbbb'
const tags = createEntityTags(() => new Set([own]))
const plain = createEntityTags(() => new Set())

test.each([
  ['"1"', `"1~gw-${own}"`],
  ['W/"1"', `W/"1~gw-${own}"`],
  ['""', `"~gw-${own}"`],
  ['"\x80,"', `"\x80,~gw-${own}"`],
  ['1', '1'],
  ['"1" ', '"1" '],
  ['"a"b"', '"a"b"'],
])('%s is marked as %s', (tag, want) => {
  expect(markTag(tag, own)).toBe(want)
})

function restored(of: typeof tags, method: string, headers: Record<string, string>) {
  const req = { method, headers }
  of.restore(req)
  return req.headers
}

const list = `"1~gw-${own}", W/"2~gw-${own}", "3~gw-${other}", "4", "5~gw-short"`

describe('If-None-Match', () => {
  test.each(['GET', 'HEAD'])('of %s loses tags of other projections', (method) => {
    expect(restored(tags, method, { 'if-none-match': list })).toEqual({
      'if-none-match': '"1", W/"2", "4", "5~gw-short"',
    })
  })

  test.each(['GET', 'HEAD'])('of %s is left out if nothing is left', (method) => {
    expect(restored(tags, method, { 'if-none-match': `"3~gw-${other}"` })).toEqual({})
    expect(restored(plain, method, { 'if-none-match': `"1~gw-${own}"` })).toEqual({})
  })

  test.each(['GET', 'HEAD'])('of %s takes If-Modified-Since with it if nothing is left', (method) => {
    const since = { 'if-modified-since': 'Thu, 01 Jan 2026 00:00:00 GMT' }
    expect(restored(tags, method, { ...since, 'if-none-match': `"3~gw-${other}"` })).toEqual({})
    expect(restored(tags, method, { ...since, 'if-none-match': `"1~gw-${own}"` })).toHaveProperty('if-modified-since')
    expect(restored(tags, method, { ...since, 'if-none-match': '"1"' })).toHaveProperty('if-modified-since')
    expect(restored(tags, method, since)).toEqual(since)
  })

  test.each(['PUT', 'PATCH', 'DELETE', 'POST'])('of %s keeps all tags', (method) => {
    const want = '"1", W/"2", "3", "4", "5~gw-short"'
    expect(restored(tags, method, { 'if-none-match': list })).toEqual({ 'if-none-match': want })
  })

  test.each(['*', '"1"', 'W/"1", "2"', 'gw'])('without a suffix stays unchanged: %s', (field) => {
    expect(restored(tags, 'GET', { 'if-none-match': field })).toEqual({ 'if-none-match': field })
  })
})

test.each(['GET', 'PUT', 'DELETE'])('If-Match of %s loses every suffix and no tag', (method) => {
  const want = { 'if-match': '"1", W/"2", "3", "4", "5~gw-short"' }
  expect(restored(tags, method, { 'if-match': list })).toEqual(want)
  expect(restored(plain, method, { 'if-match': list })).toEqual(want)
})

test('If-Match without quotes loses its suffixes too', () => {
  const field = `1~gw-${own}, W/2~gw-${other} ,3~gw-${own}x`
  expect(restored(tags, 'PUT', { 'if-match': field })).toEqual({ 'if-match': `1, W/2 ,3~gw-${own}x` })
})

test('only the last suffix is ours', () => {
  expect(restored(plain, 'PUT', { 'if-match': `"1~gw-${own}~gw-${other}"` })).toEqual({ 'if-match': `"1~gw-${own}"` })
})

describe('the tag of a 304', () => {
  const sent = (...fields: string[]) => ({ rawHeaders: fields.flatMap((field) => ['If-None-Match', field]) })
  test.each<[string, string[], string]>([
    ['"1"', [`"1~gw-${own}"`], `"1~gw-${own}"`],
    ['"1"', ['"0"', `W/"1~gw-${own}"`], `"1~gw-${own}"`],
    ['W/"1"', [`W/"1~gw-${own}"`], `W/"1~gw-${own}"`],
    ['"1"', ['"1"'], '"1"'],
    ['"1"', ['*'], `"1~gw-${own}"`],
    ['"1"', [], `"1~gw-${own}"`],
  ])('%s for %j is %s', (tag, fields, want) => {
    expect(tags.confirmed(tag, sent(...fields))).toBe(want)
    expect(plain.confirmed(tag, sent(...fields))).toBe(tag)
  })
})
