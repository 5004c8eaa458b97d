import { describe, expect, test } from '@jest/globals'
import type { AnswerSchemas, Schema } from '../../templates/runtime/vocabulary.ts'
import { answerText, startBetween } from '../support/between.ts'
import { some } from '../support/gatewayParts.ts'

// ASP.NET documents its errors as `application/json` or `text/json` and sends them as `application/problem+json`. The caller got
// the status without the body.

const details: Schema = { type: 'object', properties: { title: { type: 'string' } } }
const other: Schema = { type: 'object', properties: { code: { type: 'integer' } } }
const documented = (content: Record<string, Schema>): AnswerSchemas => ({
  content: Object.fromEntries(Object.entries(content).map(([type, schema]) => [type, { schema, encoding: {} }])),
  headers: [],
})
const problem = 'application/problem+json'
const sent = '{"title":"Bad","stack":"at Orders.cs"}'
const shown = '{"title":"Bad"}'

async function ask(answers: Record<string, AnswerSchemas>, status: number, type: string, check: 'report' | 'enforce') {
  const between = await startBetween(() => answerText(status, [`Content-Type: ${type}`], sent), {
    operations: { 'GET /orders': some.operation({ answers }) },
    policy: { check },
  })
  const answer = await between.ask('GET /orders HTTP/1.1')
  const drifts = between.drifts()
  await between.close()
  return { answer, drifts }
}

describe.each(['report', 'enforce'] as const)('an error, answers: %s', (check) => {
  test.each<[string, string, Record<string, AnswerSchemas>, number]>([
    [problem, 'application/json', { 400: documented({ 'application/json': details }) }, 400],
    [problem, 'text/json', { 409: documented({ 'text/json': details }) }, 409],
    ['application/problem+json; charset=utf-8', 'a range', { '4XX': documented({ 'application/json': details }) }, 422],
    ['application/json', 'problem+json', { default: documented({ [problem]: details }) }, 404],
    [
      'text/json',
      'application/hal+json',
      { 400: documented({ 'application/hal+json': details, 'text/plain': {} }) },
      400,
    ],
    [
      problem,
      'three types with one schema',
      { 400: documented({ 'text/plain': details, 'application/json': details, 'text/json': details }) },
      400,
    ],
  ])('%s for %s arrives projected', async (type, _, answers, status) => {
    const { answer, drifts } = await ask(answers, status, type, check)
    expect([answer.status, answer.header('content-type'), answer.body]).toEqual([status, type, shown])
    expect(drifts).toEqual([])
  })

  test.each<[string, string, Record<string, AnswerSchemas>]>([
    [
      'two JSON types with different schemas',
      problem,
      { 400: documented({ 'application/json': details, 'text/json': other }) },
    ],
    ['no JSON type', problem, { 400: documented({ 'application/xml': details }) }],
    ['a body that is not JSON', 'text/html', { 400: documented({ 'application/json': details }) }],
  ])('with %s is reduced to its status', async (_, type, answers) => {
    const { answer } = await ask(answers, 400, type, check)
    expect(answer.status).toBe(400)
    expect(answer.body).not.toContain('Bad')
  })
})

describe('a success', () => {
  const answers = { 200: documented({ 'application/json': details }) }

  test('arrives projected under `report`, and is logged as drift', async () => {
    const { answer, drifts } = await ask(answers, 200, 'application/vnd.shop.v1+json', 'report')
    expect([answer.status, answer.body, drifts]).toEqual([200, shown, ['media type']])
  })

  test('is refused under `enforce`', async () => {
    const { answer } = await ask(answers, 200, 'application/vnd.shop.v1+json', 'enforce')
    expect(answer.status).toBe(502)
  })
})
