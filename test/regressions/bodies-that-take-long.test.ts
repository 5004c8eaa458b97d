import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { longBodies, startLongBodies } from '../support/longBodies.ts'
import { send } from '../support/sampleSystem.ts'

/**
 * One body of a megabyte kept a gateway busy for seconds, in which it served no one else. `npm run soak` measures that each is refused
 * within a tenth of a second (rule P15).
 */
describe('a body that would take long to check is refused (rule P15)', () => {
  let running: Awaited<ReturnType<typeof startLongBodies>>
  beforeAll(async () => {
    running = await startLongBodies()
  })
  afterAll(async () => {
    await running?.close()
  })

  const attempt = (path: string, type: string, body: string) =>
    send(running.url, 'POST', path, { 'content-type': type }, Buffer.from(body))

  test.each(longBodies)('$what', async ({ path, type, body }) => {
    const answer = await attempt(path, type, body)
    expect([answer.status, String(answer.body)]).toEqual([400, expect.stringContaining('takes too long to check')])
  })

  const small = ['[[[]],[1]]', '{"c":[{"d":1}]}', '[null,1,1]', '[[1],[2,3]]', '[{"a":1}]', '[""]', '[1e999,2]']
  const asJson = longBodies.filter(({ type }) => type === 'application/json')
  test.each(asJson.map((each, at) => ({ ...each, at })))('a small one is not: $what', async ({ path, type, at }) => {
    const answer = await attempt(path, type, small[at] ?? '"x"')
    expect(String(answer.body)).not.toContain('too long')
    expect([200, 400]).toContain(answer.status)
    if (at < 7 && at !== 2) expect(answer.status).toBe(200)
  })
})
