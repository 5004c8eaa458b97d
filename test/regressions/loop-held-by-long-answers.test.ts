import type { ServerResponse } from 'node:http'
import { isDeepStrictEqual } from 'node:util'
import { afterEach, describe, expect, test } from '@jest/globals'
import { request } from 'undici'
import { longAnswer, type Spelling, spellingsOfAnswers, startLongAnswers } from '../support/longAnswers.ts'
import { send } from '../support/sampleSystem.ts'

// A long answer was checked and projected in one piece, in which the gateway answered no other request: 100 ms for 5 MB (rule F30).

const closing: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const each of closing.splice(0).reverse()) await each.close()
})

/** A gateway that has received an answer of 5 MB except for its last byte, which `finish` sends. */
async function almostAnswered(spelling: Spelling) {
  const body = longAnswer(spelling, 5_000_000)
  let begin: (res: ServerResponse) => void = () => undefined
  const begun = new Promise<ServerResponse>((resolve) => {
    begin = resolve
  })
  const { service, gateway, url } = await startLongAnswers((res) => {
    res.write(body.slice(0, -1))
    begin(res)
  })
  closing.push(service, gateway)
  const client = new AbortController()
  let headed = false
  const answer = request(`${url}/orders`, { signal: client.signal }).then(({ statusCode, body }) => {
    headed = true
    return body.text().then((text) => ({ status: statusCode, text }))
  })
  const open = await begun
  const ask = () => send(url, 'GET', '/health/live', {})
  // Each question takes several turns of the event loop, in which the gateway reads 64 KiB.
  while (open.writableLength > 0) await ask()
  for (let asked = 0; asked < 100; asked += 1) await ask()
  return { gateway, client, answer, headed: () => headed, ask, body, finish: () => open.end(body.slice(-1)) }
}

describe('while an answer of 5 MB is projected', () => {
  test.each(spellingsOfAnswers)(
    'other requests are answered, and it arrives whole: %s (rule F30)',
    async (spelling) => {
      const { answer, headed, ask, body, finish } = await almostAnswered(spelling)
      let between = 0
      finish()
      for (; !headed(); between += 1) expect((await ask()).status).toBe(200)
      // The parser, the check, the projection and the printer are a piece each.
      expect(between).toBeGreaterThan(spelling === 'drifting' ? 1 : 8)
      const { status, text } = await answer
      expect(status).toBe(200)
      const { items } = JSON.parse(body) as { items: readonly Record<string, unknown>[] }
      const kept = items.map(({ internal: _, lines, total, ...item }) => ({
        ...item,
        ...(typeof total === 'number' ? { total } : {}),
        lines: (lines as readonly Record<string, unknown>[]).map(({ cost: _, ...line }) => line),
      }))
      const value: unknown = JSON.parse(text)
      // A comparison by `toEqual` takes seconds.
      expect(isDeepStrictEqual(value, { items: kept, next: 'x' })).toBe(true)
    },
  )

  test('a gateway that stops sends it to its end (rule F30)', async () => {
    const { gateway, answer, finish } = await almostAnswered('compact')
    finish()
    const stopped = gateway.gateway.drain()
    const { status, text } = await answer
    expect([status, text.endsWith('],"next":"x"}')]).toEqual([200, true])
    await stopped
  })
})
