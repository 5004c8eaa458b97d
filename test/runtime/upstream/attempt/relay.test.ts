import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import type { End, Receiver } from '../../../../templates/runtime/upstream/answer.ts'
import { Relay, relayedBody } from '../../../../templates/runtime/upstream/attempt/relay.ts'
import type { TransferLimits } from '../../../../templates/runtime/upstream/transport.ts'
import type { StreamKind } from '../../../../templates/runtime/words/streamKinds.ts'

beforeEach(() => {
  jest.useFakeTimers()
})

afterEach(() => {
  jest.useRealTimers()
})

/** A response that accepts writes until `full` is set. */
class FakeResponse extends EventEmitter {
  written = ''
  state: 'open' | 'ended' | 'destroyed' = 'open'
  full = false

  write(chunk: Buffer | string): boolean {
    this.written += typeof chunk === 'string' ? chunk : chunk.toString('latin1')
    return !this.full
  }

  end(chunk?: Buffer): void {
    if (chunk !== undefined) this.write(chunk)
    this.state = 'ended'
  }

  destroy(): void {
    this.state = 'destroyed'
  }
}

const end: End = (res, body) => {
  res.end(body)
}

function receiverOf(res: FakeResponse): Receiver {
  return { res: res as unknown as Receiver['res'], bytes: 0, cut: null }
}

const limits = { idle: 15_000, streamIdle: 300_000, lifetime: 86_400_000 }

function start(kind: StreamKind | null = null, first: readonly string[] = [], less: Partial<TransferLimits> = {}) {
  const res = new FakeResponse()
  const calls: string[] = []
  const source = {
    passing: () => undefined,
    resume: () => calls.push('resume'),
    stop: () => calls.push('stop'),
    cut: (cut: string) => calls.push(cut),
  }
  const streams = new Set<() => void>()
  const receiver = receiverOf(res)
  const relay = new Relay(source, relayedBody(kind, { ...limits, ...less }), streams)
  const push = (text: string) => relay.push(Buffer.from(text))
  for (const text of first) push(text)
  relay.pipe(receiver, end)
  return { relay, res, calls, push, receiver, streams }
}

describe('a body that passes', () => {
  test('in one piece if it is already complete', () => {
    const res = new FakeResponse()
    const receiver = receiverOf(res)
    const relay = new Relay({ passing() {}, resume() {}, stop() {}, cut() {} }, relayedBody(null, limits), new Set())
    relay.push(Buffer.from('a'))
    relay.push(Buffer.from('b'))
    relay.end()
    relay.pipe(receiver, end)
    expect(res).toMatchObject({ written: 'ab', state: 'ended' })
    expect(receiver.bytes).toBe(2)
  })

  test('in chunks as they arrive', () => {
    const { relay, res, push, receiver } = start(null, ['a'])
    push('b')
    expect(res.written).toBe('ab')
    relay.end()
    expect(res.state).toBe('ended')
    expect(receiver.bytes).toBe(2)
    expect(jest.getTimerCount()).toBe(0)
  })

  test('waits for the client (rule F17)', () => {
    const { res, push, calls } = start()
    res.full = true
    expect(push('a')).toBe(false)
    res.full = false
    res.emit('drain')
    expect(calls).toEqual(['resume'])
    expect(push('b')).toBe(true)
  })

  test('is not buffered without limit before the head is written', () => {
    const relay = new Relay({ passing() {}, resume() {}, stop() {}, cut() {} }, relayedBody(null, limits), new Set())
    expect(relay.push(Buffer.alloc(65_535))).toBe(true)
    expect(relay.push(Buffer.alloc(1))).toBe(false)
  })
})

describe('an incomplete body destroys the connection', () => {
  test('if the service closes it (rule F7)', () => {
    const { relay, res } = start(null, ['a'])
    relay.fail()
    expect(res.state).toBe('destroyed')
  })

  test('if the service sends nothing for 15 s (rule F6)', () => {
    const { res, push, calls } = start()
    jest.advanceTimersByTime(14_000)
    push('a')
    jest.advanceTimersByTime(14_000)
    expect(res.state).toBe('open')
    jest.advanceTimersByTime(1_000)
    expect(res.state).toBe('destroyed')
    expect(calls).toEqual(['service-silent', 'stop'])
  })

  test('if the client takes nothing for 30 s (rule F17)', () => {
    const { res, push } = start()
    res.full = true
    push('a')
    jest.advanceTimersByTime(29_000)
    expect(res.state).toBe('open')
    jest.advanceTimersByTime(1_000)
    expect(res.state).toBe('destroyed')
  })
})

describe('an event stream (rule S4)', () => {
  test('gets a comment during silence, between events only', () => {
    const { res, push } = start('events')
    push('data: 1\n\n')
    jest.advanceTimersByTime(15_000)
    expect(res.written).toBe('data: 1\n\n:\n\n')
    push('data: 2\n')
    jest.advanceTimersByTime(30_000)
    expect(res.written).toBe('data: 1\n\n:\n\ndata: 2\n')
    push('\n')
    jest.advanceTimersByTime(15_000)
    expect(res.written).toBe('data: 1\n\n:\n\ndata: 2\n\n')
  })

  test('ends after five minutes of silence', () => {
    const { res } = start('events')
    jest.advanceTimersByTime(299_000)
    expect(res.state).toBe('open')
    jest.advanceTimersByTime(1_000)
    expect(res.state).toBe('destroyed')
  })

  test('is registered while it runs, and can be ended', () => {
    const { res, calls, streams } = start('events')
    expect(streams.size).toBe(1)
    for (const end of streams) end()
    expect(res.state).toBe('ended')
    expect(calls).toEqual(['stop'])
    expect(streams.size).toBe(0)
  })

  test('is not registered any more once the client has left', () => {
    const { res, streams } = start('events')
    res.emit('close')
    expect(streams.size).toBe(0)
    expect(jest.getTimerCount()).toBe(0)
  })
})

describe('limits of time', () => {
  test.each<[string, StreamKind | null, Partial<TransferLimits>, number]>([
    ['another body', null, { idle: 60_000 }, 60_000],
    ['another body whose limit is short', null, { idle: 2_000 }, 2_000],
    ['an event stream', 'events', { streamIdle: 20_000 }, 20_000],
    ['lines', 'lines', {}, 300_000],
  ])('%s is cut after its silence', (_, kind, less, silence) => {
    const { res, receiver, calls, push } = start(kind, [], less)
    jest.advanceTimersByTime(silence - 1_000)
    push('a\n\n')
    jest.advanceTimersByTime(silence - 1)
    expect(res.state).toBe('open')
    jest.advanceTimersByTime(2)
    expect([res.state, receiver.cut, calls]).toEqual(['destroyed', 'service-silent', ['service-silent', 'stop']])
    expect(jest.getTimerCount()).toBe(0)
  })

  test('a stream ends between two items at the end of its lifetime, and another body at once', () => {
    const less = { lifetime: 40_000, idle: 30_000 }
    for (const [kind, state] of [
      ['events', 'ended'],
      ['lines', 'ended'],
      [null, 'destroyed'],
    ] as const) {
      const { res, receiver, push } = start(kind, [], less)
      jest.advanceTimersByTime(20_000)
      push('a\n\n')
      jest.advanceTimersByTime(19_000)
      expect(res.state).toBe('open')
      jest.advanceTimersByTime(1_100)
      expect([res.state, receiver.cut]).toEqual([state, 'gateway-lifetime'])
    }
  })

  test('a line that does not end is cut off soon after the lifetime', () => {
    const { res, receiver, push } = start('lines', [], { lifetime: 40_000 })
    for (let i = 0; i < 50; i++) {
      jest.advanceTimersByTime(1_000)
      push('a')
    }
    expect(res.state).toBe('open')
    for (let i = 0; i < 20; i++) {
      jest.advanceTimersByTime(1_000)
      push('a')
    }
    expect([res.state, receiver.cut]).toEqual(['destroyed', 'gateway-lifetime'])
  })

  test('a body that never pauses has a lifetime too', () => {
    const { res, receiver, push } = start(null, [], { lifetime: 10_000 })
    for (let i = 0; i < 11; i++) {
      jest.advanceTimersByTime(1_000)
      push('a')
    }
    expect([res.state, receiver.cut]).toEqual(['destroyed', 'gateway-lifetime'])
  })
})

test('lines end at a shutdown after the line that has begun (rule S4)', () => {
  const { res, receiver, push, streams, calls } = start('lines')
  push('{"a":1}\n{"b"')
  for (const shutDown of streams) shutDown()
  expect(res.state).toBe('open')
  push(':2}\n{"c":3}\n')
  expect([res.written, res.state, receiver.cut]).toEqual(['{"a":1}\n{"b":2}\n', 'ended', 'gateway-drain'])
  expect(calls).toEqual(['stop'])
})
