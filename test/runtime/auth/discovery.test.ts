import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { discoverKeys } from '../../../templates/runtime/auth/discovery.ts'
import { createEnvironment } from '../../../templates/runtime/environment/environment.ts'
import { createAuthenticate } from '../../../templates/runtime/steps/authenticate.ts'
import type { Answer, EndpointClient } from '../../../templates/runtime/support/httpClient.ts'
import { aClient, anExchange, createClocks, issuerOf } from '../../support/identity.ts'
import { type IdentityProvider, startIdentityProvider } from '../../support/identityProvider.ts'

/** An endpoint with exactly these answers. */
function endpointWith(answers: Readonly<Record<string, Answer>>): EndpointClient & { readonly asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    ask: async (url) => {
      asked.push(url)
      return answers[url] ?? { kind: 'answer', status: 404, body: null }
    },
    close: () => undefined,
  }
}

const issuer = 'https://idp.example/realms/shop'
const openid = `${issuer}/.well-known/openid-configuration`
const oauth = 'https://idp.example/.well-known/oauth-authorization-server/realms/shop'
const ok = (body: unknown): Answer => ({ kind: 'answer', status: 200, body })
const jwks = 'https://keys.example/jwks?realm=shop'

describe('discovery of an issuer', () => {
  test('uses OpenID Connect Discovery first', async () => {
    const endpoint = endpointWith({ [openid]: ok({ issuer, jwks_uri: jwks }) })
    expect(await discoverKeys(issuer, endpoint)).toEqual({ kind: 'found', jwks })
    expect(endpoint.asked).toEqual([openid])
  })

  test('falls back to RFC 8414, whose well-known part is before the path', async () => {
    const endpoint = endpointWith({ [oauth]: ok({ issuer, jwks_uri: jwks }) })
    expect(await discoverKeys(issuer, endpoint)).toEqual({ kind: 'found', jwks })
    expect(endpoint.asked).toEqual([openid, oauth])
  })

  test('removes the final slash of an issuer from the URL, but not from the comparison', async () => {
    const endpoint = endpointWith({ [openid]: ok({ issuer: `${issuer}/`, jwks_uri: jwks }) })
    expect(await discoverKeys(`${issuer}/`, endpoint)).toEqual({ kind: 'found', jwks })
    expect((await discoverKeys(issuer, endpoint)).kind).toBe('failed')
  })

  const refused: readonly (readonly [name: string, answer: Answer, reason: string])[] = [
    [
      'an issuer that differs in case',
      ok({ issuer: issuer.toUpperCase(), jwks_uri: jwks }),
      'metadata: of another issuer',
    ],
    ['no issuer', ok({ jwks_uri: jwks }), 'metadata: of another issuer'],
    ['no key address', ok({ issuer }), 'metadata: no usable jwks_uri'],
    ['a file as key address', ok({ issuer, jwks_uri: 'file:///etc/passwd' }), 'metadata: no usable jwks_uri'],
    ['a key address without TLS', ok({ issuer, jwks_uri: 'http://keys.example/' }), 'metadata: jwks_uri without TLS'],
    ['a list', ok([]), 'metadata: not an object'],
    ['a redirect', { kind: 'answer', status: 302, body: null }, 'metadata: status 302'],
    ['silence', { kind: 'failed', reason: 'timeout' }, 'metadata: timeout'],
  ]

  test.each(refused)('refuses %s', async (_name, answer, reason) => {
    expect(await discoverKeys(issuer, endpointWith({ [openid]: answer }))).toEqual({ kind: 'failed', reason })
  })

  test.each([
    ['a loopback key address of an https issuer', issuer, 'http://127.0.0.1:8080/jwks'],
    ['a key address without TLS of an issuer without TLS', 'http://idp.internal', 'http://idp.internal/jwks'],
  ])('accepts %s', async (_name, of, address) => {
    const endpoint = endpointWith({ [`${of}/.well-known/openid-configuration`]: ok({ issuer: of, jwks_uri: address }) })
    expect(await discoverKeys(of, endpoint)).toEqual({ kind: 'found', jwks: address })
  })
})

describe('rule F13: discovery happens in the background', () => {
  let idp: IdentityProvider
  const clocks = createClocks()

  beforeEach(async () => {
    idp = await startIdentityProvider()
  })
  afterEach(() => idp.close())

  test('a gateway starts without its provider, and finds the keys once the provider is available', async () => {
    idp.behaviour.metadata = 'fail'
    const client = aClient({ bearer: { kind: 'jwt', issuers: [issuerOf(idp, { jwks: null })] } })
    const authenticate = createAuthenticate(client, createEnvironment({}), clocks)
    const ask = async () => {
      const exchange = anExchange({ headers: { authorization: `Bearer ${await idp.token()}` } })
      return authenticate.step(exchange)
    }
    expect(await ask()).toMatchObject({ status: 503 })
    idp.behaviour.metadata = 'ok'
    clocks.advance(1_000)
    expect(await ask()).toBeUndefined()
    expect(authenticate.ready()).toBe(true)
    authenticate.close()
  })

  test('the metadata is read again after a failure, because the keys may have moved', async () => {
    const client = aClient({ bearer: { kind: 'jwt', issuers: [issuerOf(idp, { jwks: null })] } })
    const authenticate = createAuthenticate(client, createEnvironment({}), clocks)
    const ask = async (header: Record<string, unknown> = {}) =>
      authenticate.step(anExchange({ headers: { authorization: `Bearer ${await idp.token({}, header)}` } }))
    await ask()
    clocks.advance(30_000)
    await ask({ kid: 'a' })
    expect(idp.hits).toMatchObject({ metadata: 1, jwks: 2 })
    idp.behaviour.jwks = 'fail'
    clocks.advance(30_000)
    await ask({ kid: 'b' })
    expect(idp.hits).toMatchObject({ metadata: 1, jwks: 3 })
    clocks.advance(30_000)
    await ask({ kid: 'c' })
    expect(idp.hits).toMatchObject({ metadata: 2, jwks: 4 })
    authenticate.close()
  })
})
