import { describe, expect, test } from '@jest/globals'
import { createErrorFields } from '../../../templates/runtime/answers/errorFields.ts'
import type { AnswerFields } from '../../../templates/runtime/upstream/answer.ts'
import type { Concern } from '../../../templates/runtime/words/unauthorized.ts'

const errors = (concern: Concern) => createErrorFields({ concern, challenge: 'Bearer realm="own"', allow: () => 'GET' })
const bearer = 'Bearer error="invalid_token"'

test.each<[Concern, string | undefined, boolean]>([
  ['caller', undefined, true],
  ['caller', 'Basic', true],
  ['pass', undefined, true],
  ['gateway', bearer, false],
  ['named', bearer, true],
  ['named', 'Basic realm="Bearer", bearer', true],
  ['named', 'Basic realm="Bearer"', false],
  ['named', undefined, false],
])('a 401 of concern %s with %j concerns the caller: %s', (concern, field, want) => {
  expect(errors(concern).concernsCaller({ 'www-authenticate': field })).toBe(want)
})

describe('WWW-Authenticate', () => {
  test.each<[Concern, number, string | undefined, string | undefined]>([
    ['caller', 401, bearer, bearer],
    ['caller', 401, undefined, 'Bearer realm="own"'],
    ['caller', 401, `Basic realm="a", ${bearer}`, bearer],
    ['caller', 403, 'Bearer error="insufficient_scope"', 'Bearer error="insufficient_scope"'],
    ['caller', 403, undefined, undefined],
    ['named', 401, `ApiKey, ${bearer}`, bearer],
    ['pass', 401, 'Form realm="a", Basic', 'Form realm="a"'],
    ['pass', 401, 'Basic realm="a"', undefined],
    ['gateway', 403, bearer, undefined],
    ['caller', 404, bearer, undefined],
  ])('of concern %s, %d with %j: %j', (concern, status, field, want) => {
    expect(errors(concern).own(status, { 'www-authenticate': field })['www-authenticate']).toBe(want)
  })
})

test('challenges about a token of the gateway are not for the caller', () => {
  const own = (status: number) =>
    createErrorFields({ concern: 'caller', relays: false, challenge: 'Bearer realm="own"', allow: () => '' }).own(
      status,
      { 'www-authenticate': bearer },
    )
  expect(own(401)).toEqual({ 'www-authenticate': 'Bearer realm="own"' })
  expect(own(403)).toEqual({})
})

test.each<[string, number, AnswerFields, object]>([
  ['405', 405, {}, { allow: 'GET' }],
  ['416', 416, { 'content-range': 'bytes */9' }, { 'content-range': 'bytes */9' }],
  ['416 with a satisfied range', 416, { 'content-range': 'bytes 0-1/9' }, {}],
  ['seconds', 429, { 'retry-after': '7' }, { 'retry-after': '7' }],
  [
    'a date',
    413,
    { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' },
    { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' },
  ],
  [
    'an obsolete date',
    503,
    { 'retry-after': 'Wednesday, 21-Oct-26 07:28:00 GMT' },
    { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' },
  ],
  ['neither', 503, { 'retry-after': 'soon' }, {}],
  ['two', 503, { 'retry-after': ['1', '2'] }, {}],
])('the fields of a problem: %s', (_, status, headers, want) => {
  expect(errors('gateway').ofProblem(status, headers)).toEqual(want)
})
