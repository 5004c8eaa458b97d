import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createMatcher } from '../../../templates/runtime/matching/matcher.ts'
import { pathShape } from '../../../templates/runtime/matching/segment.ts'
import { findConflicts } from '../../../templates/runtime/words/conflicts.ts'

const route = (path: string, method = 'GET') => ({ path, method, segments: pathShape(path) })

const conflicts = (...paths: readonly string[]) =>
  findConflicts(paths.map((path) => route(path))).map(({ first, second }) => [first.path, second.path])

describe('two templates', () => {
  const apart: readonly (readonly [string, string])[] = [
    ['/orders/{id}', '/orders/latest'],
    ['/orders/{id}', '/orders/{id}/lines'],
    ['/orders/{id}', '/orders/{id}.json'],
    ['/orders/{id}.json', '/orders/{id}.jsonl'],
    ['/a/{x}', '/{y}/b'],
    ['/{a}-{b}', '/{a}'],
    ['/{id}.xml', '/{id}.csv'],
    ['/items:search', '/items'],
    ['/%7B%7D', '/{x}'],
  ]
  test.each(apart)('%s and %s do not conflict', (a, b) => {
    expect(conflicts(a, b)).toEqual([])
  })

  const clashing: readonly (readonly [string, string])[] = [
    ['/orders/{id}', '/orders/{number}'],
    ['/orders', '/orders'],
    ['/%61', '/a'],
    ['/a-{x}', '/{y}-b'],
    ['/{a}-{b}', '/{c}-{d}'],
    ['/a-{x}/b', '/{y}-b/{z}'],
  ]
  test.each(clashing)('%s and %s conflict', (a, b) => {
    expect(conflicts(a, b)).toEqual([[a, b]])
  })

  test('do not conflict under different methods', () => {
    expect(findConflicts([route('/a/{x}', 'GET'), route('/a/{y}', 'PUT')])).toEqual([])
  })
})

/** Every text of at most six characters out of three. */
const texts = [...Array(6)].reduce<readonly string[]>(
  (all) => [...new Set(['', ...all.flatMap((text) => [text, `${text}a`, `${text}b`, `${text}-`])])],
  [''],
)
const segment = fc.constantFrom(
  'a',
  'a-b',
  '{x}',
  'a-{x}',
  '{x}-b',
  '{x}-{y}',
  'a{x}',
  '{x}b',
  '{x}-a{y}',
  '{x}ab',
  '-{x}',
)
const template = fc.array(segment, { minLength: 1, maxLength: 2 }).map((segments) => `/${segments.join('/')}`)

/** The form of a segment, without the names of parameters. */
const shape = (segment: string): string => segment.replaceAll(/\{\w+\}/g, '{}')
const weight = (segment: string): number =>
  segment.includes('{') ? shape(segment).replaceAll('{}', '').length : Number.POSITIVE_INFINITY
const matchesBoth = (a: string, b: string): boolean => {
  const [left, right] = [a, b].map((segment) => new RegExp(`^${segment.replaceAll(/\{\w+\}/g, '.+')}$`))
  return texts.some((text) => left?.test(text) === true && right?.test(text) === true)
}

describe('the search', () => {
  test('agrees with trying every path of a small alphabet', () => {
    fc.assert(
      fc.property(template, template, (a, b) => {
        const [left, right] = [a.slice(1).split('/'), b.slice(1).split('/')]
        const differs = left.findIndex((segment, i) => shape(segment) !== shape(right[i] ?? ''))
        const tied = differs < 0 || weight(left[differs] ?? '') === weight(right[differs] ?? '')
        const meet = left.length === right.length && left.every((segment, i) => matchesBoth(segment, right[i] ?? ''))
        expect(conflicts(a, b).length).toBe(meet && tied ? 1 : 0)
      }),
      { numRuns: 300 },
    )
  })

  test('without conflicts the matcher gives the same results for any order of the routes (rule R2)', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(template, { minLength: 2, maxLength: 6 }),
        fc.constantFrom(...texts),
        fc.constantFrom(...texts),
        (all, x, y) => {
          const taken = new Set(conflicts(...all).flat())
          const routes = all.filter((path) => !taken.has(path)).map((path) => ({ method: 'GET', path, value: path }))
          const [one, other] = [createMatcher(routes), createMatcher(routes.toReversed())]
          for (const path of [`/${x}`, `/${x}/${y}`]) expect(one.find('GET', path)).toEqual(other.find('GET', path))
        },
      ),
      { numRuns: 300 },
    )
  })

  test('finds one among thousands without comparing all pairs', () => {
    const many = Array.from({ length: 5_000 }, (_, i) => route(`/s${i}/{id}/x-{y}`))
    expect(findConflicts([...many, route('/s7/{other}/x-{z}')])).toHaveLength(1)
  })
})
