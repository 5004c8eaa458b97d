import { describe, expect, test } from '@jest/globals'
import type { AnswerSchemas, Schema } from '../../templates/runtime/vocabulary.ts'
import { answerText, startBetween } from '../support/between.ts'
import { some } from '../support/gatewayParts.ts'

// With `answers: enforce` a 204 whose document lists content was 502 after the service had acted, and so was each success of an
// operation that documents only `default`. With `report` both were logged as drift.

const json = (schema: Schema): AnswerSchemas => ({
  content: { 'application/json': { schema, encoding: {} } },
  headers: [],
})
const order = json({ type: 'object', required: ['id'], properties: { id: { type: 'integer' } } })
const body = '{"id":1}'
const typed = ['Content-Type: application/json']

const asDocumented: [string, string, Record<string, AnswerSchemas>, string, number, string][] = [
  ['204 that lists content', 'DELETE', { 204: order }, answerText(204), 204, ''],
  ['204 with a media type', 'DELETE', { 204: order }, answerText(204, typed), 204, ''],
  ['204 by a range of statuses', 'PUT', { '2XX': order }, answerText(204), 204, ''],
  ['205 that lists content', 'POST', { 205: order }, answerText(205), 205, ''],
  ['201 without body', 'POST', { 201: order }, answerText(201), 201, ''],
  ['201 with a media type and no body', 'POST', { 201: order }, answerText(201, typed), 201, ''],
  ['202 without body', 'PATCH', { 202: order }, answerText(202), 202, ''],
  ['HEAD without a media type', 'HEAD', { 200: order }, answerText(200), 200, ''],
  ['200 by default', 'GET', { default: order }, answerText(200, typed, body), 200, body],
  ['201 by default', 'POST', { default: order }, answerText(201, typed, body), 201, body],
  ['204 by default', 'DELETE', { default: order }, answerText(204), 204, ''],
  ['202 by default beside 200', 'PUT', { 200: order, default: order }, answerText(202, typed, body), 202, body],
]

describe.each(['enforce', 'report'] as const)('answers: %s', (check) => {
  test.each(asDocumented)('%s passes', async (_, method, answers, sent, status, received) => {
    const between = await startBetween(() => sent, {
      operations: { [`${method} /orders`]: some.operation({ answers }) },
      policy: { check },
    })
    const answer = await between.ask(`${method} /orders HTTP/1.1`)
    const drifts = between.drifts()
    await between.close()
    expect([answer.status, answer.body, drifts]).toEqual([status, received, []])
  })
})

test.each<[string, string, Record<string, AnswerSchemas>, string]>([
  ['an undocumented status', 'GET', { 200: order }, answerText(201, typed, body)],
  ['an undocumented 204', 'GET', { 200: order }, answerText(204)],
  ['a body without a media type', 'GET', { 200: order }, answerText(200, [], body)],
  ['a 200 that lacks its body', 'GET', { 200: order }, answerText(200)],
  ['a body that does not fit default', 'GET', { default: order }, answerText(200, typed, '{}')],
])('answers: enforce still refuses %s', async (_, method, answers, sent) => {
  const between = await startBetween(() => sent, {
    operations: { [`${method} /orders`]: some.operation({ answers }) },
    policy: { check: 'enforce' },
  })
  const answer = await between.ask(`${method} /orders HTTP/1.1`)
  const drifts = between.drifts()
  await between.close()
  expect(answer.status).toBe(502)
  expect(drifts).toHaveLength(1)
})
