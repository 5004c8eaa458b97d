import { describe, expect, test } from '@jest/globals'
import type { AnswerSchemas } from '../../templates/runtime/vocabulary.ts'
import { answerText, startBetween } from '../support/between.ts'
import { some } from '../support/gatewayParts.ts'

// Fields that errors must have (RFC 9110 section 15.5) did not reach the client: `Allow` of 405, `Content-Range` of 416,
// `Retry-After` as a date, and of other statuses than 429 and 503.

const failure: AnswerSchemas = {
  content: { 'application/json': { schema: { type: 'object', properties: { code: {} } }, encoding: {} } },
  headers: [],
}
const csv: AnswerSchemas = { content: { 'text/csv': { schema: {}, encoding: {} } }, headers: [] }
const json = 'Content-Type: application/json'

/** What the client gets for an error of `GET /orders`; `documented`: with a body that is projected. */
async function ask(status: number, fields: readonly string[], documented: boolean, method = 'GET') {
  const answers: Record<string, AnswerSchemas> = documented ? { 200: csv, '4XX': failure } : { 200: csv }
  const between = await startBetween(() => answerText(status, [json, ...fields], '{"code":1,"internal":2}'), {
    operations: {
      'GET /orders': some.operation({ answers }),
      'PUT /orders': some.operation(),
      'DELETE /orders': some.operation(),
    },
  })
  const answer = await between.ask(`${method} /orders HTTP/1.1`, ['Range: bytes=9-'])
  await between.close()
  return answer
}

const date = 'Wed, 21 Oct 2037 07:28:00 GMT'

describe.each([true, false])('an error that is documented: %s (rule O1)', (documented) => {
  test.each<[string, number, string[], string, string]>([
    ['Allow: the methods of the client', 405, ['Allow: PUT, PATCH, TRACE'], 'allow', 'OPTIONS, PUT'],
    ['Allow where the service sends none', 405, [], 'allow', 'DELETE, OPTIONS, PUT'],
    ['Content-Range', 416, ['Content-Range: bytes */1234'], 'content-range', 'bytes */1234'],
    ['Retry-After as a date', 429, [`Retry-After: ${date}`], 'retry-after', date],
    ['Retry-After of 413', 413, ['Retry-After: 30'], 'retry-after', '30'],
    ['Retry-After of 409', 409, [`Retry-After: ${date}`], 'retry-after', date],
  ])('keeps %s', async (_, status, fields, name, value) => {
    const answer = await ask(status, fields, documented)
    expect([answer.status, answer.fields.filter(([each]) => each === name)]).toEqual([status, [[name, value]]])
    expect(answer.body).not.toContain('internal')
  })
})

test('HEAD keeps them too', async () => {
  const answer = await ask(405, ['Allow: PUT'], true, 'HEAD')
  expect([answer.status, answer.header('allow')]).toEqual([405, 'OPTIONS, PUT'])
})

test.each([date, '120'])('503 keeps Retry-After: %s', async (value) => {
  const answer = await ask(503, [`Retry-After: ${value}`], false)
  expect([answer.status, answer.header('retry-after')]).toEqual([503, value])
})

test.each(['soon', '-1', '1.5', '2037-10-21'])('Retry-After of a problem is not passed on as %s', async (value) => {
  const answer = await ask(429, [`Retry-After: ${value}`], false)
  expect([answer.status, answer.header('retry-after')]).toEqual([429, undefined])
})
