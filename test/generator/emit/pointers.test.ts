import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createRef } from 'openapi-typescript'
import { pointerMaker } from '../../../generator/emit/pointers.ts'

describe('the maker of pointers', () => {
  const refusing = pointerMaker(() => {
    throw new Error('left to the original')
  })
  const given: readonly [parts: Parameters<typeof createRef>[0], want: string][] = [
    [['paths', '/a/{b}'], '#/paths/~1a~1{b}'],
    [['#/paths/~1a~1{b}', 'get', undefined, null, ''], '#/paths/~1a~1{b}/get'],
    [['#/components/schemas/a~0b', 'anyOf', 0], '#/components/schemas/a~0b/anyOf/0'],
    [['#'], '#/#'],
    [[], '#'],
  ]
  for (const [parts, want] of given) {
    test(`makes ${want} of ${JSON.stringify(parts)} by itself`, () => {
      expect(refusing(parts)).toBe(want)
    })
  }

  test('returns the same as openapi-typescript for any parts, or throws the same', () => {
    const outcome = (make: typeof createRef, parts: Parameters<typeof createRef>[0]): string => {
      try {
        return make(parts)
      } catch (error) {
        return String(error)
      }
    }
    const letters = fc.constantFrom('#', '/', '~', '~0', '~1', '%', '%41', '#/', 'a', 'ä', '\ud800')
    const part = fc.oneof(
      fc.array(letters).map((some) => some.join('')),
      fc.nat(),
      fc.constantFrom(null, undefined),
    )
    const own = pointerMaker(createRef)
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        expect(outcome(own, parts)).toBe(outcome(createRef, parts))
        const pointer = outcome(createRef, parts)
        expect(outcome(own, [pointer, ...parts])).toBe(outcome(createRef, [pointer, ...parts]))
      }),
      { numRuns: 2000 },
    )
  })
})
