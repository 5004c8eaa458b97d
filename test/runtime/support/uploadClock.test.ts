import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { UploadClock } from '../../../templates/runtime/support/uploadClock.ts'

beforeEach(() => {
  jest.useFakeTimers()
})
afterEach(() => {
  jest.useRealTimers()
})

function start(idle: number, total: number, patience: number, before = 0) {
  const faults: string[] = []
  const clock: UploadClock = new UploadClock(performance.now() - before, { idle, total }, patience, (fault) => {
    faults.push(fault)
    clock.stop()
  })
  const pass = (time: number) => {
    jest.advanceTimersByTime(time)
    return faults.join()
  }
  return { clock, pass }
}

describe('an upload ends (rule P7)', () => {
  test('if the client pauses', () => {
    const { clock, pass } = start(10_000, 60_000, 5_000)
    expect(pass(9_000)).toBe('')
    clock.progress(false)
    expect(pass(9_999)).toBe('')
    expect(pass(2)).toBe('silent')
    expect(jest.getTimerCount()).toBe(0)
  })

  test('if it takes too long, with whatever pauses', () => {
    const { clock, pass } = start(10_000, 60_000, 5_000)
    for (let i = 0; i < 11; i++) {
      expect(pass(5_000)).toBe('')
      clock.progress(false)
    }
    expect(pass(5_001)).toBe('slow')
  })

  test.each([
    [50_000, 9_999],
    [59_000, 999],
  ])('if it takes too long together with the %d ms since its request arrived', (before, rest) => {
    const { pass } = start(20_000, 60_000, 5_000, before)
    expect(pass(rest)).toBe('')
    expect(pass(2)).toBe('slow')
  })

  test.each([5_000, 20_000])('if its receiver takes nothing for %d ms; that is no pause of the client', (patience) => {
    const { clock, pass } = start(10_000, 60_000, patience)
    expect(pass(3_000)).toBe('')
    clock.progress(true)
    expect(pass(patience - 1)).toBe('')
    clock.taken()
    expect(pass(9_000)).toBe('')
    clock.progress(true)
    expect(pass(patience - 1)).toBe('')
    expect(pass(2)).toBe('stalled')
  })
})
