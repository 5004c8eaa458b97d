import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { createEnvironment } from '../../../templates/runtime/environment/environment.ts'
import { createUpstream, type Endpoint } from '../../../templates/runtime/upstream/index.ts'
import { some } from '../../support/gatewayParts.ts'

beforeEach(() => {
  jest.useFakeTimers()
})

afterEach(() => {
  jest.useRealTimers()
})

const urls = ['http://127.0.0.1:1', 'http://127.0.0.1:2/base/', 'http://127.0.0.1:3']

function create(max = 1, queue = 0) {
  return createUpstream('orders', some.service(urls, { concurrency: { max, queue } }), createEnvironment({}))
}

/** The endpoints in the order in which `count` calls would try them first. */
function choices(upstream: ReturnType<typeof create>, count: number): (Endpoint | null)[] {
  return Array.from({ length: count }, () => upstream.choose([]))
}

describe('the endpoints of a service', () => {
  test('take turns', () => {
    const upstream = create()
    const six = choices(upstream, 6)
    expect(new Set(six).size).toBe(3)
    expect(six.slice(3)).toEqual(six.slice(0, 3))
  })

  test('that refused come last for a second (rule F1)', () => {
    const upstream = create()
    const [refused] = choices(upstream, 1)
    refused?.refuse(performance.now())
    expect(choices(upstream, 6)).not.toContain(refused)
    const others = new Set(choices(upstream, 6))
    expect(upstream.choose([...others].filter((each) => each !== null))).toBe(refused)
    jest.advanceTimersByTime(1_001)
    expect(choices(upstream, 3)).toContain(refused)
  })

  test('that are full or were tried are not chosen (rule F10)', () => {
    const upstream = create()
    const all = choices(upstream, 3).filter((each) => each !== null)
    const [full, tried] = all
    full?.enter({ start: () => undefined })
    expect(choices(upstream, 3)).not.toContain(full)
    expect(upstream.choose(all.slice(1))).toBeNull()
    expect(upstream.choose(tried === undefined ? [] : [tried])).toBe(all[2])
  })

  test('have the path of their address before the service’s own', () => {
    expect(new Set(choices(create(), 3).map((each) => each?.base))).toEqual(new Set(['', '/base']))
  })
})

describe('the bulkhead of an endpoint (rule F10)', () => {
  test('starts what waits in the order it came, and not what left', () => {
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
