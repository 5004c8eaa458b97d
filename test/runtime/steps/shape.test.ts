import { describe, expect, test } from '@jest/globals'
import type { Exchange } from '../../../templates/runtime/exchange/exchange.ts'
import { createShape } from '../../../templates/runtime/steps/shape.ts'
import type { ProjectTreatment } from '../../../templates/runtime/upstream/answer.ts'
import { problem } from '../../../templates/runtime/words/problems.ts'

type Projected = ReturnType<ProjectTreatment['project']>

/** Shapes an answer of 100 bytes. `kept`: the bytes that it was said to hold, in order. */
function shaped(project: () => Projected) {
  const kept: number[] = []
  const answer = {
    kind: 'answer',
    headers: {},
    body: Buffer.alloc(100),
    treatment: { kind: 'project', status: 200, id: null, project },
  }
  const exchange = { answer, running: {}, request: { body: Buffer.alloc(50) }, gone: false } as unknown as Exchange
  const step = createShape({ keep: (_, bytes) => kept.push(bytes) })
  return { exchange, kept, outcome: () => step(exchange) }
}

const bad = problem('bad-gateway', { reason: 'answer-body' })
const results = [
  { of: 'a text', projected: 'abc', body: 'abc', outcome: undefined, held: 3 },
  { of: 'bytes', projected: Buffer.from('é'), body: Buffer.from('é'), outcome: undefined, held: 2 },
  { of: 'nothing', projected: '', body: '', outcome: undefined, held: 0 },
  { of: 'a problem', projected: bad, body: null, outcome: bad, held: 0 },
] as const

describe('an answer that is read whole (rule F27)', () => {
  test.each(results)('becomes $of at once', ({ projected, body, outcome, held }) => {
    const { exchange, kept, outcome: run } = shaped(() => projected)
    expect([run(), exchange.answer?.body, kept]).toEqual([outcome, body, [held]])
  })

  test.each(results)(
    'becomes $of later, and holds its bytes until then',
    async ({ projected, body, outcome, held }) => {
      let finish: (projected: string | Buffer | typeof bad) => void = () => undefined
      const later = new Promise<string | Buffer | typeof bad>((resolve) => {
        finish = resolve
      })
      const { exchange, kept, outcome: run } = shaped(() => later)
      const ran = run()
      expect(kept).toEqual([])
      // The service's bytes, the call and the request are needed no longer than by the projection.
      expect([exchange.answer?.body, exchange.running, exchange.request?.body]).toEqual([null, null, null])
      finish(projected)
      expect([await ran, exchange.answer?.body, kept]).toEqual([outcome, body, [held]])
    },
  )

  test('whose projection fails later fails its step (rule F22)', async () => {
    const { kept, outcome } = shaped(() => Promise.reject(new Error('broken')))
    await expect(outcome()).rejects.toThrow('broken')
    expect(kept).toEqual([])
  })
})
