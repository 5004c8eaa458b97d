import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createMatcher } from '../../../templates/runtime/matching/matcher.ts'

/** The result for a table of `METHOD /template`: the entry and its parameters, or the methods. */
function find(entries: readonly string[], request: string): unknown {
  const matcher = createMatcher(
    entries.map((value) => {
      const [method = '', path = ''] = value.split(' ')
      return { method, path, value }
    }),
  )
  const [method = '', path = ''] = request.split(' ')
  const found = matcher.find(method, path)
  if (found.kind === 'missing') return found.methods
  return { [found.value]: Object.fromEntries(found.names.map((name, i) => [name, found.raw[i]])) }
}

describe('find', () => {
  const table = [
    'GET /',
    'GET /orders',
    'POST /orders',
    'GET /orders/',
    'GET /orders/{id}',
    'DELETE /orders/{id}',
    'GET /orders/mine',
    'GET /orders/{id}.json',
    'POST /orders/{id}:cancel',
    'GET /orders/{from}-{to}',
    'GET /orders/{id}/items/{item}',
    'GET /{tenant}/mine/items',
    'GET /items:search',
    'GET /v{version}/ping',
    'GET /café/{name}',
  ]

  test.each<[string, unknown]>([
    ['GET /', { 'GET /': {} }],
    ['GET /orders', { 'GET /orders': {} }],
    ['GET /orders/', { 'GET /orders/': {} }],
    ['GET /orders/5', { 'GET /orders/{id}': { id: '5' } }],
    ['GET /orders/mine', { 'GET /orders/mine': {} }],
    ['GET /orders/5.json', { 'GET /orders/{id}.json': { id: '5' } }],
    ['POST /orders/5:cancel', { 'POST /orders/{id}:cancel': { id: '5' } }],
    ['POST /orders/5%3Acancel', { 'POST /orders/{id}:cancel': { id: '5' } }],
    ['GET /orders/a-b', { 'GET /orders/{from}-{to}': { from: 'a', to: 'b' } }],
    ['GET /orders/a-b-c', { 'GET /orders/{from}-{to}': { from: 'a', to: 'b-c' } }],
    ['GET /orders/a%2Db%20c', { 'GET /orders/{from}-{to}': { from: 'a', to: 'b%20c' } }],
    ['GET /orders/%F0%9F%98%80-x', { 'GET /orders/{from}-{to}': { from: '%F0%9F%98%80', to: 'x' } }],
    ['GET /orders/-b', { 'GET /orders/{id}': { id: '-b' } }],
    ['GET /orders/.json', { 'GET /orders/{id}': { id: '.json' } }],
    ['GET /orders/5/items/6', { 'GET /orders/{id}/items/{item}': { id: '5', item: '6' } }],
    ['GET /orders/mine/items', { 'GET /{tenant}/mine/items': { tenant: 'orders' } }],
    ['GET /items:search', { 'GET /items:search': {} }],
    ['GET /items%3Asearch', { 'GET /items:search': {} }],
    ['GET /v2/ping', { 'GET /v{version}/ping': { version: '2' } }],
    ['GET /caf%C3%A9/x', { 'GET /café/{name}': { name: 'x' } }],
    ['HEAD /orders', { 'GET /orders': {} }],
    ['GET /orders/%20', { 'GET /orders/{id}': { id: '%20' } }],
  ])('%s', (request, want) => {
    expect(find(table, request)).toEqual(want)
  })

  test.each([
    ['GET /Orders', []],
    ['GET /orders/5/', []],
    ['GET /orders/5/items', []],
    ['GET /orders/5/items/', []],
    ['GET /orders.json', []],
    ['GET /v/ping', []],
    ['GET /x', []],
    ['PUT /orders', ['GET', 'HEAD', 'POST']],
    ['PUT /orders/5', ['DELETE', 'GET', 'HEAD']],
  ])('%s has the methods %s (rule R2)', (request, want) => {
    expect(find(table, request)).toEqual(want)
  })

  test('an encoded literal is the literal, not a value (rule R3)', () => {
    expect(find(['GET /users/{id}', 'GET /users/me'], 'GET /users/%6De')).toEqual({ 'GET /users/me': {} })
  })

  test('a route of HEAD takes precedence over that of GET', () => {
    expect(find(['GET /a', 'HEAD /a'], 'HEAD /a')).toEqual({ 'HEAD /a': {} })
  })

  test('a template without the method gives way to one that has it', () => {
    expect(find(['GET /users/me', 'PUT /users/{id}'], 'PUT /users/me')).toEqual({ 'PUT /users/{id}': { id: 'me' } })
    expect(find(['GET /users/me', 'PUT /users/{id}'], 'DELETE /users/me')).toEqual(['GET', 'HEAD', 'PUT'])
  })

  test.each(['__proto__', 'constructor', 'toString'])('%s is a segment like others', (name) => {
    expect(find(['GET /a'], `GET /${name}`)).toEqual([])
    expect(find([`GET /${name}`], `GET /${name}`)).toEqual({ [`GET /${name}`]: {} })
  })
})

describe('against a slow matcher that tries every template', () => {
  const segment = fc.constantFrom('a', 'b', 'c', '{x}', '{x}.json', 'a{x}', '{x}-{y}', '{x}:b')
  const template = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => {
    let count = 0
    return `/${segments.join('/').replace(/[xy](?=\})/g, () => `p${count++}`)}`
  })
  const text = fc.constantFrom(
    'a',
    'b',
    'c',
    'd',
    'ab',
    'a.json',
    'a-b',
    'a-b-c',
    'a:b',
    '%61',
    'b%2Ejson',
    'a%3Ab',
    '%C3%A9',
  )
  const path = fc.array(text, { minLength: 1, maxLength: 4 }).map((segments) => `/${segments.join('/')}`)

  test('finds a template if and only if one matches, with its values', () => {
    fc.assert(
      fc.property(fc.array(template, { minLength: 1, maxLength: 12 }), path, (templates, asked) => {
        const unique = [...new Map(templates.map((each) => [each.replace(/\{[^}]*\}/g, '{}'), each])).values()]
        const matcher = createMatcher(unique.map((each) => ({ method: 'GET', path: each, value: each })))
        const found = matcher.find('GET', asked)
        const fitting = unique.filter((each) => fits(each, asked))
        if (found.kind === 'missing') {
          expect(fitting).toEqual([])
          return
        }
        expect(fitting).toContain(found.value)
        expect(filled(found.value, found.raw)).toBe(decoded(asked))
        expect(fitting.filter((each) => compare(each, found.value) < 0)).toEqual([])
      }),
      { numRuns: 2_000 },
    )
  })

  const bytes = (each: string) => Buffer.from(each, 'utf8').toString('latin1')
  const decoded = (each: string) => bytes(decodeURIComponent(each))

  function fits(each: string, asked: string): boolean {
    const [left, right] = [each.split('/'), asked.split('/')]
    return left.length === right.length && left.every((part, i) => pattern(part).test(decoded(right[i] ?? '')))
  }

  function pattern(part: string): RegExp {
    return new RegExp(`^${part.replace(/[.]/g, '\\.').replace(/\{[^}]*\}/g, '[^]+')}$`)
  }

  const shape = (part: string): string => part.replace(/\{[^}]*\}/g, '{}')

  function filled(each: string, raw: readonly string[]): string {
    let i = 0
    return each.replace(/\{[^}]*\}/g, () => decoded(raw[i++] ?? ''))
  }

  /**
   * Below 0: the first is more specific, compared segment by segment. If two different segments are equally specific,
   * neither template is more specific than the other, and the generator refuses the pair.
   */
  function compare(one: string, other: string): number {
    const others = other.split('/')
    for (const [i, part] of one.split('/').entries()) {
      const difference = weight(others[i] ?? '') - weight(part)
      if (difference !== 0) return difference
      if (shape(others[i] ?? '') !== shape(part)) return 0
    }
    return 0
  }

  function weight(part: string): number {
    return part.includes('{') ? part.replace(/\{[^}]*\}/g, '').length : 1_000
  }
})

test('a thousand templates at one node do not change what is found', () => {
  const table = Array.from({ length: 1_000 }, (_, i) => `GET /r${i}/{id}/x${i}`)
  expect(find(table, 'GET /r999/7/x999')).toEqual({ 'GET /r999/{id}/x999': { id: '7' } })
})

test('a path cannot cause much backtracking', () => {
  const template = `/${Array.from({ length: 20 }, (_, i) => `{p${i}}-{q${i}}`).join('/')}/end`
  const path = `/${Array.from({ length: 20 }, () => '-'.repeat(150)).join('/')}/other`
  expect(find([`GET ${template}`], `GET ${path}`)).toEqual([])
})
