import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Credential } from '../../../templates/runtime/vocabulary.ts'
import { type CredentialBench, createCredentialBench } from '../../support/credentialBench.ts'
import { aPrincipal, reference } from '../../support/identity.ts'
import { type IdentityProvider, startIdentityProvider } from '../../support/identityProvider.ts'

let idp: IdentityProvider
let bench: CredentialBench

beforeEach(async () => {
  idp = await startIdentityProvider()
})
afterEach(async () => {
  bench.credentials.close()
  await idp.close()
})

function start(...of: Parameters<typeof createCredentialBench>): CredentialBench {
  bench = createCredentialBench(...of)
  return bench
}

const exchange = (): Credential => ({
  kind: 'exchange',
  tokenUrl: idp.tokenUrl,
  clientId: 'shop',
  clientSecret: reference('SECRET'),
  scopes: ['orders:read', 'orders:write'],
  audience: 'orders',
})

const secret = { SECRET: 'a secret' }

describe('rule J9: token exchange (RFC 8693)', () => {
  test('requests a token for the service’s audience with the caller’s token, which is sent to no other endpoint', async () => {
    start({ main: exchange() }, secret)
    expect(await bench.send(aPrincipal({ token: 'token-of-a' }))).toEqual({ authorization: 'Bearer granted-1' })
    expect(idp.requests[0]?.parameters).toEqual({
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      audience: 'orders',
      scope: 'orders:read orders:write',
      subject_token: 'token-of-a',
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    })
  })

  test('is done once for each token, for any number of calls, and tokens are never mixed up', async () => {
    start({ main: exchange() }, secret)
    idp.grant = ({ parameters }) => ({
      access_token: `for-${parameters['subject_token']}`,
      token_type: 'Bearer',
      expires_in: 300,
    })
    const tokens = Array.from({ length: 300 }, (_, index) => `t${index % 3}`)
    const sent = await Promise.all(tokens.map((token) => bench.send(aPrincipal({ token }))))
    expect(sent).toEqual(tokens.map((token) => ({ authorization: `Bearer for-${token}` })))
    expect(idp.hits.token).toBe(3)
  })

  test('is remembered until a minute before the new token expires', async () => {
    start({ main: exchange() }, secret)
    idp.grant = (_request, turn) => ({ access_token: `t${turn}`, token_type: 'Bearer', expires_in: 300 })
    await bench.send()
    bench.clocks.advance(239_000)
    await bench.send()
    expect(idp.hits.token).toBe(1)
    bench.clocks.advance(61_000)
    expect(await bench.send()).toEqual({ authorization: 'Bearer t2' })
  })

  test.each([
    ['refuse', 'bad-gateway', 502],
    ['fail', 'unavailable', 503],
  ] as const)('that fails (%s) fails the call of that caller only', async (behaviour, name, status) => {
    start({ main: exchange() }, secret)
    idp.behaviour.token = behaviour
    expect(await bench.send(aPrincipal({ token: 'a' }))).toMatchObject({ name, status })
    idp.behaviour.token = 'ok'
    expect(await bench.send(aPrincipal({ token: 'b' }))).toMatchObject({ authorization: 'Bearer granted-1' })
    expect(await bench.send(aPrincipal({ token: 'a' }))).toMatchObject({ name, status })
  })

  test.each([
    ['an anonymous caller', null],
    ['a caller with a key', aPrincipal({ token: null })],
  ])('is impossible for %s: the call fails, and no request is sent', async (_name, principal) => {
    start({ main: exchange() }, secret)
    expect(await bench.send(principal)).toMatchObject({ name: 'forbidden', status: 403 })
    expect(idp.hits.token).toBe(0)
  })
})
