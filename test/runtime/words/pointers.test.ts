import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { escapeSegment, unescapeSegment } from '../../../templates/runtime/words/pointers.ts'

test.each([
  ['a', 'a'],
  ['a/b', 'a~1b'],
  ['m~n', 'm~0n'],
  ['~1', '~01'],
  ['', ''],
])('%j as a segment: %j', (name, segment) => {
  expect(escapeSegment(name)).toBe(segment)
})

test('a segment decodes to its name, and has no slash', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('~', '/', '0', '1', 'a') }), (name) => {
      expect(unescapeSegment(escapeSegment(name))).toBe(name)
      expect(escapeSegment(name)).not.toContain('/')
    }),
  )
})
