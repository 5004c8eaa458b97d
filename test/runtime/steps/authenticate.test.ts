import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { createKey, hashKey } from '../../../templates/runtime/auth/keys.ts'
import { createEnvironment } from '../../../templates/runtime/environment/environment.ts'
import { type Authenticate, createAuthenticate } from '../../../templates/runtime/steps/authenticate.ts'
import type { Authenticator } from '../../../templates/runtime/vocabulary.ts'
import { aClient, anExchange, createClocks, issuerOf, reference } from '../../support/identity.ts'
import { type IdentityProvider, startIdentityProvider } from '../../support/identityProvider.ts'

const pepper = 'a pepper of some length'
const key = createKey('shop')
const second = createKey('shop')
const clocks = createClocks()
let idp: IdentityProvider
let authenticate: Authenticate

beforeAll(async () => {
  idp = await startIdentityProvider()
})
afterAll(() => idp.close())
afterEach(() => authenticate.close())

const keyOf = (header: string, variable = 'KEYS'): Authenticator => ({
  kind: 'api-key',
  header,
  keys: reference(variable),
  pepper: reference('PEPPER'),
})
const recordsOf = (...keys: readonly (typeof key)[]) =>
  JSON.stringify(keys.map(({ id, secret }) => ({ id, hash: hashKey(pepper, secret), subject: `of ${id}`, scopes: [] })))
const env = { PEPPER: pepper, KEYS: recordsOf(key), MORE: recordsOf(second) }

function start(authenticators: Readonly<Record<string, Authenticator>>, variables: Record<string, string> = env) {
  const environment = createEnvironment(variables)
  authenticate = createAuthenticate(aClient(authenticators), environment, clocks)
  return environment
}

async function ask(headers: Readonly<Record<string, string>>) {
  const exchange = anExchange({ headers })
  const outcome = await authenticate.step(exchange)
  return { outcome, principal: exchange.principal }
}

const bearer = (): Authenticator => ({ kind: 'jwt', issuers: [issuerOf(idp)] })

describe('a client type with tokens and keys', () => {
  test('accepts each', async () => {
    start({ bearer: bearer(), key: keyOf('X-Api-Key') })
    const authorization = `Bearer ${await idp.token()}`
    expect((await ask({ authorization })).principal?.authenticator).toBe('bearer')
    expect((await ask({ 'x-api-key': key.text })).principal?.authenticator).toBe('key')
  })

  test('rule W10: refuses both in one request, even if both are valid and the token is remembered', async () => {
    start({ bearer: bearer(), key: keyOf('X-Api-Key') })
    const authorization = `Bearer ${await idp.token()}`
    await ask({ authorization })
    const both = await ask({ authorization, 'x-api-key': key.text })
    expect(both).toMatchObject({ outcome: { name: 'malformed-request', status: 400 }, principal: null })
  })

  test('leaves a request without a credential anonymous', async () => {
    start({ bearer: bearer(), key: keyOf('X-Api-Key') })
    expect(await ask({ cookie: 'sid=1' })).toEqual({ outcome: undefined, principal: null })
  })

  test('is synchronous if nothing has to be fetched', async () => {
    start({ bearer: bearer(), key: keyOf('X-Api-Key') })
    const authorization = `Bearer ${await idp.token()}`
    await ask({ authorization })
    const remembered = anExchange({ headers: { authorization } })
    expect(authenticate.step(remembered)).toBeUndefined()
    expect(remembered.principal?.subject).toBe('user-1')
  })
})

test('a credential of another client type is ignored', async () => {
  start({ key: keyOf('X-Api-Key') })
  expect(await ask({ authorization: `Bearer ${await idp.token()}` })).toEqual({ outcome: undefined, principal: null })
})

test('a client type without authenticators has anonymous callers only, and is ready', async () => {
  start({})
  expect(await ask({ authorization: 'Bearer x' })).toEqual({ outcome: undefined, principal: null })
  expect(authenticate.ready()).toBe(true)
})

test('two authenticators may read keys from one header, in any case', async () => {
  start({ partners: keyOf('X-Api-Key'), staff: keyOf('x-api-key', 'MORE') })
  expect((await ask({ 'x-api-key': key.text })).principal?.authenticator).toBe('partners')
  expect((await ask({ 'x-api-key': second.text })).principal?.authenticator).toBe('staff')
})

test('two authenticators may accept one issuer for different audiences, and share its keys', async () => {
  const hits = idp.hits.jwks
  start({
    shop: bearer(),
    blog: { kind: 'jwt', issuers: [issuerOf(idp, { audience: ['blog'], scopes: ['scp'] })] },
  })
  const tokens = [await idp.token({ scope: 'a' }), await idp.token({ aud: 'blog', scp: ['b'] })]
  const [shop, blog] = await Promise.all(tokens.map((token) => ask({ authorization: `Bearer ${token}` })))
  expect(shop?.principal).toMatchObject({ authenticator: 'shop', scopes: new Set(['a']) })
  expect(blog?.principal).toMatchObject({ authenticator: 'blog', scopes: new Set(['b']) })
  expect(idp.hits.jwks).toBe(hits + 1)
})

describe('remembered tokens', () => {
  test('expire with the token', async () => {
    start({ bearer: bearer() })
    const exp = Math.floor(clocks.clock() / 1_000) + 60
    const authorization = `Bearer ${await idp.token({ exp })}`
    expect((await ask({ authorization })).outcome).toBeUndefined()
    clocks.advance(89_000)
    expect((await ask({ authorization })).outcome).toBeUndefined()
    clocks.advance(2_000)
    expect((await ask({ authorization })).outcome).toMatchObject({ status: 401 })
  })

  test('expire at the maximum age of the issuer', async () => {
    start({ bearer: { kind: 'jwt', issuers: [issuerOf(idp, { maxAge: 100 })] } })
    const iat = Math.floor(clocks.clock() / 1_000)
    const authorization = `Bearer ${await idp.token({ iat, exp: iat + 9_000 })}`
    expect((await ask({ authorization })).outcome).toBeUndefined()
    clocks.advance(131_000)
    expect((await ask({ authorization })).outcome).toMatchObject({ status: 401 })
  })

  test('are separate: every token has its own principal', async () => {
    start({ bearer: bearer() })
    const exp = Math.floor(clocks.clock() / 1_000) + 60
    const authorizations = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => `Bearer ${await idp.token({ sub: `user-${index}`, exp })}`),
    )
    for (const _round of [1, 2]) {
      for (const [index, authorization] of authorizations.entries()) {
        expect((await ask({ authorization })).principal?.subject).toBe(`user-${index}`)
      }
    }
  })
})

describe('settings with which a gateway cannot start', () => {
  const at = (more: Parameters<typeof issuerOf>[1]): Authenticator => ({ kind: 'jwt', issuers: [issuerOf(idp, more)] })

  test.each([
    [
      'an issuer that is no address, without a JWKS',
      { issuer: 'shop', jwks: null },
      /the issuer \(shop\) does not begin with http/,
    ],
    ['a JWKS that is no address', { jwks: 'file:///etc/keys' }, /the JWKS address \(.*\) does not begin with http/],
    ['no audience', { audience: [] }, /no audience is named/],
    ['an empty audience', { audience: [reference('NONE:-')] }, /an audience \(.*\) is empty/],
    ['no audience and no client', { audience: null }, /tokens without an audience need the ids of their clients/],
    ['an empty client id', { clientIds: [reference('NONE:-')] }, /a client id \(.*\) is empty/],
    [
      'a mark that ID tokens have too (rule J4)',
      { accessMarks: [{ claim: ['acr'], texts: ['1'] }] },
      /the mark acr stands in ID tokens too/,
    ],
    [
      'a mark of ID tokens (rule J4)',
      { accessMarks: [{ claim: ['token_use'], texts: ['access', 'Id'] }] },
      /the mark token_use stands in other tokens only/,
    ],
    [
      'a mark without a text (rule J4)',
      { accessMarks: [{ claim: ['use'], texts: [] }] },
      /the mark use has no name or no text/,
    ],
    ['a symmetric algorithm (rule J1)', { algorithms: ['RS256', 'HS256'] }, /algorithms must be some of RS256, /],
    ['algorithm none (rule J1)', { algorithms: ['none'] }, /algorithms must be some of RS256, /],
    ['no algorithm (rule J1)', { algorithms: [] }, /algorithms must be some of RS256, /],
  ])('%s', (_name, more, wanted) => {
    const environment = start({ bearer: at(more) })
    expect(environment.problems).toHaveLength(1)
    expect(environment.problems[0]).toMatch(wanted)
    expect(environment.problems[0]).toMatch(/^authenticator bearer: /)
  })

  test('tokens and keys in one header', () => {
    expect(start({ bearer: bearer(), key: keyOf('Authorization') }).problems).toEqual([
      'authenticator key: the header Authorization cannot carry API keys',
    ])
  })

  test('a missing variable is named once', () => {
    const environment = start({ bearer: at({ issuer: reference('OIDC_ISSUER') }) })
    expect(environment.missing).toEqual(['OIDC_ISSUER'])
    expect(environment.problems).toEqual([])
  })
})
