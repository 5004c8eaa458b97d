import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { pathReader, pathTemplate } from '../../../templates/runtime/parameters/path.ts'
import { encodeSegment } from '../../../templates/runtime/parameters/percent.ts'
import type { ParameterSchema, ParameterStyle, Schema } from '../../../templates/runtime/vocabulary.ts'
import { contractOf, operation, parameter } from './support.ts'

const integers: Schema = { type: 'array', items: { type: 'integer' } }
const strings: Schema = { type: 'array', items: { type: 'string' } }
const role: Schema = { type: 'object', properties: { role: { type: 'string' }, age: { type: 'integer' } } }

const simple = (schema: Schema, more: Partial<ParameterSchema> = {}) =>
  parameter(schema, { style: 'simple', explode: false, ...more })

const read = (of: ParameterSchema, raw: string) => pathReader('id', of, contractOf(operation()))(raw)

describe('every style of a path is parsed by its schema, and serialised again', () => {
  test.each<[ParameterStyle | null, boolean, Schema, string, unknown, string]>([
    ['simple', false, { type: 'string' }, 'a%20b', 'a b', 'a%20b'],
    ['simple', false, { type: 'string' }, '(a)*', '(a)*', '%28a%29%2A'],
    ['simple', false, { type: 'integer' }, '5', 5, '5'],
    ['simple', false, integers, '3,4', [3, 4], '3,4'],
    ['simple', false, strings, 'a%2Cb,c', ['a,b', 'c'], 'a%2Cb,c'],
    ['simple', false, role, 'role,admin,age,5', { role: 'admin', age: 5 }, 'role,admin,age,5'],
    ['simple', true, role, 'role=admin,age=5', { role: 'admin', age: 5 }, 'role=admin,age=5'],
    ['label', false, { type: 'integer' }, '.5', 5, '.5'],
    ['label', false, integers, '.3,4', [3, 4], '.3,4'],
    ['label', true, integers, '.3.4', [3, 4], '.3.4'],
    ['label', false, role, '.role,admin', { role: 'admin' }, '.role,admin'],
    ['label', true, role, '.role=admin.age=5', { role: 'admin', age: 5 }, '.role=admin.age=5'],
    ['matrix', false, { type: 'integer' }, ';id=5', 5, ';id=5'],
    ['matrix', false, integers, ';id=3,4', [3, 4], ';id=3,4'],
    ['matrix', true, integers, ';id=3;id=4', [3, 4], ';id=3;id=4'],
    ['matrix', false, role, ';id=role,admin', { role: 'admin' }, ';id=role,admin'],
    ['matrix', true, role, ';role=admin;age=5', { role: 'admin', age: 5 }, ';role=admin;age=5'],
    [null, false, role, '%7B%22age%22%3A5%7D', { age: 5 }, '%7B%22age%22%3A5%7D'],
  ])('%s, explode %s, %j: %s', (style, explode, schema, raw, value, wire) => {
    expect(read(parameter(schema, { style, explode }), raw)).toEqual({ kind: 'read', value, wire })
  })

  test.each<[ParameterStyle, boolean, Schema, string]>([
    ['label', false, { type: 'integer' }, '5'],
    ['matrix', false, { type: 'integer' }, 'id=5'],
    ['matrix', false, { type: 'integer' }, ';other=5'],
    ['matrix', true, integers, ';id=3;other=4'],
    ['simple', false, role, 'role,admin,age'],
    ['simple', false, role, 'role,admin,root,1'],
    ['simple', false, { type: 'string' }, '%ff'],
  ])('%s, explode %s, %j: %s is refused', (style, explode, schema, raw) => {
    expect(read(parameter(schema, { style, explode }), raw).kind).toBe('fault')
  })
})

describe('rule R3: a value stays within its segment', () => {
  test.each(['..', '.', '', '%2e%2e', '%2E', '%252e%252e', 'a%2fb', '%5c', 'x%252Fy'])('%j is refused', (text) => {
    expect(encodeSegment(text, false)).toBeNull()
  })

  test.each(['%2e%2e', '%2e', '', '%252e%252e', '%252f'])('raw %j is refused, in a list as well', (raw) => {
    expect(read(simple({ type: 'string' }), raw).kind).toBe('fault')
    expect(read(simple(strings), raw).kind).toBe('fault')
  })

  test('text with a percent sign is an ordinary value', () => {
    expect(encodeSegment('50%', false)).toBe('50%25')
    expect(encodeSegment('100%25', false)).toBe('100%2525')
  })

  test('for any text: URL parsers see one segment, and it decodes to the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const segment = encodeSegment(text, false)
        if (segment === null || /\p{Surrogate}/u.test(text)) return
        expect(segment).toMatch(/^(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})+$/)
        expect(new URL(`http://h/a/${segment}/b`).pathname).toBe(`/a/${segment}/b`)
        expect(decodeURIComponent(segment)).toBe(text)
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('a template is completed', () => {
  test.each<[string, Record<string, string>, string | null]>([
    ['/orders/{id}', { id: '1' }, '/orders/1'],
    ['/{id}.json', { id: 'a' }, '/a.json'],
    ['/{a}-{b}', { a: '1', b: '2' }, '/1-2'],
    ['/items:search', {}, '/items:search'],
    ['/orders/{id}:cancel', { id: '1' }, '/orders/1:cancel'],
    ['/files/{id}#variant', { id: '1' }, '/files/1'],
    ['/a b/{id}/é', { id: '1' }, '/a%20b/1/%C3%A9'],
    ['/a%20b', {}, '/a%20b'],
    ['/trailing/', {}, '/trailing/'],
    ['/{a}{b}', { a: '.', b: '.' }, null],
    ['/{missing}', {}, null],
  ])('%s with %j is %s', (template, values, expected) => {
    expect(pathTemplate(template).path(new Map(Object.entries(values)))).toBe(expected)
  })

  test('a fixed query of the template is kept apart', () => {
    const { path, query } = pathTemplate('/x?action=list#y')
    expect([path(new Map()), query]).toEqual(['/x', 'action=list'])
  })
})
