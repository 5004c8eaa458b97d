import { KeyObject, sign } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Principal } from '../../templates/runtime/access/principal.ts'
import { createEnvironment } from '../../templates/runtime/environment/environment.ts'
import { type Authenticate, createAuthenticate } from '../../templates/runtime/steps/authenticate.ts'
import { createCredentialBench } from '../support/credentialBench.ts'
import { forge } from '../support/forgery.ts'
import { aClient, anExchange, aPrincipal, createClocks, issuerOf } from '../support/identity.ts'
import { audience, type IdentityProvider, startIdentityProvider } from '../support/identityProvider.ts'

let idp: IdentityProvider

beforeAll(async () => {
  idp = await startIdentityProvider('EdDSA')
})
afterAll(() => idp.close())

const clocks = createClocks()
const now = () => Math.floor(clocks.clock() / 1_000)

/** The value of the header, of about 1,000 characters. */
async function signer(): Promise<(index: number, more?: object) => string> {
  const { privateKey, jwk } = idp.current
  const key = KeyObject.from(privateKey)
  const header = { alg: 'EdDSA', kid: jwk.kid, typ: 'at+jwt' }
  return (index, more = {}) => {
    const claims = {
      iss: idp.issuer,
      aud: audience,
      sub: `user-${index}`,
      iat: now(),
      exp: now() + 3_600,
      tenant: `tenant-${index}`,
      filler: 'x'.repeat(500),
      ...more,
    }
    return `Bearer ${forge(header, claims, (input) => sign(null, Buffer.from(input), key).toString('base64url'))}`
  }
}

async function start(tokenCache?: number): Promise<Authenticate> {
  const client = aClient({ bearer: { kind: 'jwt', issuers: [issuerOf(idp)] } })
  const authenticate = createAuthenticate(
    tokenCache === undefined ? client : { ...client, tokenCache },
    createEnvironment({}),
    clocks,
  )
  const value = (await signer())(0)
  expect(await authenticate.step(anExchange({ headers: { authorization: value } }))).toBeUndefined()
  return authenticate
}

/** A token that is remembered gives the same object. */
function callerOf(authenticate: Authenticate, value: string): Principal | null {
  const exchange = anExchange({ headers: { authorization: value } })
  expect(authenticate.step(exchange)).toBeUndefined()
  return exchange.principal
}

describe('rule F19: a token is verified once', () => {
  test('also where 3,500 callers call in turn', async () => {
    const authenticate = await start()
    const make = await signer()
    const values = Array.from({ length: 3_500 }, (_, index) => make(index))
    const first = values.map((value) => callerOf(authenticate, value))
    const second = values.map((value) => callerOf(authenticate, value))
    expect(second.every((principal, index) => principal !== null && principal === first[index])).toBe(true)
    expect(second.map((principal) => principal?.subject)).toEqual(values.map((_, index) => `user-${index}`))
    authenticate.close()
  })

  test('mostly, where a few more call in turn than there is room for, and each is who they are', async () => {
    // Room for about 300 tokens.
    const authenticate = await start(480_000)
    const make = await signer()
    const values = Array.from({ length: 330 }, (_, index) => make(index))
    let callers = values.map((value) => callerOf(authenticate, value))
    let same = 0
    for (let turn = 0; turn < 6; turn += 1) {
      const next = values.map((value) => callerOf(authenticate, value))
      same += next.filter((principal, index) => principal === callers[index]).length
      expect(next.map((principal) => principal?.subject)).toEqual(values.map((_, index) => `user-${index}`))
      callers = next
    }
    expect(same / (6 * values.length)).toBeGreaterThan(0.5)
    authenticate.close()
  })

  test('also where the memory was full of tokens that have expired', async () => {
    // Room for about 300 tokens.
    const authenticate = await start(480_000)
    const make = await signer()
    for (let index = 0; index < 300; index += 1) callerOf(authenticate, make(index, { exp: now() + 60 }))
    // The tolerated clock skew is 30 s.
    clocks.advance(100_000)
    const values = Array.from({ length: 280 }, (_, index) => make(index))
    const first = values.map((value) => callerOf(authenticate, value))
    expect(values.filter((value, index) => callerOf(authenticate, value) !== first[index])).toHaveLength(0)
    authenticate.close()
  })

  test('and what long lists of roles take is counted', async () => {
    const authenticate = await start(480_000)
    const make = await signer()
    const rolesOf = (index: number) => Array.from({ length: 100 }, (_, group) => `${index}-${group}`.padStart(36, 'g'))
    const values = Array.from({ length: 60 }, (_, index) =>
      make(index, { filler: '', realm_access: { roles: rolesOf(index) } }),
    )
    const first = values.map((value) => callerOf(authenticate, value))
    const remembered = first.toReversed().filter((principal, index) => {
      const value = values[values.length - 1 - index] ?? ''
      return callerOf(authenticate, value) === principal
    })
    // Each token has 6 KB, and its set of roles takes 10 KB.
    expect(remembered.length).toBeLessThan(32)
    expect(remembered.length).toBeGreaterThan(5)
    first.forEach((principal, index) => {
      expect([...(principal?.roles ?? [])]).toEqual(rolesOf(index))
    })
    authenticate.close()
  })

  test('and the claims of each caller are their own, whether they are remembered or not', async () => {
    const authenticate = await start(480_000)
    const make = await signer()
    const values = Array.from({ length: 300 }, (_, index) => make(index))
    for (let turn = 0; turn < 2; turn += 1) {
      values.forEach((value, index) => {
        expect(callerOf(authenticate, value)?.claims['tenant']).toBe(`tenant-${index}`)
      })
    }
    authenticate.close()
  })

  test('with no room for any, and then each is verified with every request', async () => {
    const authenticate = await start(100)
    const value = (await signer())(1)
    const principal = callerOf(authenticate, value)
    const again = callerOf(authenticate, value)
    expect(again).not.toBe(principal)
    expect(again?.subject).toBe('user-1')
    authenticate.close()
  })

  test('only if the whole header is the same: the same end with another beginning is refused', async () => {
    const authenticate = await start()
    const make = await signer()
    const value = make(7)
    const [head = '', , signature = ''] = value.split('.')
    const [, other = ''] = make(8).split('.')
    expect(callerOf(authenticate, value)?.subject).toBe('user-7')
    const exchange = anExchange({ headers: { authorization: `${head}.${other}.${signature}` } })
    expect(await authenticate.step(exchange)).toMatchObject({ status: 401 })
    expect(exchange.principal).toBeNull()
    expect(callerOf(authenticate, value)?.subject).toBe('user-7')
    authenticate.close()
  })
})

test('rule F19: tokens exchanged for 500 callers with long tokens who call in turn are obtained once', async () => {
  const bench = createCredentialBench({
    main: {
      kind: 'exchange',
      tokenUrl: idp.tokenUrl,
      clientId: 'shop',
      clientSecret: 'secret',
      scopes: [],
      audience: 'orders',
    },
  })
  const callers = Array.from({ length: 500 }, (_, index) => aPrincipal({ token: `${index}`.padStart(8_000, 'x') }))
  const before = idp.hits.token
  for (let turn = 0; turn < 2; turn += 1) {
    for (let at = 0; at < callers.length; at += 50) {
      await Promise.all(callers.slice(at, at + 50).map((principal) => bench.send(principal)))
    }
  }
  expect(idp.hits.token - before).toBe(500)
  bench.credentials.close()
})
