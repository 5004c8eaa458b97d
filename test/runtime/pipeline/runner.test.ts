import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, expect, test } from '@jest/globals'
import type { Step } from '../../../templates/runtime/exchange/exchange.ts'
import { createExchange } from '../../../templates/runtime/exchange/live.ts'
import { createPipeline } from '../../../templates/runtime/pipeline/runner.ts'
import { type StepName, table, type Way } from '../../../templates/runtime/pipeline/table.ts'
import { type Problem, problem } from '../../../templates/runtime/words/problems.ts'

const request = stepsOf('request')

/** The names of the steps of a way, in order. */
function stepsOf(way: Way): readonly StepName[] {
  return table.filter(({ ways }) => ways.has(way)).map(({ step }) => step)
}

interface Given {
  readonly steps?: Partial<Record<StepName, Step>>
  /** The way of the exchange. */
  readonly way?: Way
  readonly headersSent?: boolean
}

/**
 * Runs an exchange through the pipeline. Steps record that they ran, and pass unless `steps` replaces them. The last
 * step of a way answers.
 */
async function run({ steps = {}, way = 'request', headersSent = false }: Given) {
  const ran: string[] = []
  const lines: object[] = []
  const answers: (Problem | 'destroyed')[] = []
  const chosen: number[] = []
  const last = stepsOf(way).at(-1)
  const noting =
    (name: StepName): Step =>
    (exchange) => {
      ran.push(name)
      return (steps[name] ?? (() => (name === last ? 'answered' : undefined)))(exchange)
    }
  const parts = Object.fromEntries(table.map(({ step }) => [step, noting(step)])) as Record<StepName, Step>
  const res = { headersSent, destroy: () => answers.push('destroyed') }
  const exchange = createExchange({} as IncomingMessage, res as unknown as ServerResponse)
  const unused = () => undefined
  const pipeline = createPipeline(
    parts,
    () => {
      chosen.push(ran.length)
      if (way === 'upgrade') throw new Error('the way of an upgrade is known from the start')
      return way
    },
    { head: unused, empty: unused, json: unused, problem: (_exchange, each) => answers.push(each) },
    { requestFailed: (event) => lines.push(event) },
  )
  if (way === 'upgrade') pipeline.upgrade(exchange)
  else pipeline.request(exchange)
  await new Promise(setImmediate)
  return { ran, lines, answers, exchange, chosen }
}

const until = (name: StepName) => request.slice(0, request.indexOf(name) + 1)

describe('each way runs the rows of its column, from top to bottom', () => {
  test.each<Way>(['request', 'upgrade', 'preflight', 'own'])('%s', async (way) => {
    const { ran, answers, lines } = await run({ way })
    expect(ran).toEqual(stepsOf(way))
    expect([...answers, ...lines]).toEqual([])
  })

  test.each<Way>(['request', 'preflight', 'own'])('%s: chosen once, after admit', async (way) => {
    expect((await run({ way })).chosen).toEqual([until('admit').length])
  })

  test('and not chosen for requests that admit refuses', async () => {
    expect(
      (await run({ steps: { admit: () => problem('malformed-request', { reason: 'target-invalid' }) } })).chosen,
    ).toEqual([])
  })
})

describe('a step', () => {
  test.each(request)('ends a request with a problem: %s', async (name) => {
    const refusal = problem('forbidden', { reason: 'caller-missing' })
    for (const step of [() => refusal, () => Promise.resolve(refusal)]) {
      const { ran, answers } = await run({ steps: { [name]: step } })
      expect(ran).toEqual(until(name))
      expect(answers).toEqual([refusal])
    }
  })

  test.each(request)('ends a request with an answer: %s', async (name) => {
    for (const step of [() => 'answered' as const, () => Promise.resolve('answered' as const)]) {
      const { ran, answers } = await run({ steps: { [name]: step } })
      expect(ran).toEqual(until(name))
      expect(answers).toEqual([])
    }
  })

  test('may return a promise, before and after the way is chosen', async () => {
    const slow: Step = () => Promise.resolve(undefined)
    const steps = Object.fromEntries(request.slice(0, -1).map((name) => [name, slow]))
    expect((await run({ steps })).ran).toEqual(request)
  })

  test('is the last one for a client that left meanwhile', async () => {
    const authenticate: Step = (exchange) => {
      if ('leave' in exchange && typeof exchange.leave === 'function') exchange.leave()
      return Promise.resolve(undefined)
    }
    const { ran } = await run({ steps: { authenticate } })
    expect(ran).toEqual(until('authenticate'))
  })
})

describe('a fault of the gateway itself is a constant 500 and a line in the log (rule F22)', () => {
  const broken = new Error('secret')
  const throwing: Step = () => {
    throw broken
  }

  test.each<[string, Given]>([
    ['a step throws', { steps: { match: throwing } }],
    ['a step throws before the way is chosen', { steps: { admit: throwing } }],
    ['a step of an upgrade throws', { steps: { upgrade: throwing }, way: 'upgrade' }],
    ['a step rejects', { steps: { match: () => Promise.reject(broken) } }],
    [
      'a step throws after another returned a promise',
      { steps: { authenticate: () => Promise.resolve(undefined), authorize: throwing } },
    ],
    ['no step answers', { steps: { answer: () => undefined } }],
    ['no step answers an upgrade', { steps: { upgrade: () => undefined }, way: 'upgrade' }],
    ['no step answers a preflight', { steps: { preflight: () => undefined }, way: 'preflight' }],
    ['no step answers at an own endpoint', { steps: { own: () => undefined }, way: 'own' }],
  ])('%s', async (_, given) => {
    const { answers, lines } = await run(given)
    expect(answers).toEqual([problem('internal', { close: true, reason: 'step-failed' })])
    expect(lines).toHaveLength(1)
    expect(JSON.stringify(answers)).not.toContain('secret')
  })

  test('an answer that has started is aborted instead', async () => {
    expect((await run({ steps: { answer: throwing }, headersSent: true })).answers).toEqual(['destroyed'])
  })
})
