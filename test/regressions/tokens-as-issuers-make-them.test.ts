import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { JwtIssuer } from '../../templates/runtime/vocabulary.ts'
import { some } from '../support/gatewayParts.ts'
import { issuerOf } from '../support/identity.ts'
import { audience, type IdentityProvider, startIdentityProvider } from '../support/identityProvider.ts'
import { requestText, sendRaw } from '../support/rawClient.ts'
import { createRecordingService, type RecordingService } from '../support/recordingService.ts'
import { startTestGateway, type TestGateway } from '../support/testGateway.ts'

/**
 * A list of scopes in `scope` gave none, a token for its own client was refused as an ID token whatever its marks, and tokens
 * without an audience could not be accepted (rules J4, J10).
 */
let service: RecordingService
let idp: IdentityProvider
const gateways: TestGateway[] = []
beforeAll(async () => {
  service = await createRecordingService()
  idp = await startIdentityProvider()
})
afterAll(async () => {
  await Promise.all(gateways.map((gateway) => gateway.close()))
  await Promise.all([idp.close(), service.close()])
})

/** A gateway with a route for any caller, one for the scope `read`, and a public one. */
async function start(more: Partial<JwtIssuer>): Promise<TestGateway> {
  const guarded = (path: string, scopes: readonly string[]) =>
    some.route('GET', path, { access: { kind: 'principal', anyOf: [{ scopes, roles: [] }], own: [], when: [] } })
  const gateway = await startTestGateway({
    client: some.client({ authenticators: { bearer: { kind: 'jwt', issuers: [issuerOf(idp, more)] } } }),
    routes: [guarded('/orders', []), guarded('/reports', ['read']), some.route('GET', '/products')],
    services: { orders: some.service(service.url) },
  })
  gateways.push(gateway)
  return gateway
}

async function statusOf(gateway: TestGateway, path: string, claims: object, typ = 'JWT'): Promise<number> {
  const token = await idp.token({ ...claims }, { typ })
  const head = requestText(`GET ${path} HTTP/1.1`, [`Authorization: Bearer ${token}`])
  return (await sendRaw(gateway.port, head)).status
}

describe('scopes as a text or as a list of texts, under any claim', () => {
  const places: readonly (readonly [path: string[], claims: (scopes: unknown) => object])[] = [
    [['scope'], (scope) => ({ scope })],
    [['scp'], (scp) => ({ scp })],
    [['permissions'], (permissions) => ({ permissions })],
    [['roles'], (roles) => ({ roles })],
    [['realm_access', 'roles'], (roles) => ({ realm_access: { roles } })],
    [['https://id.example/scopes'], (scopes) => ({ 'https://id.example/scopes': scopes })],
  ]

  test.each(places)('%j', async (path, claims) => {
    const gateway = await start({ scopes: path, type: 'jwt' })
    for (const holding of ['read', 'write  read ', ['read'], ['write', 'read'], ['', 'read']]) {
      expect([holding, await statusOf(gateway, '/reports', claims(holding))]).toEqual([holding, 200])
    }
    for (const lacking of [
      [],
      '',
      ' ',
      ['write'],
      ['write read'],
      ['read', 1],
      ['read', null],
      [['read']],
      { read: true },
      1,
    ]) {
      expect([lacking, await statusOf(gateway, '/reports', claims(lacking))]).toEqual([lacking, 403])
    }
  })
})

describe('a token for its own client', () => {
  const own = { azp: audience }
  test.each<[string, object]>([
    ['of Entra ID', { ...own, scp: 'Orders.Read' }],
    ['of Okta', { cid: audience, scp: ['orders:read'] }],
    ['of Keycloak', { ...own, typ: 'Bearer', nonce: 'n' }],
    ['of Cognito', { client_id: audience, token_use: 'access' }],
    ['of a machine', { ...own, gty: 'client-credentials' }],
    ['of a daemon, by a mark of the manifest', { ...own, azpacr: '1' }],
  ])('%s is an access token if it is marked', async (_, claims) => {
    const gateway = await start({ type: 'jwt', accessMarks: [{ claim: ['azpacr'], texts: ['1', '2'] }] })
    expect(await statusOf(gateway, '/orders', claims)).toBe(200)
  })

  test.each<[string, object]>([
    ['without a mark', own],
    ['without scopes', { ...own, scope: '' }],
    ['with a mark of another value', { ...own, azpacr: '0' }],
    ['with a hash', { ...own, scope: 'read', at_hash: 'h' }],
    ['with a nonce', { ...own, scope: 'read', nonce: 'n' }],
    ['that is an ID token by name', { ...own, scope: 'read', token_use: 'id' }],
    ['that is a refresh token by name', { ...own, scope: 'read', typ: 'Refresh' }],
    ['that is a security event', { ...own, scope: 'read', events: {} }],
  ])('%s is not one, on public routes too', async (_, claims) => {
    const gateway = await start({ type: 'jwt', accessMarks: [{ claim: ['azpacr'], texts: ['1', '2'] }] })
    const { begun } = service
    expect(await statusOf(gateway, '/orders', claims)).toBe(401)
    expect(await statusOf(gateway, '/products', claims)).toBe(401)
    expect(service.begun).toBe(begun)
  })

  test('a marked header does not make an access token of another one', async () => {
    const strict = await start({})
    expect(await statusOf(strict, '/orders', own, 'at+jwt')).toBe(200)
    expect(await statusOf(strict, '/orders', { nonce: 'n' }, 'at+jwt')).toBe(200)
    for (const claims of [{ at_hash: 'h' }, { typ: 'Refresh' }, { token_use: 'id' }, { events: {} }]) {
      expect(await statusOf(strict, '/orders', claims, 'at+jwt')).toBe(401)
    }
  })
})

describe('a token for this gateway that is not an access token by the words of its issuer', () => {
  test.each<[string, object]>([
    ['a refresh token of UAA', { jti: '9f1c-r', granted_scopes: ['read'], cid: 'web', client_id: 'web' }],
    ['an ID token of ForgeRock', { tokenName: 'id_token', tokenType: 'JWTToken', azp: 'web' }],
    ['a refresh token of ForgeRock', { tokenName: 'refresh_token', token_type: 'Bearer', scope: 'read' }],
    ['an ID token of Curity', { purpose: 'id', azp: 'web', auth_time: 1 }],
    ['a refresh token of Oracle', { tok_type: 'RT', client_id: 'web', scope: 'read' }],
    ['a refresh token of Simple JWT', { token_type: 'refresh', jti: 'j' }],
    ['a refresh token of Flask-JWT-Extended', { type: 'refresh', fresh: false, jti: 'j' }],
    ['a bound token of Keycloak', { typ: 'DPoP', azp: 'web', cnf: { jkt: 't' } }],
    ['a bound token without its key', { typ: 'DPoP', azp: 'web' }],
  ])('%s is refused', async (_, claims) => {
    const gateway = await start({ type: 'jwt' })
    const { begun } = service
    expect([await statusOf(gateway, '/orders', claims), service.begun]).toEqual([401, begun])
  })
})

describe('a token without an audience', () => {
  const bare = { aud: undefined }
  test.each<[string, object, number]>([
    ['of a named client', { ...bare, client_id: 'web' }, 200],
    ['of another named client, by azp', { ...bare, azp: 'app' }, 200],
    ['of an unknown client', { ...bare, client_id: 'other' }, 401],
    ['of two clients, one unknown', { ...bare, client_id: 'web', azp: 'other' }, 401],
    ['of no client', bare, 401],
    ['of a client in a list', { ...bare, client_id: ['web'] }, 401],
    ['that has one nevertheless', { client_id: 'web' }, 401],
    ['that has an empty one', { aud: '', client_id: 'web' }, 401],
    ['that is an ID token', { ...bare, client_id: 'web', token_use: 'id' }, 401],
  ])('%s', async (_, claims, status) => {
    const gateway = await start({ type: 'jwt', audience: null, clientIds: ['web', 'app'] })
    expect(await statusOf(gateway, '/orders', claims)).toBe(status)
  })

  test('is refused where the manifest names an audience, also by the name `none`', async () => {
    for (const named of [[audience], ['none']]) {
      const gateway = await start({ type: 'jwt', audience: named, clientIds: ['web'] })
      expect(await statusOf(gateway, '/orders', { ...bare, client_id: 'web' })).toBe(401)
    }
  })
})
