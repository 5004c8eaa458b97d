import type { IncomingMessage, ServerResponse } from 'node:http'
import { expect, test } from '@jest/globals'
import { createExchange } from '../../../templates/runtime/exchange/live.ts'
import { createRegistry } from '../../../templates/runtime/own/registry.ts'
import { problem } from '../../../templates/runtime/words/problems.ts'

const answered: string[] = []
const registry = createRegistry([
  {
    path: '/health/live',
    methods: ['GET', 'HEAD'],
    answer: ({ req }) => {
      answered.push(`live ${req.method}`)
      return 'answered'
    },
  },
  {
    path: '/.well-known/jwks.json',
    methods: ['POST'],
    answer: ({ req }) => {
      answered.push(`jwks ${req.method}`)
      return 'answered'
    },
  },
])

test.each([
  ['/health/live', true],
  ['/%68ealth/liv%65', true],
  ['/%2Ewell-known/jwks.json', true],
  ['/.well-known/jwks.json', true],
  ['/health/ready', false],
  ['/health/live/', false],
  ['/health', false],
  ['/heal', false],
  ['/orders', false],
  ['/', false],
  ['*', false],
])('%s is an own endpoint: %s', (path, want) => {
  expect(registry.has(path)).toBe(want)
})

test.each([
  ['GET', '/health/live', 'live GET'],
  ['HEAD', '/health/live', 'live HEAD'],
  ['GET', '/health/%6cive', 'live GET'],
  ['POST', '/.well-known/jwks.json', 'jwks POST'],
])('%s %s is handled by its endpoint', (method, path, want) => {
  answered.length = 0
  expect(ask(method, path)).toBe('answered')
  expect(answered).toEqual([want])
})

test.each([
  ['POST', '/health/live', 'GET, HEAD'],
  ['GET', '/.well-known/jwks.json', 'POST'],
])('%s %s is 405 and allows %s', (method, path, allow) => {
  answered.length = 0
  expect(ask(method, path)).toEqual(problem('method-not-allowed', { headers: { allow } }))
  expect(answered).toEqual([])
})

function ask(method: string, path: string) {
  const exchange = createExchange({ method } as IncomingMessage, {} as ServerResponse)
  exchange.path = path
  return registry.answer(exchange)
}
