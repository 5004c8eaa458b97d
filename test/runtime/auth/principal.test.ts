import { describe, expect, test } from '@jest/globals'
import { principalOf } from '../../../templates/runtime/auth/principal.ts'

type Paths = Parameters<typeof principalOf>[4]

const standard: Paths = { scopes: ['scope'], roles: ['realm_access', 'roles'] }
const of = (claims: object, paths: Paths = standard) =>
  principalOf({ sub: 'user-1', exp: 1, ...claims }, 'a.b.c', 'bearer', 'https://idp.example', paths)

describe('rule J10: scopes and roles', () => {
  const cases: readonly (readonly [
    name: string,
    paths: Partial<Paths>,
    claims: object,
    scopes: string[],
    roles: string[],
  ])[] = [
    ['one text is split at spaces', {}, { scope: 'a  b:c' }, ['a', 'b:c'], []],
    ['nothing but spaces splits', {}, { scope: 'a\tb,c' }, ['a\tb,c'], []],
    ['a list in `scope` gives nothing', {}, { scope: ['a'] }, [], []],
    ['a list in a claim that was configured counts', { scopes: ['scp'] }, { scp: ['a', 'b'] }, ['a', 'b'], []],
    ['a text in a claim that was configured counts', { scopes: ['scp'] }, { scp: 'a b' }, ['a', 'b'], []],
    ['a list with anything but texts gives nothing', { scopes: ['scp'] }, { scp: ['a', 1] }, [], []],
    ['a number gives nothing', {}, { scope: 1 }, [], []],
    ['an object gives nothing', {}, { scope: { a: true } }, [], []],
    ['no claim gives nothing', {}, {}, [], []],
    [
      'an issuer that gives none',
      { scopes: null, roles: null },
      { scope: 'a', realm_access: { roles: ['r'] } },
      [],
      [],
    ],
    ['roles are a list', {}, { realm_access: { roles: ['r', 's t'] } }, [], ['r', 's t']],
    ['one role may be a text, which is not split', {}, { realm_access: { roles: 's t' } }, [], ['s t']],
    ['roles of another type give nothing', {}, { realm_access: { roles: [{ name: 'r' }] } }, [], []],
    ['an inherited member is no claim', { roles: ['constructor', 'name'] }, {}, [], []],
  ]

  test.each(cases)('%s', (_name, paths, claims, scopes, roles) => {
    const principal = of(claims, { ...standard, ...paths })
    expect([...principal.scopes]).toEqual(scopes)
    expect([...principal.roles]).toEqual(roles)
  })
})

test('a principal is shared by many requests, so it is immutable', () => {
  const principal = of({ address: { country: 'CH' }, groups: [{ id: 1 }] })
  expect(Object.isFrozen(principal)).toBe(true)
  expect(Object.isFrozen(principal.claims['address'])).toBe(true)
  expect(Object.isFrozen((principal.claims['groups'] as readonly unknown[])[0])).toBe(true)
})

test('a claim named __proto__ is a claim like any other', () => {
  const principal = of(JSON.parse('{"__proto__":{"scope":"admin","realm_access":{"roles":["admin"]}}}') as object)
  expect([...principal.scopes, ...principal.roles]).toEqual([])
})
