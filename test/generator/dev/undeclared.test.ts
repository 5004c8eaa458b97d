import { describe, expect, test } from '@jest/globals'
import { createUndeclared, undeclaredName } from '../../../generator/dev/undeclared.ts'
import type { Schema } from '../../../templates/runtime/vocabulary.ts'

const edit = (value: unknown, schema: Schema): unknown =>
  createUndeclared({ operations: {}, schemas: {}, linear: [] })(value, schema)

const open: Schema = { type: 'object', properties: { id: { type: 'string' } } }
const closed: Schema = { ...open, additionalProperties: false }

describe('an undeclared member of a simulated answer', () => {
  test.each<[string, unknown, Schema, unknown]>([
    ['is added to an object', { id: 'a' }, open, { id: 'a', [undeclaredName]: expect.any(String) }],
    [
      'is added to the first object of a list',
      [{ id: 'a' }, { id: 'b' }],
      { type: 'array', items: open },
      [{ id: 'a', [undeclaredName]: expect.any(String) }, { id: 'b' }],
    ],
    [
      'is added within an object that refuses it',
      { inner: { id: 'a' } },
      { type: 'object', properties: { inner: open }, additionalProperties: false },
      { inner: { id: 'a', [undeclaredName]: expect.any(String) } },
    ],
    ['is not added where the schema refuses it', { id: 'a' }, closed, { id: 'a' }],
    [
      'is not added where a map would keep it',
      { a: '1' },
      { type: 'object', additionalProperties: { type: 'string' } },
      { a: '1' },
    ],
    ['is not added where nothing is projected', { a: 1 }, true, { a: 1 }],
    ['is not added to a value that does not fit', { id: 7 }, open, { id: 7 }],
    ['is not added to a text', 'a', { type: 'string' }, 'a'],
  ])('%s', (_, value, schema, want) => {
    expect(edit(value, schema)).toEqual(want)
  })
})
