import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { JwtIssuer } from '../../templates/runtime/vocabulary.ts'
import { some } from '../support/gatewayParts.ts'
import { issuerOf } from '../support/identity.ts'
import { type IdentityProvider, startIdentityProvider } from '../support/identityProvider.ts'
import { requestText, sendRaw } from '../support/rawClient.ts'
import { createRecordingService, type RecordingService } from '../support/recordingService.ts'
import { startTestGateway, type TestGateway } from '../support/testGateway.ts'

/**
 * With `typ: jwt`, a logout token, which an identity provider sends to each client of a session, was accepted as an
 * access token (rule J4).
 */
let service: RecordingService
let idp: IdentityProvider
let lenient: TestGateway
let strict: TestGateway
beforeAll(async () => {
  service = await createRecordingService()
  idp = await startIdentityProvider()
  lenient = await start('jwt')
  strict = await start('at+jwt')
})
afterAll(async () => {
  await Promise.all([lenient.close(), strict.close()])
  await Promise.all([idp.close(), service.close()])
})

function start(type: JwtIssuer['type']): Promise<TestGateway> {
  return startTestGateway({
    client: some.client({ authenticators: { bearer: { kind: 'jwt', issuers: [issuerOf(idp, { type })] } } }),
    routes: [
      some.route('GET', '/orders', {
        access: { kind: 'principal', anyOf: [{ scopes: [], roles: [] }], own: [], when: [] },
      }),
      some.route('GET', '/products'),
    ],
    services: { orders: some.service(service.url) },
  })
}

async function statusOf(gateway: TestGateway, claims: object, typ: string | undefined, path = '/orders') {
  const token = await idp.token({ ...claims }, { typ })
  const { status } = await sendRaw(
    gateway.port,
    requestText(`GET ${path} HTTP/1.1`, [`Authorization: Bearer ${token}`]),
  )
  return status
}

const logout = { 'http://schemas.openid.net/event/backchannel-logout': {} }
const others: readonly (readonly [string, object])[] = [
  ['a logout token', { events: logout, sid: 's-1', jti: 'j-1' }],
  [
    'an event of an account',
    { events: { 'https://schemas.openid.net/secevent/risc/event-type/account-disabled': {} } },
  ],
  ['an event of a session', { events: { 'https://schemas.openid.net/secevent/caep/event-type/session-revoked': {} } }],
  ['a logout token that says so', { typ: 'Logout', sid: 's-1' }],
  ['a refresh token', { typ: 'Refresh' }],
  ['an offline token', { typ: 'Offline' }],
  ['an ID token', { nonce: 'n' }],
]

test.each(others)('%s is not an access token, on public routes too', async (_, claims) => {
  const { begun } = service
  for (const typ of ['JWT', undefined]) {
    expect(await statusOf(lenient, claims, typ)).toBe(401)
    expect(await statusOf(lenient, claims, typ, '/products')).toBe(401)
    expect(await statusOf(strict, claims, typ)).toBe(401)
  }
  expect(service.begun).toBe(begun)
})

test('access tokens are accepted, with the marks of their issuers', async () => {
  for (const claims of [{}, { typ: 'Bearer' }, { token_use: 'access' }]) {
    expect(await statusOf(lenient, claims, 'JWT')).toBe(200)
    expect(await statusOf(strict, claims, 'at+jwt')).toBe(200)
  }
})
