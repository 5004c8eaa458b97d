import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { OperationSchemas, Schema, WrittenRoute } from '../../templates/runtime/vocabulary.ts'
import { answerText, startBetween } from '../support/between.ts'
import { some } from '../support/gatewayParts.ts'
import { createRecordingService, type RecordingService } from '../support/recordingService.ts'
import { startTestGateway, type TestGateway } from '../support/testGateway.ts'

// A declared member was missing in answers where its schema has `items` without `type` and its value is an object, and so was one with
// `properties` without `type` and a list. Such requests were refused with `undeclaredBody: refuse`.

const address: Schema = { properties: { street: { type: 'string' } } }
const cases: readonly (readonly [what: string, of: Schema, value: string, projected: string])[] = [
  ['items, and an object', { items: address }, '{"a":1}', '{"a":1}'],
  ['items, and a list', { items: address }, '[{"street":"b","x":1}]', '[{"street":"b"}]'],
  ['prefixItems, and an object', { prefixItems: [address] }, '{"a":1}', '{"a":1}'],
  ['properties, and a list', address, '[{"a":1}]', '[{"a":1}]'],
  ['properties, and an object', address, '{"street":"b","x":1}', '{"street":"b"}'],
  ['additionalProperties, and a list', { additionalProperties: { type: 'string' } }, '[1]', '[1]'],
  ['patternProperties, and a list', { patternProperties: { '^x': { type: 'string' } } }, '[1]', '[1]'],
  ['both, and an object', { items: address, properties: { a: {} } }, '{"a":1,"x":1}', '{"a":1}'],
  ['items of items, and an object', { items: { items: address } }, '[{"a":1}]', '[{"a":1}]'],
]
const content = (of: Schema) => {
  const schema: Schema = { type: 'object', properties: { of } }
  return { 'application/json': { schema, encoding: {} } }
}

test.each(cases)('rule O2: %s in an answer', async (_, of, value, projected) => {
  const between = await startBetween(() => answerText(200, ['Content-Type: application/json'], `{"of":${value}}`), {
    operations: { 'GET /orders': some.operation({ answers: { 200: { content: content(of), headers: [] } } }) },
  })
  const answer = await between.ask('GET /orders HTTP/1.1')
  await between.close()
  expect([answer.status, answer.body]).toEqual([200, `{"of":${projected}}`])
})

describe('rule O2: in requests', () => {
  const operations: Record<string, OperationSchemas> = Object.fromEntries(
    cases.map(([what, of]) => [what, some.operation({ body: { required: true, content: content(of) } })]),
  )
  const routes = cases.flatMap(([what], at) =>
    (['drop', 'refuse'] as const).map(
      (undeclaredBody): WrittenRoute => ({
        id: `orders.${undeclaredBody}${at}`,
        method: 'POST',
        path: `/${undeclaredBody}/${at}`,
        access: { kind: 'public', because: 'tests' },
        contract: { service: 'orders', operation: what },
        action: { kind: 'call', service: 'orders', method: 'POST', path: '/orders' },
        request: { body: ['application/json'] },
        answers: { statuses: ['200'] },
        undeclaredBody,
      }),
    ),
  )
  let service: RecordingService
  let gateway: TestGateway

  beforeAll(async () => {
    service = await createRecordingService()
    gateway = await startTestGateway({ routes, services: { orders: some.service(service.url) }, operations })
  })
  afterAll(async () => {
    await gateway.close()
    await service.close()
  })

  const post = async (path: string, body: string) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`http://127.0.0.1:${gateway.port}${path}`, { method: 'POST', body, headers })
    await answer.arrayBuffer()
    return answer.status
  }

  test.each(cases.map((one, at) => [one[0], at, one[2], one[3]] as const))('%s', async (_, at, value, projected) => {
    expect(await post(`/drop/${at}`, `{"of":${value}}`)).toBe(200)
    expect(service.requests.at(-1)?.body).toBe(`{"of":${projected}}`)
    expect(await post(`/refuse/${at}`, `{"of":${value}}`)).toBe(value === projected ? 200 : 400)
  })
})
