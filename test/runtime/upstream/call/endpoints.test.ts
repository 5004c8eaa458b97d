import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { createEndpoints, type Endpoints } from '../../../../templates/runtime/upstream/call/endpoints.ts'
import { Endpoint, Waiting } from '../../../../templates/runtime/upstream/endpoint.ts'

beforeEach(() => {
  jest.useFakeTimers()
})

afterEach(() => {
  jest.useRealTimers()
})

const urls = ['http://127.0.0.1:1', 'http://127.0.0.1:2/base/', 'http://127.0.0.1:3']

function create(max = 1, queue = 0): Endpoints {
  return createEndpoints(
    urls.map((url) => new Endpoint({ url: new URL(url), max, queue, wait: 2_000, streams: 64, tls: null })),
  )
}

/** The endpoints that `count` calls would try first, in order. */
function choices(endpoints: Endpoints, count: number): (Endpoint | null)[] {
  return Array.from({ length: count }, () => endpoints.choose([], false))
}

describe('the endpoints of a service', () => {
  test('are used in turn', () => {
    const endpoints = create()
    const six = choices(endpoints, 6)
    expect(new Set(six).size).toBe(3)
    expect(six.slice(3)).toEqual(six.slice(0, 3))
  })

  test('that refused come last for one second (rule F1)', () => {
    const endpoints = create()
    const [refused] = choices(endpoints, 1)
    refused?.refuse(performance.now())
    expect(choices(endpoints, 6)).not.toContain(refused)
    const others = new Set(choices(endpoints, 6))
    expect(
      endpoints.choose(
        [...others].filter((each) => each !== null),
        false,
      ),
    ).toBe(refused)
    jest.advanceTimersByTime(1_001)
    expect(choices(endpoints, 3)).toContain(refused)
  })

  test('that are full or were tried are not chosen (rule F10)', () => {
    const endpoints = create()
    const all = choices(endpoints, 3).filter((each) => each !== null)
    const [full, tried] = all
    full?.enter(new Call(() => undefined))
    expect(choices(endpoints, 3)).not.toContain(full)
    expect(endpoints.choose(all.slice(1), false)).toBeNull()
    expect(endpoints.choose(tried === undefined ? [] : [tried], false)).toBe(all[2])
  })

  test('prefix the service’s path with that of their address', () => {
    expect(new Set(choices(create(), 3).map((each) => each?.base))).toEqual(new Set(['', '/base']))
  })
})

class Call extends Waiting {
  readonly passes = false
  readonly start: () => unknown
  constructor(start: () => unknown) {
    super()
    this.start = start
  }
  refuse(): void {}
}

describe('the bulkhead of an endpoint (rule F10)', () => {
  test('starts waiting calls in order, without cancelled ones', () => {
    const endpoint = create(1, 3).choose([], false)
    const started: string[] = []
    const call = (name: string) => new Call(() => started.push(name))
    const [a, b, c, d] = [call('a'), call('b'), call('c'), call('d')]
    for (const each of [a, b, c, d]) endpoint?.enter(each)
    expect(started).toEqual(['a'])
    expect(endpoint?.isFull(false)).toBe(true)
    expect(endpoint?.leave(b)).toBe(true)
    expect(endpoint?.leave(a)).toBe(false)
    endpoint?.release(a, false)
    endpoint?.release(c, false)
    expect(started).toEqual(['a', 'c', 'd'])
    endpoint?.release(d, false)
    expect(endpoint?.isFull(false)).toBe(false)
  })
})

describe('a call that waits for a place (rule F10)', () => {
  class Timed extends Waiting {
    readonly passes: boolean
    readonly told: string[]
    readonly name: string
    constructor(name: string, told: string[], passes = false) {
      super()
      this.passes = passes
      this.name = name
      this.told = told
    }
    start(): void {
      this.told.push(`${this.name} starts`)
    }
    refuse(): void {
      this.told.push(`${this.name} is refused`)
    }
  }

  test('is refused after its own time, and then has no place', () => {
    const endpoint = create(1, 8).choose([], false)
    const told: string[] = []
    const enter = (name: string) => {
      const call = new Timed(name, told)
      endpoint?.enter(call)
      return call
    }
    const first = enter('a')
    enter('b')
    jest.advanceTimersByTime(1_500)
    enter('c')
    jest.advanceTimersByTime(499)
    expect(told).toEqual(['a starts'])
    jest.advanceTimersByTime(1)
    expect(told).toEqual(['a starts', 'b is refused'])
    endpoint?.release(first, false)
    expect(told.at(-1)).toBe('c starts')
    jest.advanceTimersByTime(10_000)
    expect(told).toHaveLength(3)
    enter('d')
    jest.advanceTimersByTime(2_000)
    expect(told.at(-1)).toBe('d is refused')
  })

  test('starts when the answer of another call is passed on', () => {
    const endpoint = withStreams(2)
    const told: string[] = []
    for (const name of ['a', 'b']) endpoint.enter(new Timed(name, told, true))
    endpoint.pass()
    expect(told).toEqual(['a starts', 'b starts'])
  })

  test('is counted with the answers that are passed on before it starts, and until its end (rule F29)', () => {
    const endpoint = withStreams(2)
    const [a, b, c] = ['a', 'b', 'c'].map((name) => new Timed(name, [], true))
    if (a === undefined || b === undefined || c === undefined) return
    endpoint.enter(a)
    expect([endpoint.isFull(true), endpoint.isFull(false)]).toEqual([false, false])
    endpoint.enter(b)
    expect([endpoint.isFull(true), endpoint.isFull(false)]).toEqual([true, false])
    endpoint.leave(b)
    expect(endpoint.isFull(true)).toBe(false)
    endpoint.enter(c)
    jest.advanceTimersByTime(2_000)
    expect(endpoint.isFull(true)).toBe(false)
    endpoint.enter(b)
    endpoint.pass()
    expect(endpoint.isFull(true)).toBe(true)
    endpoint.release(a, true)
    expect(endpoint.isFull(true)).toBe(false)
    endpoint.release(b, false)
    endpoint.enter(new Timed('d', []))
    expect(endpoint.isFull(true)).toBe(false)
  })

  const withStreams = (streams: number) =>
    new Endpoint({ url: new URL('http://127.0.0.1:9'), max: 1, queue: 4, wait: 2_000, streams, tls: null })
})
