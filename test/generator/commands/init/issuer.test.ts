import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import {
  type Behaviour,
  type IdentityProvider,
  makePair,
  startIdentityProvider,
} from '../../../support/identityProvider.ts'
import { document, folderWith, run } from '../console.ts'

const flows = { clientCredentials: { tokenUrl: 'https://id.example/token', scopes: { 'orders:read': 'Reads.' } } }
const orders = document(
  { listOrders: 'GET /orders' },
  {
    components: { securitySchemes: { oauth: { type: 'oauth2', flows } } },
    security: [{ oauth: ['orders:read'] }],
  },
)

let provider: IdentityProvider
beforeEach(async () => {
  provider = await startIdentityProvider()
})
afterEach(() => provider.close())

interface Made {
  readonly code: number
  readonly err: string
  readonly text: string
  /** The authenticator of the client. */
  readonly bearer: Readonly<Record<string, unknown>>
  readonly lint: number
}

async function init(...args: readonly string[]): Promise<Made> {
  const folder = folderWith({ 'orders.json': orders })
  try {
    const world = { cwd: folder.path }
    const { code, err } = await run(['init', 'orders.json', '--client', 'app:jwt', ...args], world)
    const file = join(folder.path, 'gateway.yaml')
    const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
    const lint = text === '' ? -1 : (await run(['lint'], world)).code
    return { code, err, text, bearer: text === '' ? {} : parse(text).authenticators.bearer, lint }
  } finally {
    folder.remove()
  }
}

const reference = (variable: string, value: string): string => `\${${variable}:-${value}}`

describe('the issuer of --issuer', () => {
  test('is asked for its metadata and keys, and what it says is written', async () => {
    provider.metadata = { ...provider.metadata, scopes_supported: ['openid', 'orders:read', 'orders:write'] }
    const { code, err, text, bearer, lint } = await init('--issuer', provider.issuer)
    expect([code, lint]).toEqual([0, 0])
    expect(bearer).toMatchObject({ issuer: reference('OIDC_ISSUER', provider.issuer), algorithms: ['ES256'] })
    expect(bearer).not.toHaveProperty('jwks')
    expect(text).toContain('    # The issuer offers the scopes orders:read, orders:write.\n')
    expect(err.split('\n')[0]).toBe(
      `The issuer ${provider.issuer} has its keys at ${provider.jwksUrl}, signs with ES256, offers 2 scopes, such as orders:read`,
    )
  })

  test('is found by RFC 8414 metadata', async () => {
    provider.metadataPath = '/.well-known/oauth-authorization-server'
    expect((await init('--issuer', provider.issuer)).bearer).toMatchObject({ algorithms: ['ES256'] })
  })

  test('may be the address of its metadata', async () => {
    const { bearer } = await init('--issuer', `${provider.issuer}/.well-known/openid-configuration`)
    expect(bearer).toMatchObject({ issuer: reference('OIDC_ISSUER', provider.issuer), algorithms: ['ES256'] })
  })

  test('gets the slash at its end that its metadata has', async () => {
    provider.metadata = { ...provider.metadata, issuer: `${provider.issuer}/` }
    const { bearer } = await init('--issuer', provider.issuer)
    expect(bearer).toMatchObject({ issuer: reference('OIDC_ISSUER', `${provider.issuer}/`), algorithms: ['ES256'] })
  })

  test('gets `jwks` where gateways do not find its keys by discovery', async () => {
    provider.metadataPath = '/policy/.well-known/openid-configuration'
    provider.metadata = { ...provider.metadata, issuer: `${provider.issuer}/tenant` }
    const { bearer, lint } = await init('--issuer', `${provider.issuer}/policy/.well-known/openid-configuration?p=x`)
    expect(bearer).toMatchObject({
      issuer: reference('OIDC_ISSUER', `${provider.issuer}/tenant`),
      jwks: reference('OIDC_JWKS', provider.jwksUrl),
    })
    expect(lint).toBe(0)
  })

  test('has the algorithms of its metadata where its keys name none, without those that gateways refuse', async () => {
    const { jwk } = await makePair('RS256', 'a')
    const { alg: _, ...unnamed } = jwk
    provider.published = [unnamed]
    provider.metadata = { ...provider.metadata, id_token_signing_alg_values_supported: ['HS256', 'RS512', 'RS256'] }
    expect((await init('--issuer', provider.issuer)).bearer).toMatchObject({ algorithms: ['RS256', 'RS512'] })
  })

  test('has no algorithms of keys for encryption', async () => {
    const { jwk } = await makePair('RS256', 'a')
    provider.published = [...provider.published, { ...jwk, use: 'enc', alg: 'RSA-OAEP' }]
    expect((await init('--issuer', provider.issuer)).bearer).toMatchObject({ algorithms: ['ES256'] })
  })

  const faults: readonly (readonly [string, Partial<Record<'metadata', Behaviour>>, string, string])[] = [
    ['an error', { metadata: 'fail' }, '', 'metadata: status 500'],
    ['a page', { metadata: 'garbage' }, '', 'metadata: not JSON'],
    ['too much', { metadata: 'huge' }, '', 'metadata: too large'],
    ['nothing', { metadata: 'hang' }, '', 'metadata: timeout'],
    ['another issuer', {}, 'https://other.example', 'its metadata is that of https://other.example'],
  ]
  test.each(faults)(
    'that answers with %s is written alone, with a line that says why',
    async (_, behaviour, named, why) => {
      Object.assign(provider.behaviour, behaviour)
      if (named !== '') provider.metadata = { ...provider.metadata, issuer: named }
      const { code, err, bearer } = await init('--issuer', provider.issuer)
      expect([code, err.split('\n')[0]]).toEqual([
        0,
        `Nothing was learned about the issuer ${provider.issuer} (${why}). Only its address is written.`,
      ])
      expect(bearer).toMatchObject({ issuer: reference('OIDC_ISSUER', provider.issuer) })
      expect(bearer).not.toHaveProperty('algorithms')
    },
  )

  test('is not asked without TLS, except on this machine', async () => {
    const { err, bearer } = await init('--issuer', 'http://id.invalid/realms/shop')
    expect(err).toContain('(it has no TLS)')
    expect(bearer).toMatchObject({ issuer: reference('OIDC_ISSUER', 'http://id.invalid/realms/shop') })
  })

  test('is not asked with --no-discovery', async () => {
    const { err, bearer } = await init('--issuer', provider.issuer, '--no-discovery')
    expect([provider.hits.metadata, err]).toEqual([0, expect.stringContaining('was not asked')])
    expect(bearer).toMatchObject({ issuer: reference('OIDC_ISSUER', provider.issuer) })
  })

  test('cannot add lines to the manifest by what it says', async () => {
    provider.metadata = { ...provider.metadata, scopes_supported: ['a\nclients: {}', 'b\u202e'] }
    const { text, lint } = await init('--issuer', provider.issuer)
    expect(text).toContain('    # The issuer offers the scopes a clients: {}, b.\n')
    expect(lint).toBe(0)
  })
})

describe('options about the issuer that are refused', () => {
  test.each([
    [
      ['--issuer', 'id.example'],
      '--issuer id.example is not the address of an issuer: the address does not begin with',
    ],
    [['--issuer', 'https://u:p@id.example'], 'has user information in it'],
    [['--issuer', 'https://id.example/{tenant}'], 'has a brace, a dollar sign or a space in it'],
    [['--no-discovery'], '--no-discovery has no effect without --issuer.'],
  ])('%j', async (args, message) => {
    const { code, err, text } = await init(...args)
    expect([code, text]).toEqual([2, ''])
    expect(err).toContain('GW5004')
    expect(err).toContain(message)
  })

  test('--issuer without a client with tokens', async () => {
    const folder = folderWith({ 'orders.json': orders })
    const args = ['init', 'orders.json', '--client', 'app:api-key', '--issuer', provider.issuer]
    const { code, err } = await run(args, { cwd: folder.path })
    folder.remove()
    expect([code, err, provider.hits.metadata]).toEqual([2, expect.stringContaining('no client signs in'), 0])
  })
})
