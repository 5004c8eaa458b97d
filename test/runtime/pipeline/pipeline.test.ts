import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, expect, test } from '@jest/globals'
import type { Step } from '../../../templates/runtime/exchange/exchange.ts'
import { createExchange } from '../../../templates/runtime/exchange/live.ts'
import { createRunner, createTable, type StepName } from '../../../templates/runtime/pipeline/pipeline.ts'
import { type Problem, problem } from '../../../templates/runtime/words/problems.ts'

const names: readonly StepName[] = [
  'identify',
  'admit',
  'own',
  'host',
  'cors',
  'match',
  'authenticate',
  'authorize',
  'invite',
  'validate',
  'call',
  'shape',
  'answer',
]

/** Takes an exchange through a table whose steps note that they ran, but for those given. */
async function run(steps: Partial<Record<StepName, Step>>, headersSent = false) {
  const ran: string[] = []
  const lines: object[] = []
  const answers: (Problem | 'destroyed')[] = []
  const noting =
    (name: StepName): Step =>
    (exchange) => {
      ran.push(name)
      return (steps[name] ?? (name === 'answer' ? () => 'answered' : () => undefined))(exchange)
    }
  const parts = Object.fromEntries(names.map((name) => [name, noting(name)])) as Record<StepName, Step>
  const res = { headersSent, destroy: () => answers.push('destroyed') }
  const exchange = createExchange({} as IncomingMessage, res as unknown as ServerResponse)
  const unused = () => undefined
  const runner = createRunner(
    createTable(parts),
    { head: unused, empty: unused, json: unused, problem: (_exchange, each) => answers.push(each) },
    { debug: unused, info: unused, warn: unused, fatal: unused, error: (fields) => lines.push(fields) },
  )
  runner(exchange)
  await new Promise(setImmediate)
  return { ran, lines, answers, exchange }
}

const until = (name: StepName) => names.slice(0, names.indexOf(name) + 1)

describe('the table', () => {
  test('runs from top to bottom, and knows who asks and whether they may before it reads or sends anything', async () => {
    expect((await run({})).ran).toEqual(names)
  })

  test.each(names)('ends with a problem of %s', async (name) => {
    const refusal = problem('forbidden')
    for (const step of [() => refusal, () => Promise.resolve(refusal)]) {
      const { ran, answers } = await run({ [name]: step })
      expect(ran).toEqual(until(name))
      expect(answers).toEqual([refusal])
    }
  })

  test.each(names)('ends with an answer of %s', async (name) => {
    for (const step of [() => 'answered' as const, () => Promise.resolve('answered' as const)]) {
      const { ran, answers } = await run({ [name]: step })
      expect(ran).toEqual(until(name))
      expect(answers).toEqual([])
    }
  })

  test('goes on after steps that take their time', async () => {
    const slow: Step = () => Promise.resolve(undefined)
    expect((await run({ authenticate: slow, validate: slow, call: slow })).ran).toEqual(names)
  })

  test('does not go on for a client that left meanwhile', async () => {
    const { ran } = await run({
      authenticate(exchange) {
        if ('leave' in exchange && typeof exchange.leave === 'function') exchange.leave()
        return Promise.resolve(undefined)
      },
    })
    expect(ran).toEqual(until('authenticate'))
  })
})

describe('a fault of the gateway’s own is a constant 500 and a line in the log (rule F22)', () => {
  const broken = new Error('secret')
  const throwing: Step = () => {
    throw broken
  }

  test.each<[string, Partial<Record<StepName, Step>>]>([
    ['a step throws', { match: throwing }],
    ['a step rejects', { match: () => Promise.reject(broken) }],
    [
      'a step throws after another took its time',
      { authenticate: () => Promise.resolve(undefined), authorize: throwing },
    ],
    ['nobody answers', { answer: () => undefined }],
  ])('%s', async (_, steps) => {
    const { answers, lines } = await run(steps)
    expect(answers).toEqual([problem('internal', { close: true })])
    expect(lines).toHaveLength(1)
    expect(JSON.stringify(answers)).not.toContain('secret')
  })

  test('an answer that has begun is broken off instead', async () => {
    expect((await run({ answer: throwing }, true)).answers).toEqual(['destroyed'])
  })
})

test('a signal is there for who wants one, before and after the client left', () => {
  const exchange = createExchange({} as IncomingMessage, {} as ServerResponse)
  const { signal } = exchange.abort
  expect(signal.aborted).toBe(false)
  exchange.leave()
  expect(signal.aborted).toBe(true)
  const other = createExchange({} as IncomingMessage, {} as ServerResponse)
  other.leave()
  expect(other.abort.signal.aborted).toBe(true)
})
