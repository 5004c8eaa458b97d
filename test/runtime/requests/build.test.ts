import { describe, expect, test } from '@jest/globals'
import { createRequestBuilder } from '../../../templates/runtime/requests/build.ts'

describe('what a service gets', () => {
  const build = createRequestBuilder({ method: 'PUT', path: '/orders/{a}{b}.json?fixed=1' })

  test('is the operation’s own path and query with the inputs', () => {
    const headers = { accept: '*/*' }
    const path = new Map([
      ['a', '1'],
      ['b', '%2F2'],
    ])
    expect(build({ path, query: ['c=3', '', 'd=4&d=5'], headers })).toEqual({
      method: 'PUT',
      path: '/orders/1%2F2.json?fixed=1&c=3&d=4&d=5',
      headers,
      body: null,
    })
  })

  test('is nothing if a value is missing or two values form a dot segment (rule R3)', () => {
    const dots = createRequestBuilder({ method: 'GET', path: '/orders/{a}{b}' })
    const both = new Map([
      ['a', '.'],
      ['b', '.'],
    ])
    expect(dots({ path: both, query: [], headers: {} })).toBeNull()
    expect(dots({ path: new Map([['a', '1']]), query: [], headers: {} })).toBeNull()
  })
})
