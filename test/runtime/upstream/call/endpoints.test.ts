import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { createEndpoints, type Endpoints } from '../../../../templates/runtime/upstream/call/endpoints.ts'
import { Endpoint } from '../../../../templates/runtime/upstream/endpoint.ts'

beforeEach(() => {
  jest.useFakeTimers()
})

afterEach(() => {
  jest.useRealTimers()
})

const urls = ['http://127.0.0.1:1', 'http://127.0.0.1:2/base/', 'http://127.0.0.1:3']

function create(max = 1, queue = 0): Endpoints {
  return createEndpoints(urls.map((url) => new Endpoint({ url: new URL(url), max, queue, tls: null })))
}

/** The endpoints that `count` calls would try first, in order. */
function choices(endpoints: Endpoints, count: number): (Endpoint | null)[] {
  return Array.from({ length: count }, () => endpoints.choose([]))
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
    expect(endpoints.choose([...others].filter((each) => each !== null))).toBe(refused)
    jest.advanceTimersByTime(1_001)
    expect(choices(endpoints, 3)).toContain(refused)
  })

  test('that are full or were tried are not chosen (rule F10)', () => {
    const endpoints = create()
    const all = choices(endpoints, 3).filter((each) => each !== null)
    const [full, tried] = all
    full?.enter({ start: () => undefined })
    expect(choices(endpoints, 3)).not.toContain(full)
    expect(endpoints.choose(all.slice(1))).toBeNull()
    expect(endpoints.choose(tried === undefined ? [] : [tried])).toBe(all[2])
  })

  test('prefix the service’s path with that of their address', () => {
    expect(new Set(choices(create(), 3).map((each) => each?.base))).toEqual(new Set(['', '/base']))
  })
})

describe('the bulkhead of an endpoint (rule F10)', () => {
  test('starts waiting calls in order, without cancelled ones', () => {
    const endpoint = create(1, 3).choose([])
    const started: string[] = []
    const call = (name: string) => ({ start: () => started.push(name) })
    const [a, b, c, d] = [call('a'), call('b'), call('c'), call('d')]
    for (const each of [a, b, c, d]) endpoint?.enter(each)
    expect(started).toEqual(['a'])
    expect(endpoint?.full).toBe(true)
    expect(endpoint?.leave(b)).toBe(true)
    expect(endpoint?.leave(a)).toBe(false)
    endpoint?.release()
    endpoint?.release()
    expect(started).toEqual(['a', 'c', 'd'])
    endpoint?.release()
    expect(endpoint?.full).toBe(false)
  })
})
