import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { isPathPrefix } from '../../../templates/runtime/words/pathPrefixes.ts'
import { read } from '../../conventions/files.ts'

describe('what may stand before a path', () => {
  test.each([
    ['/api', true],
    ['/api/v1.0/~a_b-c', true],
    ['/...', true],
    ['/.well-known', true],
    ['', false],
    ['/', false],
    ['api', false],
    ['/api/', false],
    ['//api', false],
    ['/.', false],
    ['/a/..', false],
    ['/a/../b', false],
    ['/a%20b', false],
    ['/a b', false],
    ['/a;b', false],
    ['/é', false],
    ['/a\n', false],
  ])('%j: %s', (text, want) => {
    expect(isPathPrefix(text)).toBe(want)
  })

  test('is in the manifest what it is at the start of a gateway', () => {
    const { properties } = JSON.parse(read('gateway.schema.json')).$defs.client
    const part = fc.constantFrom('/', '.', '..', 'a', '~', '-', '%', ' ', '\n', 'é')
    for (const name of ['basePath', 'ownPath']) {
      const pattern = new RegExp(properties[name].pattern, 'u')
      fc.assert(
        fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
          const text = parts.join('')
          expect(pattern.test(text)).toBe(isPathPrefix(text))
        }),
        { numRuns: 1_000 },
      )
    }
  })
})
