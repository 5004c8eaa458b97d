import type { LookupAddress } from 'node:dns'
import { describe, expect, test } from '@jest/globals'
import { createLookups, type Lookups } from '../../../generator/remote/lookups.ts'

const addresses: Readonly<Record<string, readonly string[]>> = {
  'public.example': ['192.0.2.1'],
  'inner.example': ['10.0.0.1', '10.0.0.2'],
  'mixed.example': ['192.0.2.1', '10.0.0.1'],
}
const lookupsOf = (found: Readonly<Record<string, readonly string[]>> = addresses): Lookups =>
  createLookups((hostname, _, callback) => {
    const known = found[hostname]
    if (known === undefined) callback(new Error('unknown'), [])
    else
      callback(
        null,
        known.map((address) => ({ address, family: 4 })),
      )
  })
const answer = (lookUp: Lookups['chosen'], hostname: string, all: boolean): unknown => {
  let result: unknown
  lookUp(hostname, { all }, (error: Error | null, address: string | LookupAddress[], family?: number) => {
    result = error?.message ?? [address, family]
  })
  return result
}

describe('names of redirects from public addresses', () => {
  test.each([
    ['public.example', [[{ address: '192.0.2.1', family: 4 }], undefined]],
    ['inner.example', 'inner.example is private'],
    ['mixed.example', 'mixed.example is private'],
    ['absent.example', 'unknown'],
  ])('%s', (hostname, want) => {
    expect(answer(lookupsOf().redirected, hostname, true)).toEqual(want)
  })

  test('are resolved to one address for a caller that asks for one', () => {
    expect(answer(lookupsOf().redirected, 'public.example', false)).toEqual(['192.0.2.1', 4])
  })
})

describe('a name that the user chose', () => {
  test.each([
    ['public.example', false],
    ['inner.example', true],
    ['mixed.example', false],
    ['absent.example', false],
  ])('%s is private: %s', (hostname, want) => {
    const lookups = lookupsOf()
    answer(lookups.chosen, hostname, true)
    expect(lookups.isPrivateName(hostname)).toBe(want)
  })

  test('stays public if it resolves to a private address later', () => {
    const found: Record<string, readonly string[]> = { 'a.example': ['192.0.2.1'] }
    const lookups = lookupsOf(found)
    answer(lookups.chosen, 'a.example', true)
    found['a.example'] = ['10.0.0.1']
    answer(lookups.chosen, 'a.example', true)
    expect(lookups.isPrivateName('a.example')).toBe(false)
  })
})
