import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import { request } from 'undici'
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

describe('the sign-in of front ends', () => {
  let provider: IdentityProvider
  beforeAll(async () => {
    provider = await startIdentityProvider({
      port: 0,
      users: developmentUsers({
        scopes: ['orders:read', 'orders:write'],
        roles: [],
        conditions: {},
        identity: () => ({}),
      }),
      clients: [],
      frontEnds: () => [
        { id: 'web', shape: { audience: 'shop-web', clientId: null, scopesClaim: null } },
        { id: 'spa', shape: { audience: null, clientId: 'spa-1', scopesClaim: ['scp'] } },
      ],
      scopes: ['orders:read', 'orders:write'],
      rolesClaims: [],
    })
  })
  afterAll(() => provider.close())

  const verifier = 'v'.repeat(43)
  const begin = async (client: string, redirectUri: string) => {
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    const query = new URLSearchParams({
      client_id: client,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'openid orders:read orders:write',
      code_challenge: challenge,
      code_challenge_method: 'S256',
    })
    return await fetch(`${provider.issuer}/auth?${query}`, { redirect: 'manual' })
  }

  /** Goes through the whole flow as a browser does. */
  const signIn = async (client: string, user: string, redirectUri = 'http://localhost:5173/after') => {
    const jar = new Map<string, string>()
    const visit = async (address: string, init: RequestInit = {}) => {
      const cookie = [...jar].map((pair) => pair.join('=')).join('; ')
      const answer = await fetch(new URL(address, provider.issuer), {
        ...init,
        redirect: 'manual',
        headers: { cookie, ...init.headers },
      })
      for (const line of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
        jar.set(name, value)
      }
      return answer
    }
    const first = await begin(client, redirectUri)
    for (const line of first.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      jar.set(name, value)
    }
    const page = first.headers.get('location') ?? ''
    const chosen = await visit(page, { method: 'POST', body: new URLSearchParams({ user }) })
    const back = (await visit(chosen.headers.get('location') ?? '')).headers.get('location') ?? ''
    return { back: new URL(back), redirectUri }
  }

  const tokenOf = async (client: string, { back, redirectUri }: Awaited<ReturnType<typeof signIn>>, code = verifier) =>
    await fetch(`${provider.issuer}/token`, {
      method: 'POST',
      headers: { origin: 'http://localhost:5173' },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: client,
        code: back.searchParams.get('code') ?? '',
        redirect_uri: redirectUri,
        code_verifier: code,
      }),
    })

  const claimsOf = async (client: string, user: string) => {
    const answer = await tokenOf(client, await signIn(client, user))
    const { access_token = '' } = (await answer.json()) as { access_token?: string }
    return decodeJwt(access_token)
  }

  test('gives a token for the gateway, with the scopes that the user has', async () => {
    expect(await claimsOf('web', 'alice')).toMatchObject({
      sub: 'alice',
      aud: 'shop-web',
      client_id: 'web',
      scope: 'orders:read orders:write',
    })
    expect(await claimsOf('web', 'rita')).toMatchObject({ sub: 'rita', scope: 'orders:read' })
    expect(await claimsOf('web', 'noah')).not.toHaveProperty('scope')
  })

  test('gives tokens the client and the claim of scopes that the manifest names', async () => {
    expect(await claimsOf('spa', 'rita')).toMatchObject({ client_id: 'spa-1', scp: ['orders:read'] })
  })

  test.each(['http://localhost:5173/after', 'http://127.0.0.1:9/', 'https://localhost/a/b'])(
    'redirects to %s',
    async (redirectUri) => {
      const { back } = await signIn('web', 'alice', redirectUri)
      expect(back.href.startsWith(`${redirectUri}?code=`)).toBe(true)
    },
  )

  test.each([
    'https://shop.example/after',
    'http://localhost.example/',
    'http://localhost@shop.example/',
    'app://localhost/',
  ])('does not redirect to %s', async (redirectUri) => {
    const answer = await begin('web', redirectUri)
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null])
  })

  test('needs the verifier of PKCE', async () => {
    const answer = await tokenOf('web', await signIn('web', 'alice'), 'w'.repeat(43))
    expect(answer.status).toBe(400)
  })

  test('lets scripts of this machine request tokens, and no others', async () => {
    const answer = await tokenOf('web', await signIn('web', 'alice'))
    expect(answer.headers.get('access-control-allow-origin')).toBe('http://localhost:5173')
    const other = await fetch(`${provider.issuer}/token`, {
      method: 'POST',
      headers: { origin: 'https://shop.example' },
      body: new URLSearchParams({ grant_type: 'authorization_code', client_id: 'web', code: 'x' }),
    })
    expect(other.headers.get('access-control-allow-origin')).not.toBe('https://shop.example')
  })

  test('says what is wrong with a request for an unknown client', async () => {
    const answer = await begin('<b>other</b>', 'http://localhost:5173/')
    const text = await answer.text()
    expect([answer.status, text.includes('invalid_client')]).toEqual([400, true])
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(text).not.toContain('<b>other')
  })

  test('can be cancelled', async () => {
    const { back } = await signIn('web', '')
    expect(back.searchParams.get('error')).toBe('access_denied')
  })

  test('refuses the form of another page', async () => {
    const first = await begin('web', 'http://localhost:5173/')
    const cookie = first.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
    const answer = await fetch(new URL(first.headers.get('location') ?? '', provider.issuer), {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie, origin: 'https://evil.example' },
      body: new URLSearchParams({ user: 'alice' }),
    })
    expect(answer.status).toBe(403)
  })

  test('refuses a request that names another host', async () => {
    const { statusCode, body } = await request(`${provider.issuer}/.well-known/openid-configuration`, {
      headers: { host: 'evil.example' },
    })
    await body.dump()
    expect(statusCode).toBe(403)
  })
})
