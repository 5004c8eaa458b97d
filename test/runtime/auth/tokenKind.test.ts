import { describe, expect, test } from '@jest/globals'
import { type KindRules, refusedKind } from '../../../templates/runtime/auth/tokenKind.ts'

const shop: KindRules = { audience: ['shop'], clientIds: [], accessMarks: [] }
const idToken = 'an ID token'

/** The kind that a token is refused for, or another reason. */
const kindOf = (...given: Parameters<typeof refusedKind>): string | null => {
  const fault = refusedKind(...given)
  return fault?.reason === 'token-kind' ? (fault.detail ?? null) : (fault?.reason ?? null)
}

/** The verdict about claims beside `aud: shop`; `type`: the header `typ`. */
const of = (claims: object, type = 'jwt', rules: Partial<KindRules> = {}) =>
  kindOf({ aud: 'shop', ...claims }, type, { ...shop, ...rules })

describe('rule J4: marks of other tokens refuse, whatever else a token says', () => {
  const access = { typ: 'Bearer', token_use: 'access', scope: 'a', gty: 'client-credentials' }
  const cases: readonly (readonly [claims: object, reason: string])[] = [
    [{ at_hash: 'h' }, idToken],
    [{ c_hash: 'h' }, idToken],
    [{ s_hash: '' }, idToken],
    [{ at_hash: null }, idToken],
    [{ token_use: 'id' }, idToken],
    [{ token_use: 'ID' }, idToken],
    [{ typ: 'ID' }, idToken],
    [{ typ: ['ID'] }, idToken],
    [{ typ: 'Serialized-ID' }, idToken],
    [{ typ: 'Refresh' }, 'a refresh token'],
    [{ typ: 'Offline' }, 'a refresh token'],
    [{ token_use: 'refresh' }, 'a refresh token'],
    [{ typ: 'Logout' }, 'a logout token'],
    [{ typ: 'RegistrationAccessToken' }, 'a token for the registration of clients'],
    [{ typ: 'DPoP' }, 'token-bound'],
    [{ token_type: 'DPoP' }, 'token-bound'],
    [{ token_use: 'id_token' }, idToken],
    [{ token_use: 'refresh_token' }, 'a refresh token'],
    [{ tokenName: 'id_token', token_type: 'Bearer' }, idToken],
    [{ tokenName: 'refresh_token', token_type: 'Bearer' }, 'a refresh token'],
    [{ purpose: 'id' }, idToken],
    [{ token_type: 'refresh' }, 'a refresh token'],
    [{ type: 'refresh' }, 'a refresh token'],
    [{ tok_type: 'RT' }, 'a refresh token'],
    [{ tok_type: 'IT' }, idToken],
    [{ typ: 'RefreshToken' }, 'a refresh token'],
    [{ typ: ' refresh-token ' }, 'a refresh token'],
    [{ typ: 'refresh+jwt' }, 'a refresh token'],
    [{ typ: 'logout+jwt' }, 'a logout token'],
    [{ typ: 'InitialAccessToken' }, 'a token for the registration of clients'],
    [{ jti: '9f1c-r', granted_scopes: ['a'], cid: 'web' }, 'a refresh token'],
    [{ events: {} }, 'a logout token or another security event'],
    [{ events: null }, 'a logout token or another security event'],
  ]

  test.each(cases)('%j', (claims, reason) => {
    expect(of(claims)).toBe(reason)
    expect(of({ ...access, ...claims })).toBe(reason)
    expect(of({ ...access, ...claims }, 'at+jwt')).toBe(reason)
    expect(
      of({ ...access, ...claims, idtyp: 'app' }, 'jwt', { accessMarks: [{ claim: ['idtyp'], texts: ['app'] }] }),
    ).toBe(reason)
  })
})

test.each([
  { token_type: 'Bearer', tokenName: 'access_token', type: 'access', purpose: 'access_token' },
  { type: 'offline' },
  { tok_type: 'AT' },
  { purpose: 'it' },
  { typ: 'JWT' },
  { typ: 'token' },
  { typ: 'constructor' },
  { jti: '9f1c-r' },
  { jti: '9f1c', granted_scopes: ['a'] },
])('rule J4: other uses of these claims do not refuse: %j', (claims) => {
  expect(of(claims)).toBeNull()
})

describe('rule J4: a nonce refuses, unless the token says that it is an access token', () => {
  const cases: readonly (readonly [name: string, claims: object, type: string, reason: string | null])[] = [
    ['alone', {}, 'jwt', idToken],
    ['beside scopes', { scope: 'a' }, 'jwt', idToken],
    ["beside Cognito's mark", { token_use: 'access' }, 'jwt', idToken],
    ['beside a mark of another spelling', { typ: 'bearer' }, 'jwt', idToken],
    ["beside Keycloak's mark", { typ: 'Bearer' }, 'jwt', null],
    ['in a marked token', {}, 'at+jwt', null],
    ['beside a mark in the wrong place', { typ: 'at+jwt' }, 'jwt', idToken],
  ]

  test.each(cases)('%s', (_, claims, type, reason) => {
    expect(of({ nonce: 'n', ...claims }, type)).toBe(reason)
  })
})

describe('rule J4: a token for its own client needs a mark of an access token', () => {
  const marked: readonly (readonly [claims: object, accepted: boolean])[] = [
    [{}, false],
    [{ typ: 'Bearer' }, true],
    [{ typ: 'bearer' }, false],
    [{ typ: 'JWT' }, false],
    [{ token_use: 'access' }, true],
    [{ token_use: 'Access' }, false],
    [{ gty: 'client-credentials' }, true],
    [{ gty: 'password' }, false],
    [{ scope: 'read' }, true],
    [{ scope: ['read'] }, true],
    [{ scp: 'read write' }, true],
    [{ scp: ['read', 'write'] }, true],
    [{ scope: '' }, false],
    [{ scope: '  ' }, false],
    [{ scp: [] }, false],
    [{ scp: [''] }, false],
    [{ scope: ['read', 1] }, false],
    [{ scope: { read: true } }, false],
    [{ permissions: ['read'] }, false],
    [{ roles: ['read'] }, false],
  ]

  test.each(marked)('%j', (claims, accepted) => {
    for (const client of [{ azp: 'shop' }, { client_id: 'shop' }, { cid: 'shop' }, { appid: 'shop' }]) {
      expect(of({ ...client, ...claims })).toBe(accepted ? null : idToken)
      expect(of({ ...client, ...claims, aud: ['a', 'shop'] })).toBe(accepted ? null : idToken)
      expect(of({ ...client, ...claims }, 'at+jwt')).toBeNull()
    }
    expect(of({ azp: 'web', ...claims })).toBeNull()
    expect(of(claims)).toBeNull()
  })

  test('also if it is for this gateway besides', () => {
    expect(of({ aud: ['shop', 'web'], azp: 'web' })).toBe(idToken)
    expect(of({ aud: ['shop', 'web'], azp: ['web'] })).toBe(idToken)
    expect(of({ aud: ['shop', '5'], azp: 5 })).toBe(idToken)
    expect(of({ aud: ['shop', 'web'], azp: 'web', scope: 'read' })).toBeNull()
  })

  const marks = [
    { claim: ['azpacr'], texts: ['1', '2'] },
    { claim: ['https://id.example/use', 'kind'], texts: ['api'] },
  ]
  test.each<[object, string | null]>([
    [{ azpacr: '1' }, null],
    [{ azpacr: '2' }, null],
    [{ azpacr: '0' }, idToken],
    [{ azpacr: 1 }, idToken],
    [{ azpacr: ['1'] }, null],
    [{ azpacr: { 0: '1' } }, idToken],
    [{ 'https://id.example/use': { kind: 'api' } }, null],
    [{ 'https://id.example/use': 'api' }, idToken],
  ])('marks of the manifest: %j', (claims, reason) => {
    expect(of({ azp: 'shop', ...claims }, 'jwt', { accessMarks: marks })).toBe(reason)
  })
})

describe('rule J4: the clients of an issuer', () => {
  const cases: readonly (readonly [claims: object, withAudience: string | null, withNone: string | null])[] = [
    [{ client_id: 'web' }, null, null],
    [{ azp: 'app' }, null, null],
    [{ azp: 'web', client_id: 'web' }, null, null],
    [{ client_id: 'other' }, 'token-client', 'token-client'],
    [{ azp: 'web', client_id: 'other' }, 'token-client', 'token-client'],
    [{ azp: ['web'] }, 'token-client', 'token-client'],
    [{ azp: null, client_id: 'web' }, 'token-client', 'token-client'],
    [{}, 'token-client', 'token-client'],
    [{ cid: 'web' }, null, 'token-client'],
    [{ appid: 'web' }, null, 'token-client'],
  ]

  test.each(cases)('%j', (claims, withAudience, withNone) => {
    const clientIds = ['web', 'app']
    expect(of(claims, 'jwt', { clientIds })).toBe(withAudience)
    expect(kindOf({ ...claims }, 'jwt', { ...shop, audience: null, clientIds })).toBe(withNone)
  })

  test('with `audience: none`, any aud refuses', () => {
    const rules = { ...shop, audience: null, clientIds: ['web'] }
    for (const aud of ['shop', 'web', 'none', '', [], null, ['web']]) {
      expect(kindOf({ aud, client_id: 'web', token_use: 'access' }, 'jwt', rules)).toBe('token-audience')
    }
  })

  test('without ids nothing passes where there is no audience', () => {
    expect(kindOf({ client_id: 'web' }, 'at+jwt', { ...shop, audience: null })).toBe('token-client')
  })

  test('an audience that is a client of the issuer needs a mark, whichever client got the token', () => {
    expect(of({ azp: 'app' }, 'jwt', { clientIds: ['shop', 'app'] })).toBe(idToken)
    expect(of({ azp: 'app', scope: 'read' }, 'jwt', { clientIds: ['shop', 'app'] })).toBeNull()
  })
})
