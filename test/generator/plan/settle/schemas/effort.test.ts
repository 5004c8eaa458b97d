import { describe, expect, test } from '@jest/globals'
import { excessiveAmong } from '../../../../../generator/plan/settle/schemas/effort.ts'
import type { Translated } from '../../../../../generator/plan/settle/schemas/types.ts'

const to = (index: number): { readonly $ref: string } => ({ $ref: `#/components/schemas/s${index}` })

function schemas(count: number, of: (index: number) => Translated): ReadonlyMap<string, Translated> {
  return new Map(Array.from({ length: count }, (_, index) => [`s${index}`, of(index)]))
}

const chain = (count: number, of: (next: Translated) => Translated): ReadonlyMap<string, Translated> =>
  schemas(count, (index) => (index === count - 1 ? { type: 'object' } : of(to(index + 1))))

/** Each schema may be any of the others. */
const circle = (count: number): ReadonlyMap<string, Translated> =>
  schemas(count, (index) => ({
    anyOf: Array.from({ length: count }, (_, other) => to(other)).filter((_, other) => other !== index),
  }))

/** A base schema and subtypes that include it, as with a discriminator. */
const family = (count: number): ReadonlyMap<string, Translated> =>
  schemas(count, (index) =>
    index === 0 ? { oneOf: Array.from({ length: count - 1 }, (_, one) => to(one + 1)) } : { allOf: [to(0), {}] },
  )

describe('rule O6: schemas that take too long to validate', () => {
  test.each<[string, ReadonlyMap<string, Translated>, string | null]>([
    ['a chain of 100', chain(100, (next) => ({ allOf: [next] })), null],
    ['a chain that exhausts the stack', chain(300, (next) => ({ allOf: [next] })), 's0'],
    ['8 that double', chain(8, (next) => ({ anyOf: [next, next] })), null],
    ['20 that double', chain(20, (next) => ({ if: next, then: next })), 's0'],
    ['members of members that double', chain(40, (next) => ({ properties: { a: next, b: next } })), null],
    ['a family of 500', family(500), null],
    ['a circle of 5', circle(5), null],
    ['a circle of 10, which grows faster than it doubles', circle(10), 's0'],
    ['a circle of 200', circle(200), 's0'],
  ])('%s', (_, given, want) => {
    expect(excessiveAmong(given)).toBe(want)
  })
})
