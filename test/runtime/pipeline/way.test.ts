import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, expect, test } from '@jest/globals'
import { createExchange } from '../../../templates/runtime/exchange/live.ts'
import { createChooseWay } from '../../../templates/runtime/pipeline/way.ts'

const own = { has: (path: string) => path === '/health/live', answer: () => undefined }

function wayOf(method: string, path: string, headers: Record<string, string>, crossOrigin = true) {
  const exchange = createExchange({ method, headers } as unknown as IncomingMessage, {} as ServerResponse)
  exchange.path = path
  return createChooseWay(own, crossOrigin)(exchange)
}

const preflight = { origin: 'https://shop.example', 'access-control-request-method': 'DELETE' }

describe('the way of', () => {
  test.each<[string, string, string, Record<string, string>, string]>([
    ['a request', 'GET', '/orders', {}, 'request'],
    ['a request from another origin', 'GET', '/orders', preflight, 'request'],
    ['OPTIONS', 'OPTIONS', '/orders', {}, 'request'],
    ['OPTIONS from another origin', 'OPTIONS', '/orders', { origin: 'https://shop.example' }, 'request'],
    ['OPTIONS without an origin', 'OPTIONS', '/orders', { 'access-control-request-method': 'DELETE' }, 'request'],
    ['a preflight', 'OPTIONS', '/orders', preflight, 'preflight'],
    ['a preflight of no path', 'OPTIONS', '*', preflight, 'request'],
    ['a probe', 'GET', '/health/live', {}, 'own'],
    ['another method at an own endpoint', 'POST', '/health/live', {}, 'own'],
    ['a preflight at an own endpoint', 'OPTIONS', '/health/live', preflight, 'own'],
  ])('%s', (_, method, path, headers, want) => {
    expect(wayOf(method, path, headers)).toBe(want)
  })

  test('a preflight of a client without cross-origin access', () => {
    expect(wayOf('OPTIONS', '/orders', preflight, false)).toBe('request')
  })
})
