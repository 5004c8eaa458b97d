import { describe, expect, test } from '@jest/globals'
import type { JsonValue } from '../../../../../generator/read/types.ts'
import { answering, answerSchema, planDocument, translated } from '../../../../support/translation.ts'

const A = { A: { type: 'object' } }
const ref = { $ref: '#/components/schemas/A' }
const toA = { $ref: '#/schemas/A' }
const nothing = { type: 'null' }

describe('a schema of OpenAPI 3.0 in JSON Schema 2020-12', () => {
  const cases: readonly (readonly [name: string, given: JsonValue, want: unknown])[] = [
    ['a nullable type', { type: 'string', nullable: true }, { type: ['string', 'null'] }],
    [
      'nullable with an enumeration',
      { type: 'string', nullable: true, enum: ['a'] },
      { type: ['string', 'null'], enum: ['a', null] },
    ],
    [
      'nullable with an enumeration that has null',
      { type: 'string', nullable: true, enum: ['a', null] },
      { type: ['string', 'null'], enum: ['a', null] },
    ],
    ['nullable without a type', { nullable: true, enum: ['a'] }, { enum: ['a', null] }],
    ['nullable: false', { type: 'string', nullable: false }, { type: 'string' }],
    ['nullable around one part', { nullable: true, allOf: [ref] }, { anyOf: [toA, nothing] }],
    [
      'nullable around parts',
      { type: 'object', nullable: true, allOf: [ref, { required: ['id'] }] },
      { anyOf: [{ type: 'object', allOf: [toA, { required: ['id'] }] }, nothing] },
    ],
    [
      'nullable beside anyOf',
      { nullable: true, anyOf: [{ type: 'string' }, ref] },
      { anyOf: [{ type: 'string' }, toA, nothing] },
    ],
    ['nullable beside oneOf', { nullable: true, oneOf: [ref] }, { anyOf: [{ oneOf: [toA] }, nothing] }],
    [
      'marks stay outside of what is nullable',
      { nullable: true, readOnly: true, allOf: [ref] },
      { readOnly: true, anyOf: [toA, nothing] },
    ],
    [
      'an exclusive bound',
      { type: 'number', minimum: 1, exclusiveMinimum: true },
      { type: 'number', exclusiveMinimum: 1 },
    ],
    ['an exclusive upper bound', { maximum: 9, exclusiveMaximum: true }, { exclusiveMaximum: 9 }],
    ['an inclusive bound', { minimum: 1, exclusiveMinimum: false }, { minimum: 1 }],
    ['an exclusive bound of nothing', { exclusiveMinimum: true }, {}],
    ['an exclusive bound as 3.1 has it', { exclusiveMinimum: 1 }, { exclusiveMinimum: 1 }],
    ['several types as 3.1 has them', { type: ['string', 'null'] }, { type: ['string', 'null'] }],
    ['what stands beside a reference', { $ref: ref.$ref, nullable: true, readOnly: true, minProperties: 1 }, toA],
    ['a mark to withhold beside a reference', { $ref: ref.$ref, 'x-sensitive': true }, { ...toA, writeOnly: true }],
    [
      'annotations',
      { type: 'string', title: 'T', description: 'D', example: 'e', default: 'd', deprecated: true, xml: {}, 'x-y': 1 },
      { type: 'string' },
    ],
    ['format', { type: 'string', format: 'date' }, { type: 'string', format: 'date' }],
    [
      'a property called like a keyword',
      { properties: { description: { title: 'T' } } },
      { properties: { description: {} } },
    ],
    ['no required members', { required: [] }, {}],
    ['additionalProperties', { additionalProperties: false }, { additionalProperties: false }],
  ]
  test.each(cases)('%s', (_, given, want) => {
    const planned = planDocument(answering({ type: 'object', properties: { member: given } }, A, '3.0.3'))
    expect(planned.problems).toEqual([])
    expect(answerSchema(planned)).toEqual({ type: 'object', properties: { member: want } })
  })

  test.each(['const', 'patternProperties', 'if', 'prefixItems'])('has no keyword %s, which is reported', (keyword) => {
    const planned = planDocument(answering({ properties: { a: { [keyword]: {} } } }, {}, '3.0.3'))
    expect(answerSchema(planned)).toEqual({ properties: { a: {} } })
    expect(planned.problems).toEqual([expect.stringMatching(new RegExp(`^GW3259 .*/a/${keyword}$`))])
  })

  test.each(['additionalItems', 'unevaluatedItems', 'unevaluatedProperties', 'propertyNames'])(
    'does not report the unknown keyword %s where it would refuse nothing',
    (keyword) => {
      const of = (value: boolean) => answering({ properties: { a: { [keyword]: value } } }, {}, '3.0.3')
      expect(planDocument(of(true)).problems).toEqual([])
      expect(planDocument(of(false)).problems).toHaveLength(1)
    },
  )

  test('keeps the order of keywords and of properties', () => {
    const given = { required: ['b'], properties: { b: { type: 'string' }, a: { type: 'string' } }, type: 'object' }
    expect(JSON.stringify(translated(given, {}, '3.0.3'))).toBe(JSON.stringify(given))
  })
})
