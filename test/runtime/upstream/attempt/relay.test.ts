import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import type { End, Receiver } from '../../../../templates/runtime/upstream/answer.ts'
import { Relay } from '../../../../templates/runtime/upstream/attempt/relay.ts'
import type { EventStreams } from '../../../../templates/runtime/upstream/streams.ts'

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

  write(chunk: Buffer): boolean {
    this.written += chunk.toString('latin1')
    return !this.full
  }

  end(chunk?: Buffer): void {
    if (chunk !== undefined) this.write(chunk)
    this.state = 'ended'
  }

  destroy(): void {
    this.state = 'destroyed'
  }

  flushHeaders(): void {}
}

const end: End = (res, body) => {
  res.end(body)
}

function receiverOf(res: FakeResponse): Receiver {
  return { res: res as unknown as Receiver['res'], bytes: 0 }
}

function start(streams: EventStreams | null = null, first: readonly string[] = []) {
  const res = new FakeResponse()
  const calls: string[] = []
  const source = { resume: () => calls.push('resume'), stop: () => calls.push('stop') }
  const receiver = receiverOf(res)
  const relay = new Relay(source, streams)
  const push = (text: string) => relay.push(Buffer.from(text))
  for (const text of first) push(text)
  relay.pipe(receiver, end)
  return { relay, res, calls, push, receiver }
}

describe('a body that passes', () => {
  test('in one piece if it is already complete', () => {
    const res = new FakeResponse()
    const receiver = receiverOf(res)
    const relay = new Relay({ resume() {}, stop() {} }, null)
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
    const relay = new Relay({ resume() {}, stop() {} }, null)
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
    expect(calls).toEqual(['stop'])
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
    const { res, push } = start(new Set())
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
    const { res } = start(new Set())
    jest.advanceTimersByTime(299_000)
    expect(res.state).toBe('open')
    jest.advanceTimersByTime(1_000)
    expect(res.state).toBe('destroyed')
  })

  test('is registered while it runs, and can be ended', () => {
    const streams = new Set<() => void>()
    const { res, calls } = start(streams)
    expect(streams.size).toBe(1)
    for (const end of streams) end()
    expect(res.state).toBe('ended')
    expect(calls).toEqual(['stop'])
    expect(streams.size).toBe(0)
  })

  test('is not registered any more once the client has left', () => {
    const streams = new Set<() => void>()
    const { res } = start(streams)
    res.emit('close')
    expect(streams.size).toBe(0)
    expect(jest.getTimerCount()).toBe(0)
  })
})
