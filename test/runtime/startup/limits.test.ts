import { describe, expect, test } from '@jest/globals'
import {
  callTimeout,
  longestRequest,
  stillness,
  transferLimits,
  uploadLimits,
} from '../../../templates/runtime/startup/limits.ts'
import type { Route } from '../../../templates/runtime/vocabulary.ts'
import { some } from '../../support/gatewayParts.ts'

const route = (more: Partial<Route>): Route => ({
  ...some.route('GET', '/files'),
  timeout: 10_000,
  uploadIdle: 15_000,
  streamIdle: null,
  streamLifetime: 900_000,
  ...more,
})
const longest = 2_147_483_647

describe('the limits of a route', () => {
  test.each([
    ['its timeout, where that is longer than 15 s', { timeout: 60_000 }, 60_000],
    ['15 s, where its timeout is shorter', { timeout: 2_000 }, 15_000],
    ['stream.idle, where it is shorter', { timeout: 60_000, streamIdle: 5_000 }, 5_000],
    ['stream.idle, where it is longer', { timeout: 2_000, streamIdle: 90_000 }, 90_000],
  ])('an answer may be silent for %s', (_, more, idle) => {
    expect(transferLimits(route(more)).idle).toBe(idle)
  })

  test.each([
    ['five minutes', {}, 300_000],
    ['stream.idle', { streamIdle: 5_000 }, 5_000],
  ])('a stream may be silent for %s', (_, more, idle) => {
    expect(transferLimits(route(more)).streamIdle).toBe(idle)
  })

  test('a stream lasts for stream.lifetime', () => {
    expect(transferLimits(route({ streamLifetime: 7_000 })).lifetime).toBe(7_000)
  })

  test.each([
    ['the request timeout of all clients', { timeout: 2_000 }, 30_000],
    ['its timeout, where that is longer', { timeout: 60_000 }, 60_000],
  ])('an upload has %s', (_, more, total) => {
    expect(uploadLimits(route({ ...more, uploadIdle: 4_000 }), 30_000)).toEqual({ idle: 4_000, total })
  })

  test('no limit is above the longest timer of Node.js', () => {
    const endless = route({ timeout: 1e12, uploadIdle: 1e12, streamIdle: 1e12, streamLifetime: 1e12 })
    expect(callTimeout(endless)).toBe(longest)
    expect(uploadLimits(endless, 30_000)).toEqual({ idle: longest, total: longest })
    expect(transferLimits(endless)).toEqual({ idle: longest, streamIdle: longest, lifetime: longest })
    expect([stillness([endless]), longestRequest([endless], 30_000)]).toEqual([longest, longest])
  })
})

describe('the limits of a server', () => {
  test.each([
    ['a minute without routes', [], 60_000],
    ['a minute for short routes', [route({ uploadIdle: 15_000 })], 60_000],
    ['the longest timeout and 30 s', [route({}), route({ timeout: 90_000 })], 120_000],
    ['the longest upload.idle and 30 s', [route({ uploadIdle: 70_000 })], 100_000],
    ['the longest stream.idle and 30 s', [route({ streamIdle: 80_000 }), route({})], 110_000],
  ])('a connection may be still for %s', (_, routes, time) => {
    expect(stillness(routes)).toBe(time)
  })

  test.each([
    ['the request timeout without routes', [], 30_000],
    ['2 s more than the longest upload', [route({}), route({ timeout: 90_000 })], 92_000],
    ['2 s more than the request timeout for short routes', [route({})], 32_000],
  ])('a request may arrive for %s', (_, routes, time) => {
    expect(longestRequest(routes, 30_000)).toBe(time)
  })
})
