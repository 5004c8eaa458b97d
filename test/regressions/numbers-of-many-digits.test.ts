import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Schema } from '../../templates/runtime/vocabulary.ts'
import { some } from '../support/gatewayParts.ts'
import { createRecordingService, type RecordingService } from '../support/recordingService.ts'
import { send } from '../support/sampleSystem.ts'
import { startTestGateway, type TestGateway } from '../support/testGateway.ts'

// An exponent that a double cannot hold made `multipleOf` throw: 500 and a stack in the log, for each such request.

const nines = '9'.repeat(400)
const schemas: Readonly<Record<string, Schema>> = {
  seven: { multipleOf: 7 },
  cents: { multipleOf: 0.01 },
  even: { multipleOf: 2 },
  hundred: { multipleOf: 100 },
  tiny: { multipleOf: 1e-300 },
  positive: { minimum: 0 },
  small: { maximum: 10, exclusiveMinimum: -10 },
  whole: { type: 'integer' },
  long: { type: 'integer', format: 'int64' },
  listed: { enum: [0, 1] },
  unique: { type: 'array', uniqueItems: true },
}

const cases: readonly (readonly [schema: string, value: string, status: number])[] = [
  ['seven', `1e${nines}`, 400],
  ['seven', `7e${nines}`, 200],
  ['seven', `-21e+${nines}`, 200],
  ['seven', `7e-${nines}`, 400],
  ['seven', `0e${nines}`, 200],
  ['seven', `0.0e-${nines}`, 200],
  ['even', `1e${nines}`, 200],
  ['even', `${'1'.repeat(500)}e${nines}`, 200],
  ['even', `${'1'.repeat(900)}`, 400],
  ['cents', `1e${nines}`, 200],
  ['cents', `1e-${nines}`, 400],
  ['cents', '1.005', 400],
  ['cents', '19.99', 200],
  ['cents', '1.25e1', 200],
  ['hundred', '1e3', 200],
  ['hundred', '1e1', 400],
  ['hundred', `1e${nines}`, 200],
  ['tiny', `1e-${nines}`, 400],
  ['tiny', '1e-299', 200],
  ['positive', `1e${nines}`, 200],
  ['positive', `-1e${nines}`, 400],
  ['small', `1e${nines}`, 400],
  ['small', `1e-${nines}`, 200],
  ['small', `-1e${nines}`, 400],
  ['whole', `1e${nines}`, 200],
  ['whole', `1e-${nines}`, 400],
  ['long', `1e${nines}`, 400],
  ['listed', `1e${nines}`, 400],
  ['unique', `[1e${nines}, 1e${nines}1]`, 200],
  ['unique', `[1e${nines}, 1e${nines}]`, 400],
]

describe('a number has a verdict, whatever its digits', () => {
  let service: RecordingService
  let running: TestGateway
  beforeAll(async () => {
    service = await createRecordingService((_, res) => res.end())
    const body = (schema: Schema) => ({
      required: true,
      content: { 'application/json': { schema: { type: 'object', properties: { m: schema } }, encoding: {} } },
    })
    const names = Object.keys(schemas)
    running = await startTestGateway({
      routes: names.map((name) =>
        some.route('POST', `/${name}`, {
          contract: { service: 'orders', operation: name },
          request: some.request(`/${name}`, { body: ['application/json'] }),
        }),
      ),
      services: { orders: some.service(service.url) },
      operations: Object.fromEntries(
        Object.entries(schemas).map(([name, schema]) => [name, some.operation({ body: body(schema) })]),
      ),
    })
  })
  afterAll(async () => {
    await running?.close()
    await service?.close()
  })

  test.each(cases)('%s of %s: %s', async (name, value, status) => {
    const bytes = Buffer.from(`{"m":${value}}`)
    const headers = { 'content-type': 'application/json' }
    const answer = await send(`http://127.0.0.1:${running.port}`, 'POST', `/${name}`, headers, bytes)
    expect(answer.status).toBe(status)
    if (status === 200) expect(String(service.requests.at(-1)?.body)).toBe(`{"m":${value}}`)
  })
})
