import { describe, expect, test } from '@jest/globals'
import { entryOf } from '../../../templates/runtime/matching/entry.ts'
import { createMatcher } from '../../../templates/runtime/matching/matcher.ts'
import { compileReserved } from '../../../templates/runtime/matching/reserved.ts'

type Values = Readonly<Record<string, string>>

/** Whether values make a reserved path; `null`: none depends on the known names alone. */
function isReserved(path: string, reserved: readonly string[], values: Values, known = Object.keys(values)) {
  const readerOf = (name: string) => (known.includes(name) ? (from: Values) => from[name] : null)
  return compileReserved<Values>(path, reserved, readerOf)?.(values) ?? null
}

describe('values that make a reserved path (rule R8)', () => {
  test.each<readonly [string, readonly string[], Values, boolean | null]>([
    ['/a/{x}', ['/a/b', '/a/c'], { x: 'C' }, true],
    ['/a/{x}', ['/a/b', '/a/c'], { x: 'd' }, false],
    ['/a/{x}?full=1', ['/a/b'], { x: 'b' }, true],
    ['/a/{x}.{y}', ['/a/b.json'], { x: 'b', y: 'json' }, true],
    ['/a/{x}.{y}', ['/a/b.json'], { x: 'b', y: 'xml' }, false],
    ['/{x}/{y}', ['/a/b', '/{x}/c'], { x: 'a', y: 'b' }, true],
    ['/{x}/{y}', ['/a/b', '/{x}/c'], { x: 'b', y: 'C' }, true],
    ['/{x}/{y}', ['/a/b', '/{x}/c'], { x: 'a', y: 'a' }, false],
    ['/a/{x}', ['/a/{y}.json'], { x: 'q%2Ejson' }, true],
    ['/a/{x}', [], { x: 'b' }, null],
    ['/a/{x}', ['/c/b', '/a'], { x: 'b' }, null],
    ['/a/{x}', ['/a/b/c'], { x: 'b' }, false],
    ['/a/{x}', ['/a/b/c'], { x: 'b%2Fc' }, true],
    ['/a/{x}', ['/a/b/c'], { x: 'B%2fC' }, true],
    ['/a/{x}', ['/a/{y}/c/'], { x: 'd%2Fc' }, true],
    ['/a/{x}', ['/a/b/c'], { x: 'b%2Fd' }, false],
    ['/a/v{x}/{y}', ['/a/v1/2/3/4'], { x: '1%2F2', y: '3%2F4' }, true],
    ['/a/{x}', ['/{y}/{z}'], { x: 'b' }, true],
  ])('%s, not %j, %j: %s', (path, reserved, values, want) => {
    expect(isReserved(path, reserved, values)).toBe(want)
  })

  test('a template that depends on an unknown value does not count', () => {
    expect(isReserved('/{x}/{y}', ['/a/b', '/{x}/c'], { x: 'a', y: 'b' }, ['y'])).toBe(false)
    expect(isReserved('/{x}/{y}', ['/a/b', '/{x}/c'], { x: 'a', y: 'c' }, ['y'])).toBe(true)
    expect(isReserved('/{x}/{y}', ['/a/b'], { x: 'a', y: 'b' }, ['y'])).toBeNull()
  })
})

describe('the matcher of routes with reserved paths', () => {
  const matcher = createMatcher([
    entryOf({ method: 'GET', action: { path: '/up/{id}', reserved: ['/up/secret'] } }, 'one', '/down/{id}'),
    entryOf({ method: 'PUT', action: { path: '/up/other' } }, 'two', '/down/secret'),
    entryOf({ method: 'GET', action: { path: '/up/all' } }, 'three', '/{any}/{thing}'),
  ])

  test('does not find them, and tries no other route', () => {
    expect(matcher.find('GET', '/down/secret')).toEqual({ kind: 'missing', methods: ['PUT'] })
    expect(matcher.find('HEAD', '/down/Secret')).toEqual({ kind: 'missing', methods: [] })
    expect(matcher.find('GET', '/down/7')).toMatchObject({ kind: 'found', value: 'one', raw: ['7'] })
  })

  test('has only the methods that it finds', () => {
    expect(matcher.methods('/down/secret')).toEqual(['PUT'])
    expect(matcher.methods('/down/SECRET')).toEqual([])
    expect(matcher.methods('/down/7')).toEqual(['GET', 'HEAD'])
  })
})
