import { describe, expect, test } from '@jest/globals'
import type { JsonObject, JsonValue } from '../../../../../generator/read/types.ts'
import { answering, planDocument, translated } from '../../../../support/translation.ts'

const components: JsonObject = {
  Secret: { type: 'string', format: 'password' },
  Token: { type: 'string', 'x-sensitive': true },
  Id: { type: 'string', readOnly: true },
  Plain: { type: 'string' },
}
const to = (name: string) => ({ $ref: `#/components/schemas/${name}` })

function marksOf(member: JsonValue, openapi: string): unknown {
  const { properties } = translated({ type: 'object', properties: { member } }, components, openapi) as {
    properties: { member: { readOnly?: boolean; writeOnly?: boolean } }
  }
  const { readOnly = false, writeOnly = false } = properties.member
  return [...(readOnly ? ['readOnly'] : []), ...(writeOnly ? ['writeOnly'] : [])]
}

describe('a member', () => {
  const cases: readonly (readonly [name: string, member: JsonValue, marks: readonly string[]])[] = [
    ['that is a password', { type: 'string', format: 'password' }, ['writeOnly']],
    ['that is sensitive', { type: 'string', 'x-sensitive': true }, ['writeOnly']],
    ['that is said not to be sensitive', { type: 'string', 'x-sensitive': false }, []],
    ['that is only written', { type: 'string', writeOnly: true }, ['writeOnly']],
    ['that is only read', { type: 'string', readOnly: true }, ['readOnly']],
    ['that refers to a password', to('Secret'), ['writeOnly']],
    ['that refers to something only read', to('Id'), ['readOnly']],
    ['that has a part to withhold', { allOf: [to('Plain'), to('Token')] }, ['writeOnly']],
    ['that has a part only read', { allOf: [to('Id')] }, ['readOnly']],
    ['with an alternative to withhold', { anyOf: [to('Plain'), to('Secret')] }, ['writeOnly']],
    ['with an alternative only read', { anyOf: [to('Plain'), to('Id')] }, []],
    ['with nothing but alternatives only read', { oneOf: [to('Id'), { allOf: [to('Id')] }] }, ['readOnly']],
    ['whose items are to be withheld', { type: 'array', items: to('Token') }, ['writeOnly']],
    ['that refers to nothing special', to('Plain'), []],
  ]
  describe.each(['3.0.3', '3.1.0'])('of %s', (openapi) => {
    test.each(cases)('%s', (_, member, marks) => {
      expect(marksOf(member, openapi)).toEqual(marks)
    })
  })

  test('with a position of a tuple, or items that parts leave, to withhold', () => {
    expect(marksOf({ type: 'array', prefixItems: [to('Plain'), to('Token')] }, '3.1.0')).toEqual(['writeOnly'])
    expect(marksOf({ type: 'array', unevaluatedItems: to('Token') }, '3.1.0')).toEqual(['writeOnly'])
  })

  test('that is nullable and refers to a password', () => {
    expect(marksOf({ nullable: true, allOf: [to('Secret')] }, '3.0.3')).toEqual(['writeOnly'])
  })

  test('that is nullable and refers to a readOnly schema', () => {
    expect(marksOf({ nullable: true, allOf: [to('Id')] }, '3.0.3')).toEqual(['readOnly'])
    expect(marksOf({ anyOf: [to('Id'), { type: 'null' }] }, '3.1.0')).toEqual(['readOnly'])
    expect(marksOf({ anyOf: [{ type: 'null' }] }, '3.1.0')).toEqual([])
  })
})

test.each([
  ['itself', { type: 'string', 'x-sensitive': true }],
  ['by reference', to('Secret')],
  ['item by item', { type: 'array', items: to('Token') }],
])('an answer that would be withheld as a whole is reported: %s', (_, schema) => {
  expect(planDocument(answering(schema, components)).problems).toEqual([expect.stringMatching(/^GW3258 /)])
})
