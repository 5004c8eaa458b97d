import { expect, test } from '@jest/globals'
import { createFingerprints } from '../../../templates/runtime/schema/fingerprint.ts'
import { Schemas } from '../../../templates/runtime/schema/schemas.ts'
import type { Schema } from '../../../templates/runtime/vocabulary.ts'

const ref = { $ref: '#/schemas/Order' }
const of = (schema: Schema, named: Record<string, Schema> = {}): string =>
  createFingerprints(new Schemas(named))(schema)
const order = (property: string): Schema => ({ properties: { [property]: true, next: ref } })

test('is the same for equal schemas, also recursive ones', () => {
  expect(of(ref, { Order: order('a') })).toBe(of({ ...ref }, { Order: order('a'), Other: true }))
  expect(of(ref, { Order: order('a') })).toMatch(/^[0-9a-f]{12}$/)
})

test.each<[string, Schema, Schema, Record<string, Schema>]>([
  ['of a member', { properties: { a: true } }, { properties: { a: true, b: true } }, {}],
  ['of true and false', true, false, {}],
  ['of a mark', { type: 'string' }, { type: 'string', writeOnly: true }, {}],
])('tells schemas apart by a change %s', (_, one, two, named) => {
  expect(of(one, named)).not.toBe(of(two, named))
})

test('tells schemas apart by a change of what they refer to', () => {
  expect(of(ref, { Order: order('a') })).not.toBe(of(ref, { Order: order('b') }))
  const outer = { items: { $ref: '#/schemas/List' } }
  const List = { items: ref }
  expect(of(outer, { List, Order: order('a') })).not.toBe(of(outer, { List, Order: order('b') }))
})
