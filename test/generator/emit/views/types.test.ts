import { expect, test } from '@jest/globals'
import { typesView } from '../../../../generator/emit/views/types.ts'
import type { NamedType, TypeSource } from '../../../../generator/plan/types.ts'
import { aClient } from '../../../support/plan.ts'

function printed(name: string, source: TypeSource, instead: NamedType['instead'] = null): string {
  const { types } = typesView({ ...aClient(), types: [{ name, source, instead }] }, '')
  return types.map(({ comment, declaration }) => `${comment} ${declaration}`).join('\n')
}

const patient = { kind: 'schema', schema: 'clinic.Patient' } as const
const json = 'application/json'

const given: readonly [what: string, printed: string, want: string][] = [
  [
    'a schema that is the same in both directions',
    printed('Patient', { ...patient, members: 'all' }),
    '/** clinic.Patient. */ export type Patient = components["schemas"]["clinic.Patient"];',
  ],
  [
    'what answers contain of it',
    printed('Patient', { ...patient, members: 'answer' }),
    '/** clinic.Patient, as answers contain it. */ export type Patient = Readable<components["schemas"]["clinic.Patient"]>;',
  ],
  [
    'what requests send of it',
    printed('PatientCreate', { ...patient, members: 'request' }),
    '/** clinic.Patient, as requests send it. */ export type PatientCreate = Writable<components["schemas"]["clinic.Patient"]>;',
  ],
  [
    'a body',
    printed('BookBody', { kind: 'body', operation: 'clinic.book', mediaType: json }),
    '/** The body of clinic.book. */ export type BookBody = NonNullable<operations["clinic.book"]["requestBody"]>["content"]["application/json"];',
  ],
  [
    'an answer',
    printed('BookAnswer', { kind: 'answer', operation: 'clinic.book', mediaType: json, status: '201' }),
    '/** The answer 201 of clinic.book. */ export type BookAnswer = operations["clinic.book"]["responses"][201]["content"]["application/json"];',
  ],
  [
    'an answer of a range of statuses',
    printed('BookAnswer', { kind: 'answer', operation: 'clinic.book', mediaType: json, status: '2XX' }),
    '/** The answer 2XX of clinic.book. */ export type BookAnswer = operations["clinic.book"]["responses"]["2XX"]["content"]["application/json"];',
  ],
]

test.each(given)('%s is an alias with its origin', (_, found, want) => {
  expect(found).toBe(want)
})

test('a longer name says which schemas would have the short one, at most three of them', () => {
  const others = ['a.Item', 'b.Item', 'c.Item', 'd.Item']
  const one = printed('EItem', { ...patient, members: 'all' }, { of: 'Item', others: others.slice(0, 1) })
  expect(one).toContain('/** clinic.Patient. Not `Item`, which could also be a.Item. */')
  const all = printed('EItem', { ...patient, members: 'all' }, { of: 'Item', others })
  expect(all).toContain('Not `Item`, which could also be a.Item, b.Item, c.Item and 1 more. */')
  const taken = printed('ClinicDate', { ...patient, members: 'all' }, { of: 'Date', others: [] })
  expect(taken).toContain('Not `Date`, which is another type already. */')
})

test('a name that is not in PascalCase is refused, because it would be code', () => {
  expect(() => printed('A = {}; export const x', { ...patient, members: 'all' })).toThrow('is not a name of a type')
})
