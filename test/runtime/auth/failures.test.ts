import { expect, test } from '@jest/globals'
import { createFailureLimiter } from '../../../templates/runtime/auth/failures.ts'
import { createClocks } from '../../support/identity.ts'

const address = '192.0.2.1'

test('the 20th failure within a minute blocks, until one failure is restored (rule K3)', () => {
  const clocks = createClocks()
  const limiter = createFailureLimiter(clocks.monotonic)
  const outcomes = Array.from({ length: 20 }, () => limiter.failed(address, 'a'))
  expect(outcomes.indexOf(true)).toBe(19)
  expect([limiter.wait(address, 'a'), limiter.wait(address, 'b'), limiter.wait('192.0.2.2', 'a')]).toEqual([
    3_000, 0, 0,
  ])
  clocks.advance(3_000)
  expect(limiter.wait(address, 'a')).toBe(0)
})

test('the table has 10,000 entries at most (rules K3, F19)', () => {
  const limiter = createFailureLimiter(createClocks().monotonic)
  const block = (id: string) => {
    for (let i = 0; i < 20; i += 1) limiter.failed(address, id)
  }
  for (let i = 0; i < 10_100; i += 1) block(`id-${i}`)
  const remembered = Array.from({ length: 10_100 }, (_, i) => limiter.wait(address, `id-${i}`)).filter(
    (wait) => wait > 0,
  )
  expect(remembered).toHaveLength(10_000)
})

test('failures with many other ids do not remove a count that is high (rule K3)', () => {
  const limiter = createFailureLimiter(createClocks().monotonic)
  for (let i = 0; i < 20; i += 1) limiter.failed(address, 'guessed')
  for (let i = 0; i < 30_000; i += 1) limiter.failed(address, `other-${i}`)
  expect(limiter.wait(address, 'guessed')).toBe(3_000)
})
