import { expect, test } from '@jest/globals'
import { compose, over, type Policy } from '../../../templates/runtime/upstream/transport.ts'
import { anOrder, createMemorySink } from '../../support/observed.ts'

test('policies wrap a transport, the first one outermost', () => {
  const seen: string[] = []
  const policy =
    (name: string): Policy =>
    (next) =>
    (order, sink) => {
      seen.push(name)
      return next(order, sink)
    }
  const transport = compose([policy('a'), policy('b')], () => {
    seen.push('transport')
    return over
  })
  expect(transport(anOrder(), createMemorySink())).toBe(over)
  expect(seen).toEqual(['a', 'b', 'transport'])
})
