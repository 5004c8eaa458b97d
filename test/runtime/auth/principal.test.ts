import { describe, expect, test } from '@jest/globals'
import { createClaimsMemory } from '../../../templates/runtime/auth/claimsMemory.ts'
import { createPrincipals, type Origin } from '../../../templates/runtime/auth/principal.ts'
import { anySignature, forge } from '../../support/forgery.ts'

type Paths = Pick<Origin, 'scopes' | 'roles'>

const standard: Paths = { scopes: ['scope'], roles: ['realm_access', 'roles'] }

function from(payload: string, paths: Paths = standard) {
  const make = createPrincipals(
    { authenticator: 'bearer', issuer: 'https://idp.example', ...paths },
    createClaimsMemory(10_000),
  )
  const token = forge({ alg: 'RS256' }, payload, anySignature)
  return make({ token, claims: JSON.parse(payload) as Record<string, unknown>, sub: 'user-1', exp: 1 }).principal
}

const of = (claims: object, paths?: Paths) => from(JSON.stringify({ sub: 'user-1', exp: 1, ...claims }), paths)

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
    ['several spaces, also at the ends, give no empty scope', {}, { scope: '  a   b ' }, ['a', 'b'], []],
    ['an empty text gives nothing', {}, { scope: '' }, [], []],
    ['a list in `scope` counts', {}, { scope: ['a', 'b:c'] }, ['a', 'b:c'], []],
    ['a list of one counts', {}, { scope: ['a'] }, ['a'], []],
    ['an empty list gives nothing', {}, { scope: [] }, [], []],
    ['texts of a list are not split', {}, { scope: ['a b', '', 'c'] }, ['a b', 'c'], []],
    ['a list in a list gives nothing', {}, { scope: [['a']] }, [], []],
    ['a list with null gives nothing', {}, { scope: ['a', null] }, [], []],
    [
      'a list at a path counts',
      { scopes: ['realm_access', 'roles'] },
      { realm_access: { roles: ['a'] } },
      ['a'],
      ['a'],
    ],
    ['a list in `permissions` counts', { scopes: ['permissions'] }, { permissions: ['a', 'b'] }, ['a', 'b'], []],
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
  const principal = from('{"__proto__":{"scope":"admin","realm_access":{"roles":["admin"]}}}')
  expect([...principal.scopes, ...principal.roles]).toEqual([])
  expect(Object.keys(principal.claims)).toEqual(['__proto__'])
})

test('the claims are those of the token, also when there is no room to remember them', () => {
  const principal = of({ tenant: 'a', filler: 'x'.repeat(20_000) })
  expect(principal.claims).toMatchObject({ sub: 'user-1', tenant: 'a' })
  expect(principal.claims).toEqual(principal.claims)
})

test('callers with the same scopes share one set, and no caller has a set of another', () => {
  const make = createPrincipals(
    { authenticator: 'bearer', issuer: 'https://idp.example', ...standard },
    createClaimsMemory(0),
  )
  const made = (scope: unknown) => make({ token: 'a.b.c', claims: { scope }, sub: 'user-1', exp: 1 })
  const scopesOf = (scope: unknown) => made(scope).principal.scopes
  expect(scopesOf('a b')).toBe(scopesOf('a  b'))
  expect(scopesOf(['a', 'b'])).toBe(scopesOf('a b'))
  expect([...scopesOf(['a b'])]).toEqual(['a b'])
  expect([...scopesOf(['a","b'])]).toEqual(['a","b'])
  for (let index = 0; index < 2_500; index += 1) expect([...scopesOf(`s${index}`)]).toEqual([`s${index}`])
  expect([...scopesOf('a b')]).toEqual(['a', 'b'])
  // What others have already takes no more room; a long list is never shared.
  expect(made('a b').bytes).toBe('user-1'.length)
  const groups = Array.from({ length: 200 }, (_, index) => `${index}`.padStart(36, 'g'))
  for (let turn = 0; turn < 2; turn += 1) expect(made(groups).bytes).toBeGreaterThan(200 * 100)
})
