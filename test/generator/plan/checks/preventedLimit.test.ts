import { describe, expect, test } from '@jest/globals'
import { manifest, operation, planned, spec } from '../../../support/planned.ts'

const body = 'requestBody: { content: { application/json: { schema: {} } } }'
const orders = { orders: spec([`/orders: { ${operation('get')}, ${operation('post', body)} }`]) }

/** The messages for an entry of `expose`. */
function messages(entry: string): readonly string[] {
  const { diagnostics } = planned(manifest([entry]), orders)
  return diagnostics.filter(({ code }) => code === 'GW3326').map(({ message }) => message)
}

describe('a limit of time that cannot hold is a warning', () => {
  test.each([
    [
      'GET',
      '{ timeout: 60s, stream: { lifetime: 30s } }',
      '`timeout` is 60s, but `stream.lifetime` ends the same transfer after 30s.',
    ],
    ['GET', '{ timeout: 2d }', '`timeout` is 172800s, but `stream.lifetime` ends the same transfer after 86400s.'],
    [
      'GET',
      '{ stream: { idle: 2s, lifetime: 1500ms }, timeout: 1s }',
      '`stream.idle` is 2s, but `stream.lifetime` ends the same transfer after 1500ms.',
    ],
    ['POST', '{ upload: { idle: 60s } }', '`upload.idle` is 60s, but `timeout` ends the same transfer after 30s.'],
    [
      'POST',
      '{ upload: { idle: 60s }, timeout: 40s }',
      '`upload.idle` is 60s, but `timeout` ends the same transfer after 40s.',
    ],
    [
      'GET',
      '{ stream: { lifetime: 30d } }',
      '`stream.lifetime` is longer than a timer of Node.js can wait; it ends after 24 days.',
    ],
  ])('%s %s', (method, options, message) => {
    expect(messages(`'orders ${method} /orders': ${options}`)).toEqual([message])
  })

  test.each([
    ['GET', '{}'],
    ['GET', '{ timeout: 60s }'],
    ['GET', '{ upload: { idle: 60s } }'],
    ['POST', '{ upload: { idle: 60s }, timeout: 60s }'],
    ['POST', '{ stream: { idle: 10m, lifetime: 1h } }'],
  ])('none for %s %s', (method, options) => {
    expect(messages(`'orders ${method} /orders': ${options}`)).toEqual([])
  })
})
