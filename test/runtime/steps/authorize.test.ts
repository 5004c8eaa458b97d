import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Principal } from '../../../templates/runtime/access/principal.ts'
import { createAuthorize } from '../../../templates/runtime/steps/authorize.ts'
import type { Access, Grant } from '../../../templates/runtime/vocabulary.ts'
import { aClient, anExchange, aPrincipal } from '../../support/identity.ts'

const client = aClient({
  bearer: { kind: 'jwt', issuers: [] },
  key: { kind: 'api-key', header: 'X-Api-Key', keys: '[]', pepper: '' },
})
const authorize = createAuthorize(client)

const needs = (...anyOf: readonly Partial<Grant>[]): Extract<Access, { kind: 'principal' }> => ({
  kind: 'principal',
  anyOf: anyOf.map(({ scopes = [], roles = [] }) => ({ scopes, roles })),
  own: [],
  when: [],
})
const withScopes = (...scopes: readonly string[]) => aPrincipal({ scopes: new Set(scopes) })

function ask(access: Access, principal: Principal | null, path: Readonly<Record<string, string>> = {}) {
  const exchange = anExchange({ access, principal, path })
  const outcome = authorize(exchange)
  return { outcome, decision: exchange.decision }
}

describe('who may call a route', () => {
  test('a public one: every caller', () => {
    const access: Access = { kind: 'public', because: 'It is open' }
    expect(ask(access, null)).toEqual({ outcome: undefined, decision: 'public' })
    expect(ask(access, aPrincipal())).toEqual({ outcome: undefined, decision: 'public' })
  })

  test('any other: no caller without a credential; the answer names the accepted ones', () => {
    const { outcome, decision } = ask(needs({}), null)
    expect(outcome).toMatchObject({
      name: 'unauthenticated',
      status: 401,
      headers: { 'www-authenticate': 'Bearer realm="shop-test", ApiKey realm="shop-test"' },
    })
    expect(decision).toBeNull()
  })

  test('one without scopes or roles: every caller', () => {
    expect(ask(needs({}), aPrincipal())).toEqual({ outcome: undefined, decision: 'granted' })
  })

  test('one without any grant: no caller', () => {
    expect(ask(needs(), aPrincipal())).toMatchObject({ outcome: { name: 'forbidden' }, decision: null })
  })

  test('no route: no caller, and it is a fault of the gateway', () => {
    const exchange = Object.assign(anExchange({ principal: aPrincipal() }), { match: null })
    expect(() => authorize(exchange)).toThrow('ran without a route')
    expect(exchange.decision).toBeNull()
  })
})

describe('rule J10: scopes and roles', () => {
  test.each([
    ['the scope', ['admin'], ['admin'], true],
    ['a scope that begins alike', ['admin:read'], ['admin'], false],
    ['a scope that the wanted one begins with', ['admin'], ['admin:read'], false],
    ['another case', ['Admin'], ['admin'], false],
    ['one of two', ['a'], ['a', 'b'], false],
    ['both and more', ['a', 'b', 'c'], ['a', 'b'], true],
    ['none', [], ['a'], false],
  ])('%s', (_name, held, wanted, granted) => {
    const { outcome, decision } = ask(needs({ scopes: wanted }), withScopes(...held))
    expect(decision).toBe(granted ? 'granted' : null)
    if (!granted) expect(outcome).toMatchObject({ name: 'insufficient-scope', status: 403 })
  })

  test('a missing scope is named (RFC 6750)', () => {
    expect(ask(needs({ scopes: ['a', 'b'] }), withScopes('a')).outcome).toMatchObject({
      headers: { 'www-authenticate': 'Bearer realm="shop-test", error="insufficient_scope", scope="a b"' },
    })
  })

  test('a scope that cannot be written in a header is not named', () => {
    expect(ask(needs({ scopes: ['a"b\r\n'] }), withScopes()).outcome).toMatchObject({
      headers: { 'www-authenticate': 'Bearer realm="shop-test", error="insufficient_scope"' },
    })
  })

  test('a key without the scope gets no challenge for tokens', () => {
    const { outcome } = ask(needs({ scopes: ['a'] }), aPrincipal({ authenticator: 'key', token: null }))
    expect(outcome).toMatchObject({ name: 'insufficient-scope', headers: {} })
  })

  test('a missing role is a 403 without details', () => {
    const access = needs({ scopes: ['a'], roles: ['support'] })
    const { outcome } = ask(access, withScopes('a'))
    expect(outcome).toMatchObject({ name: 'forbidden', status: 403, headers: {} })
    expect(ask(access, aPrincipal({ roles: new Set(['support']) })).outcome).toMatchObject({
      name: 'insufficient-scope',
    })
  })

  test('the named scopes are those of a grant that the caller could use', () => {
    const access = needs({ scopes: ['a'], roles: ['x'] }, { scopes: ['b'], roles: ['y'] })
    const { outcome } = ask(access, aPrincipal({ roles: new Set(['y']) }))
    expect(outcome).toMatchObject({ headers: { 'www-authenticate': expect.stringContaining('scope="b"') } })
  })

  test('a caller is let in if and only if it has all of one grant', () => {
    const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c'))
    const grant = fc.record({ scopes: names, roles: names })
    fc.assert(
      fc.property(fc.array(grant, { maxLength: 3 }), names, names, (grants, scopes, roles) => {
        const allowed = grants.some(
          (one) =>
            one.scopes.every((scope) => scopes.includes(scope)) && one.roles.every((role) => roles.includes(role)),
        )
        const principal = aPrincipal({ scopes: new Set(scopes), roles: new Set(roles) })
        return (ask(needs(...grants), principal).decision === 'granted') === allowed
      }),
    )
  })
})

describe('rule J11: ownership', () => {
  const access: Access = { ...needs({}), own: [{ parameter: 'userId', claim: ['ids', 'user'] }] }
  const owner = (user: unknown) => aPrincipal({ claims: { sub: 'u', ids: { user } } })

  test.each([
    ['own id', 'u-1', 'u-1', true],
    ['other id', 'u-2', 'u-1', false],
    ['encoded own id', '%75-1', 'u-1', true],
    ['own id, encoded twice', '%2575-1', 'u-1', false],
    ['own id with an encoded slash', 'u%2F1', 'u/1', true],
    ['id that is no UTF-8', '%ff', '\ufffd', false],
    ['id in another case', 'U-1', 'u-1', false],
    ['id in another normal form', 'cafe%CC%81', 'caf\u00e9', false],
    ['one of several ids', 'b', ['a', 'b'], true],
    ['none of several ids', 'c', ['a', 'b'], false],
    ['numeric id', '42', 42, true],
    ['numeric id with a leading zero', '042', 42, false],
    ['id beside a number that has lost digits', '9007199254740992', 2 ** 53, false],
    ['empty id', '', '', false],
    ['id in a claim of another type', 'true', true, false],
    ['id in a claim that is null', 'null', null, false],
  ])('%s', (_name, raw, claim, granted) => {
    const { outcome, decision } = ask(access, owner(claim), { userId: raw })
    expect(decision).toBe(granted ? 'granted' : null)
    if (!granted) expect(outcome).toMatchObject({ name: 'forbidden', status: 403, headers: {} })
  })

  test('a missing claim is 403', () => {
    expect(ask(access, aPrincipal(), { userId: 'undefined' })).toMatchObject({
      outcome: { name: 'forbidden' },
      decision: null,
    })
  })

  test('a parameter that the route does not have is 403', () => {
    expect(ask(access, owner('u-1'), { id: 'u-1' })).toMatchObject({ outcome: { name: 'forbidden' }, decision: null })
  })

  test('all must match', () => {
    const both: Access = { ...access, own: [...access.own, { parameter: 'accountId', claim: ['sub'] }] }
    expect(ask(both, owner('u-1'), { userId: 'u-1', accountId: 'u' }).decision).toBe('granted')
    expect(ask(both, owner('u-1'), { userId: 'u-1', accountId: 'v' }).decision).toBeNull()
  })
})

describe('conditions', () => {
  const plan = (value: string): Access => ({
    ...needs({}),
    when: [{ kind: 'equal', left: { kind: 'principal', claim: ['plan'] }, right: { kind: 'literal', value } }],
  })
  const gold = aPrincipal({ claims: { plan: 'gold' } })

  test('one that is true lets the caller in', () => {
    expect(ask(plan('gold'), gold)).toEqual({ outcome: undefined, decision: 'granted' })
  })

  test('one that is false is a 403 without details', () => {
    expect(ask(plan('silver'), gold)).toMatchObject({
      outcome: { name: 'forbidden', headers: {}, errors: [] },
      decision: null,
    })
  })

  test('one about a missing claim is 403', () => {
    expect(ask(plan('gold'), aPrincipal())).toMatchObject({ outcome: { name: 'forbidden' }, decision: null })
  })

  test('scopes come first: without them the answer does not depend on data', () => {
    const access = { ...plan('silver'), anyOf: [{ scopes: ['a'], roles: [] }] }
    expect(ask(access, gold).outcome).toMatchObject({ name: 'insufficient-scope' })
  })
})
