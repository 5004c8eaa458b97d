import { expect, test } from '@jest/globals'
import { createEventStreams } from '../../../templates/runtime/upstream/streams.ts'
import { createMemoryObserver } from '../../support/observed.ts'

test('event streams are counted when they start and end, each once, and can all be ended', () => {
  const observer = createMemoryObserver()
  const streams = createEventStreams(observer)
  const ended: string[] = []
  const [a, b] = ['a', 'b'].map((name) => () => {
    ended.push(name)
  })
  streams.add(a ?? (() => undefined))
  streams.add(b ?? (() => undefined))
  streams.delete(a ?? (() => undefined))
  streams.delete(a ?? (() => undefined))
  streams.endAll()
  expect(ended).toEqual(['b'])
  expect(observer.events).toEqual([
    ['streamOpened', 1],
    ['streamOpened', 2],
    ['streamClosed', 1],
  ])
})
