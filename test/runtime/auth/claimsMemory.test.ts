import { describe, expect, test } from '@jest/globals'
import { createClaimsMemory } from '../../../templates/runtime/auth/claimsMemory.ts'
import { anySignature, forge } from '../../support/forgery.ts'
import { aPrincipal } from '../../support/identity.ts'

const tokenOf = (payload: string): string => forge({ alg: 'RS256' }, payload, anySignature)

/** How many of 200 callers with the same payload are remembered in 1 MB. */
function remembered(payload: string): number {
  const memory = createClaimsMemory(1_000_000)
  const token = tokenOf(payload)
  const callers = Array.from({ length: 200 }, () => aPrincipal())
  const first = callers.map((caller) => memory(caller, token))
  let count = 0
  // Those stored last are read first: reading one that has gone stores it, and drops another.
  for (let at = callers.length - 1; at >= 0; at -= 1) {
    if (memory(callers[at] ?? aPrincipal(), token) === first[at]) count += 1
  }
  return count
}

describe('rule F19: parsed claims are counted as what they take', () => {
  test('ordinary ones: all fit', () => {
    expect(remembered(JSON.stringify({ sub: 'user-1', realm_access: { roles: ['a', 'b'] } }))).toBe(200)
  })

  // Measured: 75 to 155 KB each.
  test.each([
    ['nested lists', `{"x":${'['.repeat(2_700)}${']'.repeat(2_700)}}`],
    ['empty lists', `{"x":[${'[],'.repeat(1_800)}[]]}`],
    ['empty objects', `{"x":[${'{},'.repeat(1_800)}{}]}`],
    ['many member names', `{"x":[${Array.from({ length: 400 }, (_, index) => `{"member-${index}":1}`).join(',')}]}`],
  ])('%s: a few', (_name, payload) => {
    const count = remembered(payload)
    expect(count).toBeGreaterThan(1)
    expect(count).toBeLessThan(20)
  })
})

test('claims are frozen at every level', () => {
  const claims = createClaimsMemory(1_000)(aPrincipal(), tokenOf('{"a":{"b":[{"c":1}]},"__proto__":{"d":{}}}'))
  const all = [claims, claims['a'], (claims['a'] as { b: unknown[] }).b, (claims['a'] as { b: unknown[] }).b[0]]
  const own = Object.getOwnPropertyDescriptor(claims, '__proto__')?.value as { d: object }
  for (const value of [...all, own, own.d]) expect(Object.isFrozen(value)).toBe(true)
})
