import { describe, expect, test } from '@jest/globals'
import { compileSchemas, pieceSize } from '../../../../templates/runtime/schema/index.ts'
import type { Schema } from '../../../../templates/runtime/vocabulary.ts'

const text: Schema = { type: 'string' }
const tree: Schema = {
  type: 'object',
  properties: { below: { $ref: '#/schemas/tree' }, all: { type: 'array', items: text } },
}
const { acceptance } = compileSchemas({ operations: {}, schemas: { tree }, linear: [] })

const of = (properties: Readonly<Record<string, Schema>>): Schema => ({ type: 'object', properties })
const nested = (levels: number) => `${'{"below":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`

describe('rules P8, P9: bytes of a request are accepted in one pass only if the parser and the check would accept them', () => {
  test.each<[string, Schema, string]>([
    [
      'declared members, in any spelling',
      of({ id: { type: 'integer' }, note: text }),
      ' { "note" : "\\u00e9é" , "id" : 1e3 } ',
    ],
    ['a member whose schema has no simple form', of({ any: { anyOf: [text, { type: 'null' }] } }), '{"any":null}'],
    ['nesting up to the limit', tree, nested(32)],
    ['a number of 1,000 digits', of({ id: { type: 'integer' } }), `{"id":${'1'.repeat(1_000)}}`],
  ])('%s', (_, schema, body) => {
    expect(acceptance(schema)(Buffer.from(body))).toBe(true)
  })

  test.each<[string, Schema, string]>([
    ['a member that is not declared', of({ id: text }), '{"id":"1","other":2}'],
    ['a value that does not fit', of({ id: text }), '{"id":1}'],
    ['a member that is readOnly', of({ id: { ...(text as object), readOnly: true }, note: text }), '{"id":"1"}'],
    ['a member twice', of({ id: text }), '{"id":"1","\\u0069d":"2"}'],
    [
      'a constructor with a prototype',
      of({ constructor: of({ prototype: text }) }),
      '{"constructor":{"prototype":"x"}}',
    ],
    ['__proto__', of({ ['__proto__']: text, id: text }), '{"__proto__":"x"}'],
    ['half of a surrogate pair', of({ id: text }), '{"id":"\\ud800"}'],
    ['a byte order mark', of({ id: text }), '\ufeff{"id":"1"}'],
    ['a number of 1,001 digits', of({ id: { type: 'integer' } }), `{"id":${'1'.repeat(1_001)}}`],
    ['nesting beyond the limit', tree, nested(33)],
    [
      'nesting of a parsed member beyond the limit',
      of({ any: { type: ['array', 'string'] } }),
      `{"any":${'['.repeat(32)}${']'.repeat(32)}}`,
    ],
    ['more after the end', of({ id: text }), '{"id":"1"}{}'],
    ['a schema without a simple form', { allOf: [of({ id: text })] }, '{"id":"1"}'],
    ['more bytes than a piece', of({ id: text }), `{"id":"${'x'.repeat(pieceSize)}"}`],
  ])('%s is left to the parser', (_, schema, body) => {
    expect(acceptance(schema)(Buffer.from(body))).toBe(false)
  })

  test.each([-1, 0, 1])('a list that is cut off %d bytes after the end of a piece is left to the parser', (more) => {
    const schema = {
      type: 'object',
      required: ['id'],
      properties: { items: { type: 'array', items: { type: 'integer' } }, id: text },
    }
    for (const odd of ['', ' ']) {
      const whole = `{"items":[${odd}${'1,'.repeat(pieceSize)}`
      expect(acceptance(schema)(Buffer.from(whole.slice(0, pieceSize + more)))).toBe(false)
    }
  })

  test('a long list is accepted in one pass', () => {
    const schema = of({ items: { type: 'array', items: { type: 'integer' } } })
    const body = `{"items":[${'1,'.repeat(pieceSize / 2 - 10)}1]}`
    expect([body.length <= pieceSize, acceptance(schema)(Buffer.from(body))]).toEqual([true, true])
  })

  test('bytes that are not UTF-8 are left to the parser', () => {
    expect(
      acceptance(of({ id: text }))(Buffer.from([0x7b, 0x22, 0x69, 0x64, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d])),
    ).toBe(false)
  })
})
