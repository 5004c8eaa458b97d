import { describe, expect, test } from '@jest/globals'
import { createAccept } from '../../../templates/runtime/bodies/accept.ts'
import { mediaTable, parseMediaType } from '../../../templates/runtime/bodies/media.ts'

describe('a media type is parsed', () => {
  test.each<[string, string, Record<string, string>]>([
    ['application/json', 'application/json', {}],
    [' Text/HTML ; Charset="utf-8" ', 'text/html', { charset: 'utf-8' }],
    ['multipart/form-data; boundary="a\\"b"; x=y', 'multipart/form-data', { boundary: 'a"b', x: 'y' }],
    ['application/json;', 'application/json', {}],
    ['image/*', 'image/*', {}],
  ])('%j', (text, essence, parameters) => {
    expect(parseMediaType(text)).toEqual({ essence, parameters: new Map(Object.entries(parameters)) })
  })

  test.each(['', 'json', '/json', 'a/b c/d', 'a/b; charset', 'a/b; charset=a; charset=b', 'a/b; x="y', 'a/b, c/d'])(
    '%j is not valid',
    (text) => {
      expect(parseMediaType(text)).toBeNull()
    },
  )
})

describe('the most specific documented media type is used', () => {
  const find = (names: readonly string[], text: string) => {
    const media = parseMediaType(text)
    return media === null ? null : (mediaTable(names.map((name) => ({ name, value: 0 })))(media)?.name ?? null)
  }

  test.each<[readonly string[], string, string | null]>([
    [['*/*', 'application/*', 'application/json'], 'application/json', 'application/json'],
    [['*/*', 'application/*'], 'application/json', 'application/*'],
    [['*/*', 'text/*'], 'application/json', '*/*'],
    [['application/json'], 'application/json; charset=utf-8', 'application/json'],
    [['application/json; charset=utf-8'], 'application/json', 'application/json; charset=utf-8'],
    [['application/json;v=1', 'application/json;v=2'], 'application/json; v=2', 'application/json;v=2'],
    [['application/json;v=1', 'application/json;v=2'], 'application/json', null],
    [['application/json', 'application/json;v=2'], 'application/json;v=3', 'application/json'],
    [['application/json;v=1'], 'application/json', 'application/json;v=1'],
    [['application/json'], 'application/problem+json', null],
    [['application/json'], 'text/html', null],
    [['app/*'], 'application/json', null],
  ])('%j for %s is %s', (names, text, expected) => {
    expect(find(names, text)).toBe(expected)
  })
})

describe('the Accept header for a service', () => {
  const acceptFor = (...names: string[]) =>
    createAccept({
      200: { content: Object.fromEntries(names.map((name) => [name, { schema: true, encoding: {} }])), headers: [] },
    })

  test.each<[readonly string[], string | undefined, string]>([
    [['application/json', 'text/csv'], undefined, 'application/json, text/csv'],
    [['application/json', 'text/csv'], '*/*', 'application/json, text/csv'],
    [['application/json', 'text/csv'], 'text/csv', 'text/csv'],
    [['application/json', 'text/csv'], 'text/csv;q=0.5, application/json', 'application/json, text/csv;q=0.5'],
    [['application/json', 'text/csv'], 'application/json;q=0, */*;q=0.1', 'text/csv;q=0.1'],
    [['application/json', 'text/csv'], 'text/html', 'application/json, text/csv'],
    [['application/json', 'text/csv'], 'application/json;q=0, text/csv;q=0', 'application/json, text/csv'],
    [['application/json', 'text/csv'], 'nonsense, ;;', 'application/json, text/csv'],
    [['image/*'], 'image/png, text/html', 'image/png'],
    [['image/*'], 'image/*', 'image/*'],
    [[], 'text/html', '*/*'],
  ])('%j offered, %s wanted: %s', (names, wanted, expected) => {
    const accept = acceptFor(...names)
    expect(accept(wanted)).toBe(expected)
    expect(accept(wanted)).toBe(expected)
  })
})
