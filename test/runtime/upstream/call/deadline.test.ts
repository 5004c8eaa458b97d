import { EventEmitter } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { deadline } from '../../../../templates/runtime/upstream/call/deadline.ts'
import { ClientBody } from '../../../../templates/runtime/upstream/clientBody.ts'
import type { Order, Sink } from '../../../../templates/runtime/upstream/transport.ts'
import { problem } from '../../../../templates/runtime/words/problems.ts'
import { anOrder, createMemoryObserver, createMemorySink } from '../../../support/observed.ts'

beforeEach(() => {
  jest.useFakeTimers()
})

afterEach(() => {
  jest.useRealTimers()
})

/** A call with a deadline of one second, around a passive transport. */
function start(order: Partial<Order> = {}) {
  const observer = createMemoryObserver()
  const sink = createMemorySink()
  const cancelled: string[] = []
  let inner: Sink = sink
  const transport = deadline(
    'orders',
    observer,
  )((_order, given) => {
    inner = given
    return { cancel: (reason) => cancelled.push(reason) }
  })
  const running = transport(anOrder({ timeout: 1_000, ...order }), sink)
  return { running, inner, sink, cancelled, observer }
}

function upload() {
  const source = Object.assign(new EventEmitter(), { pause() {}, resume() {}, complete: true })
  return {
    source,
    body: new ClientBody(
      source as unknown as IncomingMessage,
      {
        bytes: 100,
        idle: 60_000,
        total: 60_000,
        patience: 60_000,
      },
      performance.now(),
    ),
  }
}

describe('a deadline', () => {
  test('cancels a call that is late, with a line in the log and a 504 (rule F5)', () => {
    const { sink, cancelled, observer } = start()
    jest.advanceTimersByTime(999)
    expect(sink.events).toEqual([])
    jest.advanceTimersByTime(1)
    expect(sink.events).toMatchObject([{ kind: 'failure', problem: { name: 'gateway-timeout' } }])
    expect(cancelled).toEqual(['deadline'])
    expect(observer.events).toEqual([['callFailed', { requestId: 'request-1', service: 'orders', code: 'deadline' }]])
  })

  test('ends if the call cannot begin', () => {
    const transport = deadline(
      'orders',
      createMemoryObserver(),
    )(() => {
      throw new Error('broken')
    })
    expect(() => transport(anOrder(), createMemorySink())).toThrow('broken')
    expect(jest.getTimerCount()).toBe(0)
  })

  test('ends with the call', () => {
    const { inner, sink } = start()
    inner.settled(problem('bad-gateway', { reason: 'service-closed' }))
    expect(sink.events).toEqual([problem('bad-gateway', { reason: 'service-closed' })])
    expect(jest.getTimerCount()).toBe(0)
  })

  test('continues after the head of an answer that must be read whole', () => {
    const { inner, sink } = start()
    inner.sending()
    inner.responded(1)
    jest.advanceTimersByTime(1_000)
    expect(sink.events).toMatchObject(['sending', 'responded', { problem: { name: 'gateway-timeout' } }])
  })

  test('ends with a call that is cancelled, and cancels the transport', () => {
    const { running, cancelled } = start()
    running.cancel('gone')
    expect([cancelled, jest.getTimerCount()]).toEqual([['gone'], 0])
  })

  test('does not include the time in which a client sends its body (rule P7)', async () => {
    const { source, body } = upload()
    const { inner, sink } = start({ body })
    inner.sending()
    jest.advanceTimersByTime(59_000)
    expect(sink.events).toEqual(['sending'])
    source.emit('end')
    body.resume()
    await new Promise((resolve) => body.once('end', resolve))
    jest.advanceTimersByTime(1_000)
    expect(sink.events).toMatchObject(['sending', { problem: { name: 'gateway-timeout' } }])
  })
})
