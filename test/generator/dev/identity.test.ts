import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { type IdentityProvider, startIdentityProvider } from '../../../generator/dev/identity.ts'
import { developmentUsers } from '../../../generator/dev/users.ts'

describe('the development identity provider', () => {
  let provider: IdentityProvider
  const users = developmentUsers({
    scopes: ['orders:read', 'orders:write'],
    roles: ['support'],
    conditions: { department: 'support' },
    identity: () => ({}),
  })
  beforeAll(async () => {
    provider = await startIdentityProvider({
      port: 0,
      users,
      clients: [{ id: 'gateway', secret: 'for-development' }],
      scopes: ['orders:read', 'orders:write'],
      rolesClaims: [['realm', 'roles']],
    })
  })
  afterAll(() => provider.close())

  const metadata = async () =>
    (await (await fetch(`${provider.issuer}/.well-known/openid-configuration`)).json()) as Record<string, string>
  const verify = async (token: string, audience: string) =>
    (
      await jwtVerify(token, createRemoteJWKSet(new URL(String((await metadata())['jwks_uri']))), {
        issuer: provider.issuer,
        audience,
      })
    ).payload

  const grant = async (body: Record<string, string>) =>
    await fetch(String((await metadata())['token_endpoint']), {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from('gateway:for-development').toString('base64')}` },
      body: new URLSearchParams(body),
    })

  test('issues access tokens (`at+jwt`), with the user’s scopes and roles', async () => {
    const token = await provider.token({ user: 'alice', audience: 'shop-web' })
    expect(decodeProtectedHeader(token)).toMatchObject({ typ: 'at+jwt', alg: 'RS256' })
    expect(await verify(token, 'shop-web')).toMatchObject({
      sub: 'alice',
      scope: 'orders:read orders:write',
      realm: { roles: ['support'] },
      department: 'support',
    })
  })

  test('issues tokens as the manifest describes its issuer: client, audience, claim of the scopes', async () => {
    const of = async (request: Omit<Parameters<IdentityProvider['token']>[0], 'user'>) =>
      (
        await jwtVerify(
          await provider.token({ user: 'alice', ...request }),
          createRemoteJWKSet(new URL(String((await metadata())['jwks_uri']))),
          { issuer: provider.issuer, typ: 'at+jwt' },
        )
      ).payload
    const none = await of({ audience: null, client: 'web' })
    expect(none).toMatchObject({
      sub: 'alice',
      client_id: 'web',
      scope: 'orders:read orders:write',
      department: 'support',
    })
    expect(none).not.toHaveProperty('aud')
    expect(await of({ audience: 'shop', client: 'web' })).toMatchObject({ aud: 'shop', client_id: 'web' })
    expect(await of({ audience: 'shop', scopesClaim: ['perms', 'list'], scopes: ['a', 'b'] })).toMatchObject({
      perms: { list: ['a', 'b'] },
      realm: { roles: ['support'] },
    })
    expect(await of({ audience: 'shop', scopesClaim: ['scp'], scopes: [] })).toMatchObject({ scp: [] })
  })

  test('issues a token without scopes', async () => {
    const payload = await verify(await provider.token({ user: 'noah', audience: 'shop-web' }), 'shop-web')
    expect(payload['scope'] ?? '').toBe('')
  })

  test('gives a gateway its own token for client credentials', async () => {
    const answer = await grant({ grant_type: 'client_credentials', scope: 'orders:read' })
    expect(answer.status).toBe(200)
    const { access_token } = (await answer.json()) as { access_token: string }
    expect(await verify(access_token, 'urn:gatewright:service')).toMatchObject({ sub: 'gateway', scope: 'orders:read' })
  })

  test('exchanges a user’s token for another audience (RFC 8693)', async () => {
    const subject = await provider.token({ user: 'rita', audience: 'shop-web' })
    const answer = await grant({
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: subject,
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      audience: 'orders',
    })
    expect([answer.status, answer.ok ? '' : await answer.text()]).toEqual([200, ''])
    const { access_token } = (await answer.json()) as { access_token: string }
    expect(await verify(access_token, 'orders')).toMatchObject({ sub: 'rita', scope: 'orders:read' })
  })

  test('refuses to exchange a token of another issuer', async () => {
    const answer = await grant({
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: 'eyJhbGciOiJub25lIn0.e30.',
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      audience: 'orders',
    })
    expect(answer.status).toBe(400)
  })
})
