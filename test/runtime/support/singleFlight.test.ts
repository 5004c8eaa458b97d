import { describe, expect, test } from '@jest/globals'
import { createRenewal, createSingleFlight } from '../../../templates/runtime/support/singleFlight.ts'

describe('a single flight', () => {
  test('runs once for all simultaneous callers, and again afterwards', async () => {
    let runs = 0
    const flight = createSingleFlight(async () => ++runs)
    expect(flight.isRunning()).toBe(false)
    const asked = [flight.run(), flight.run()]
    expect(flight.isRunning()).toBe(true)
    expect(await Promise.all(asked)).toEqual([1, 1])
    expect(flight.isRunning()).toBe(false)
    expect(await flight.run()).toBe(2)
  })

  test('a rejection reaches all waiting callers, and the next run starts again', async () => {
    let runs = 0
    const flight = createSingleFlight(async () => {
      if (++runs === 1) throw new Error('first')
    })
    const outcomes = await Promise.allSettled([flight.run(), flight.run()])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    await flight.run()
    expect(runs).toBe(2)
  })
})

describe('a renewal', () => {
  function renewalOf(outcomes: readonly boolean[]) {
    let now = 0
    let runs = 0
    const failures: number[] = []
    const renewal = createRenewal(
      () => now,
      async () => outcomes[runs++] ?? true,
      (inARow) => failures.push(inARow),
    )
    return {
      renewal,
      failures,
      pass(ms: number) {
        now += ms
      },
    }
  }

  test('is due unless it is running', async () => {
    const { renewal } = renewalOf([true])
    expect(renewal.isDue()).toBe(true)
    const run = renewal.run()
    expect([renewal.isDue(), renewal.isRested(), renewal.isRunning()]).toEqual([false, true, true])
    await run
    expect(renewal.isDue()).toBe(true)
  })

  test('pauses after failures, twice as long each time, until one succeeds', async () => {
    const { renewal, failures, pass } = renewalOf([false, false, true, false])
    await renewal.run()
    expect([renewal.isDue(), renewal.retryAfter()]).toEqual([false, 1])
    pass(1_000)
    expect(renewal.isDue()).toBe(true)
    await renewal.run()
    expect([renewal.isDue(), renewal.retryAfter(), renewal.failures()]).toEqual([false, 2, 2])
    pass(2_000)
    await renewal.run()
    expect([renewal.isDue(), renewal.failures()]).toEqual([true, 0])
    await renewal.run()
    expect(failures).toEqual([1, 2, 1])
  })
})
