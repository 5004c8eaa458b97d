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

function start(more: Partial<JwtIssuer>): Authenticate {
  const client = aClient({ bearer: { kind: 'jwt', issuers: [issuerOf(idp, more), issuerOf(other, more)] } })
  return createAuthenticate(client, createEnvironment({}), { observer: log.observer })
}

const refusal = (authenticate: Authenticate, authorization: string) => refusalOf(authenticate, log, authorization)

async function bearer(more: object = {}, header: Record<string, unknown> = {}, pair?: SigningPair): Promise<string> {
  return `Bearer ${await idp.token({ ...more }, header, pair)}`
}

describe('a valid token is accepted', () => {
  const accepted: Readonly<Record<string, () => Promise<string>>> = {
    plain: () => bearer(),
    'with application/ before its type': () => bearer({}, { typ: 'application/at+jwt' }),
    'with its type in capitals': () => bearer({}, { typ: 'AT+JWT' }),
    'with the scheme in small letters': async () => `bearer ${await idp.token()}`,
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

describe('rule J4: if access tokens are not marked, ID tokens are recognised by their marks', () => {
  const cases: readonly (readonly [name: string, claims: object, typ: string | undefined, reason: string | null])[] = [
    ['type JWT', {}, 'JWT', null],
    ['no type', {}, undefined, null],
    ['type at+jwt', {}, 'at+jwt', null],
    ['a client id that is not the audience', { azp: 'web', client_id: 'web' }, 'JWT', null],
    ['a logout token', {}, 'logout+jwt', 'type is not accepted'],
    ['a nonce', { nonce: 'n' }, 'JWT', 'an ID token'],
    ['an empty nonce', { nonce: '' }, 'JWT', 'an ID token'],
    ['a hash of an access token', { at_hash: 'h' }, 'JWT', 'an ID token'],
    ['a hash of a code', { c_hash: 'h' }, 'JWT', 'an ID token'],
    ['an audience that is the client (azp)', { azp: audience }, 'JWT', 'an ID token'],
    ['an audience that is the client (client_id)', { client_id: audience }, 'JWT', 'an ID token'],
    ['an audience that is the client, among others', { aud: ['x', audience], azp: audience }, 'JWT', 'an ID token'],
    ["Keycloak's mark", { typ: 'ID' }, 'JWT', 'an ID token'],
    ["Cognito's mark", { token_use: 'id' }, 'JWT', 'an ID token'],
  ]

  test.each(cases)('%s', async (_name, more, typ, reason) => {
    expect(await refusal(lenient, await bearer(more, { typ }))).toBe(reason)
  })
})

describe('the age of a token', () => {
  test.each([
    [100, null],
    [400, 'ERR_JWT_EXPIRED'],
  ])('issued %d s ago with a limit of 300 s', async (age, reason) => {
    const limited = start({ maxAge: 300 })
    expect(await refusal(limited, await bearer({ iat: now() - age, exp: now() + 9_000 }))).toBe(reason)
    limited.close()
  })

  test('a token without iat is refused if there is a limit', async () => {
    const limited = start({ maxAge: 300 })
    expect(await refusal(limited, await bearer({ iat: undefined }))).toBe('ERR_JWT_CLAIM_VALIDATION_FAILED')
    limited.close()
  })
})
