import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createEnvironment } from '../../../templates/runtime/environment/environment.ts'
import { type Authenticate, createAuthenticate } from '../../../templates/runtime/steps/authenticate.ts'
import type { JwtIssuer } from '../../../templates/runtime/vocabulary.ts'
import { aClient, anExchange, createMemoryLog, issuerOf, refusalOf } from '../../support/identity.ts'
import {
  audience,
  type IdentityProvider,
  makePair,
  type SigningPair,
  startIdentityProvider,
} from '../../support/identityProvider.ts'
import { compareWithJose } from '../../support/joseVerifier.ts'

const log = createMemoryLog()
const now = () => Math.floor(Date.now() / 1_000)

let idp: IdentityProvider
let other: IdentityProvider
let strict: Authenticate
let lenient: Authenticate
let ps256: SigningPair

beforeAll(async () => {
  idp = await startIdentityProvider()
  other = await startIdentityProvider('RS256')
  ps256 = await makePair('PS256', 'ps')
  const { alg: _any, ...jwk } = ps256.jwk
  idp.published.push(jwk)
  strict = start({})
  lenient = start({ type: 'jwt' })
})

afterAll(async () => {
  strict.close()
  lenient.close()
  await Promise.all([idp.close(), other.close()])
})

const rules = new Map<Authenticate, Partial<JwtIssuer>>()

function start(more: Partial<JwtIssuer>): Authenticate {
  const client = aClient({ bearer: { kind: 'jwt', issuers: [issuerOf(idp, more), issuerOf(other, more)] } })
  const authenticate = createAuthenticate(client, createEnvironment({}), { observer: log.observer })
  rules.set(authenticate, more)
  return authenticate
}

async function refusal(authenticate: Authenticate, authorization: string): Promise<string | null> {
  const reason = await refusalOf(authenticate, authorization)
  await compareWithJose(authorization, reason, [idp, other], rules.get(authenticate))
  return reason
}

async function bearer(more: object = {}, header: Record<string, unknown> = {}, pair?: SigningPair): Promise<string> {
  return `Bearer ${await idp.token({ ...more }, header, pair)}`
}

describe('a valid token is accepted', () => {
  const accepted: Readonly<Record<string, () => Promise<string>>> = {
    plain: () => bearer(),
    'with application/ before its type': () => bearer({}, { typ: 'application/at+jwt' }),
    'with its type in capitals': () => bearer({}, { typ: 'AT+JWT' }),
    'with the scheme in small letters': async () => `bearer ${await idp.token()}`,
    'with several spaces before the token': async () => `Bearer   ${await idp.token()}`,
    'for several audiences': () => bearer({ aud: ['blog', audience] }),
    'with a key that names no algorithm': () => bearer({}, { alg: 'PS256', kid: 'ps' }, ps256),
    'without a key id': () => bearer({}, { kid: undefined }),
    'that expired 20 s ago (rule F21)': () => bearer({ exp: now() - 20 }),
    'that becomes valid in 20 s (rule F21)': () => bearer({ nbf: now() + 20 }),
    'of the other issuer': async () => `Bearer ${await other.token()}`,
  }

  test.each(Object.entries(accepted))('%s', async (_name, make) => {
    expect(await refusal(strict, await make())).toBeNull()
  })

  test('it sets the principal', async () => {
    const token = await idp.token({
      scope: 'orders:read  orders:write',
      realm_access: { roles: ['support'] },
      exp: now() + 77,
    })
    const exchange = anExchange({ headers: { authorization: `Bearer ${token}` } })
    expect(await strict.step(exchange)).toBeUndefined()
    expect(exchange.principal).toMatchObject({
      authenticator: 'bearer',
      issuer: idp.issuer,
      subject: 'user-1',
      scopes: new Set(['orders:read', 'orders:write']),
      roles: new Set(['support']),
      claims: { sub: 'user-1', aud: audience },
      token,
      expires: now() + 77,
    })
    expect(exchange.decision).toBeNull()
    expect(Object.isFrozen(exchange.principal?.claims['realm_access'])).toBe(true)
  })
})

const logout = { 'http://schemas.openid.net/event/backchannel-logout': {} }

describe('rule J4: if access tokens are not marked, other tokens are recognised by their marks', () => {
  const cases: readonly (readonly [name: string, claims: object, typ: string | undefined, reason: string | null])[] = [
    ['type JWT', {}, 'JWT', null],
    ['no type', {}, undefined, null],
    ['type at+jwt', {}, 'at+jwt', null],
    ['a client id that is not the audience', { azp: 'web', client_id: 'web' }, 'JWT', null],
    ['a logout token', {}, 'logout+jwt', 'token-type: logout+jwt'],
    ['a nonce', { nonce: 'n' }, 'JWT', 'token-kind: an ID token'],
    ['an empty nonce', { nonce: '' }, 'JWT', 'token-kind: an ID token'],
    ['a hash of an access token', { at_hash: 'h' }, 'JWT', 'token-kind: an ID token'],
    ['a hash of a code', { c_hash: 'h' }, 'JWT', 'token-kind: an ID token'],
    ['an audience that is the client (azp)', { azp: audience }, 'JWT', 'token-kind: an ID token'],
    ['an audience that is the client (client_id)', { client_id: audience }, 'JWT', 'token-kind: an ID token'],
    [
      'an audience that is the client, among others',
      { aud: ['x', audience], azp: audience },
      'JWT',
      'token-kind: an ID token',
    ],
    ["Keycloak's mark", { typ: 'ID' }, 'JWT', 'token-kind: an ID token'],
    ["Cognito's mark", { token_use: 'id' }, 'JWT', 'token-kind: an ID token'],
    ['an audience that is the client, with scopes', { azp: audience, scope: 'orders:read' }, 'JWT', null],
    ['an audience that is the client, with a list of scopes', { azp: audience, scp: ['a', 'b'] }, 'JWT', null],
    ['an audience that is the client, marked', { client_id: audience }, 'at+jwt', null],
    ["a nonce beside Keycloak's mark of access tokens", { typ: 'Bearer', nonce: 'n' }, 'JWT', null],
    ["Keycloak's mark of access tokens", { typ: 'Bearer' }, 'JWT', null],
    ["Cognito's mark of access tokens", { token_use: 'access' }, 'JWT', null],
    ['a logout event', { events: logout, sid: 's' }, 'JWT', 'token-kind: a logout token or another security event'],
    [
      'a logout event, and no type',
      { events: logout },
      undefined,
      'token-kind: a logout token or another security event',
    ],
    [
      'another security event',
      { events: { 'urn:x': {} } },
      'JWT',
      'token-kind: a logout token or another security event',
    ],
    ['events of another form', { events: null }, 'JWT', 'token-kind: a logout token or another security event'],
    ["Keycloak's mark of logout tokens", { typ: 'Logout' }, 'JWT', 'token-kind: a logout token'],
    ["Keycloak's mark of refresh tokens", { typ: 'Refresh' }, 'JWT', 'token-kind: a refresh token'],
    ["Keycloak's mark of offline tokens", { typ: 'Offline' }, undefined, 'token-kind: a refresh token'],
    ['a mark of refresh tokens', { token_use: 'refresh' }, 'JWT', 'token-kind: a refresh token'],
  ]

  test.each(cases)('%s', async (_name, more, typ, reason) => {
    expect(await refusal(lenient, await bearer(more, { typ }))).toBe(reason)
  })
})

describe('rule J4: tokens without an audience', () => {
  test.each<[string, object, string | null]>([
    ['of a named client', { client_id: 'web' }, null],
    ['of a named client (azp)', { azp: 'web' }, null],
    ['token-client', { client_id: 'other' }, 'token-client'],
    ['of no client', {}, 'token-client'],
    ['with an audience', { client_id: 'web', aud: audience }, 'token-audience: has an audience'],
    ['with an audience that is the client', { client_id: 'web', aud: 'web' }, 'token-audience: has an audience'],
    ['with an audience in name only', { client_id: 'web', aud: [] }, 'token-audience: has an audience'],
  ])('%s', async (_name, claims, reason) => {
    for (const type of ['at+jwt', 'jwt'] as const) {
      const none = start({ type, audience: null, clientIds: ['web', 'app'] })
      expect(await refusal(none, await bearer({ aud: undefined, ...claims }, { typ: type }))).toBe(reason)
      none.close()
    }
  })

  test('are refused where an audience is named', async () => {
    expect(await refusal(strict, await bearer({ aud: undefined, client_id: 'web' }))).toBe('token-audience')
  })
})

describe('the age of a token', () => {
  test.each([
    [100, null],
    [400, 'token-expired: iat, maxAge'],
  ])('issued %d s ago with a limit of 300 s', async (age, reason) => {
    const limited = start({ maxAge: 300 })
    expect(await refusal(limited, await bearer({ iat: now() - age, exp: now() + 9_000 }))).toBe(reason)
    limited.close()
  })

  test('a token without iat is refused if there is a limit', async () => {
    const limited = start({ maxAge: 300 })
    expect(await refusal(limited, await bearer({ iat: undefined }))).toBe('token-claim: iat')
    limited.close()
  })
})
