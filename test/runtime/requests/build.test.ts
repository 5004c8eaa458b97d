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

  test('is malformed if a value is missing or two values form a dot segment (rule R3)', () => {
    const dots = createRequestBuilder({ method: 'GET', path: '/orders/{a}{b}' })
    const both = new Map([
      ['a', '.'],
      ['b', '.'],
    ])
    expect(dots({ path: both, query: [], headers: {} })).toBe('malformed')
    expect(dots({ path: new Map([['a', '1']]), query: [], headers: {} })).toBe('malformed')
  })

  test('is refused if the values make the path of another operation (rule R8)', () => {
    const path = '/orders/{a}/{b}'
    const build = createRequestBuilder({ method: 'GET', path, reserved: ['/orders/all/audit'] })
    const kindOf = (a: string, b: string) => {
      const built = build({ path: new Map(Object.entries({ a, b })), query: [], headers: {} })
      return typeof built === 'string' ? built : built.path
    }
    expect(kindOf('ALL', '%61udit')).toBe('reserved')
    expect(kindOf('all', 'audits')).toBe('/orders/all/audits')
  })
})
