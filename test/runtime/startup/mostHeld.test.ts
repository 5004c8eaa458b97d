import { getHeapStatistics } from 'node:v8'
import { describe, expect, test } from '@jest/globals'
import { mostHeld } from '../../../templates/runtime/startup/mostHeld.ts'
import { some } from '../../support/gatewayParts.ts'

function most(maxHeld: number | null, body: readonly string[] | null, maxBody: number, maxAnswer: number): number {
  return mostHeld({
    client: some.client({ maxHeld }),
    services: { orders: some.service('http://127.0.0.1', { maxAnswer }) },
    routes: [some.route('POST', '/', { request: some.request('/', { body, maxBody }) })],
  })
}

describe('the bytes that a gateway may hold (rule F27)', () => {
  test("are a share of the heap's limit, or as set", () => {
    expect(most(null, null, 1_000, 1_000)).toBe(Math.floor(getHeapStatistics().heap_size_limit / 16))
    expect(most(5_000_000, ['application/json'], 1_000, 1_000)).toBe(5_000_000)
  })

  test.each([
    'application/json',
    'application/vnd.x+json; version=1',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'text/plain',
    '*/*',
    'application/*',
  ])('are at least twice the largest body and answer: %s', (type) => {
    expect(most(1, ['application/octet-stream', type], 300_000, 20_000)).toBe(640_000)
  })

  test.each(['application/octet-stream', 'image/*', 'application/xml'])(
    'bodies that are passed on do not count: %s',
    (type) => {
      expect(most(1, [type], 300_000, 20_000)).toBe(40_000)
    },
  )
})
