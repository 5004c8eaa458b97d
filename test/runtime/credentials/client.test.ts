import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Credential } from '../../../templates/runtime/vocabulary.ts'
import { type CredentialBench, createCredentialBench } from '../../support/credentialBench.ts'
import { anExchange, reference } from '../../support/identity.ts'
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

const client = (more: Partial<Extract<Credential, { kind: 'client' }>> = {}): Credential => ({
  kind: 'client',
  tokenUrl: idp.tokenUrl,
  clientId: 'shop',
  clientSecret: reference('SECRET'),
  scopes: [],
  audience: null,
  ...more,
})

const secret = { SECRET: 'a secret: with & odd ü parts' }

describe('client credentials (RFC 6749 section 4.4)', () => {
  test('request a token as the RFC defines', async () => {
    start({ main: client({ scopes: ['a', 'b'], audience: 'orders' }) }, secret)
    expect(await bench.send(null)).toEqual({ authorization: 'Bearer granted-1' })
    const form = (text: string) => new URLSearchParams({ x: text }).toString().slice(2)
    expect(idp.requests).toEqual([
      {
        parameters: { grant_type: 'client_credentials', scope: 'a b', audience: 'orders' },
        authorization: `Basic ${Buffer.from(`shop:${form(secret.SECRET)}`).toString('base64')}`,
      },
    ])
  })

  test('a thousand simultaneous calls send one request', async () => {
    start({ main: client() }, secret)
    const sent = await Promise.all(Array.from({ length: 1_000 }, () => bench.send(null)))
    expect(new Set(sent.map((headers) => JSON.stringify(headers))).size).toBe(1)
    expect(idp.hits.token).toBe(1)
  })

  test('rule F14: a token is renewed a minute before it expires, and the old one is used meanwhile', async () => {
    start({ main: client() }, secret)
    await bench.send(null)
    bench.clocks.advance(3_539_000)
    await bench.send(null)
    expect(idp.hits.token).toBe(1)
    bench.clocks.advance(1_000)
    const headers: Record<string, string> = {}
    expect(bench.credentials.apply(anExchange(), 'orders', ['main'], headers)).toBeUndefined()
    expect(headers).toEqual({ authorization: 'Bearer granted-1' })
    const sent = async () => JSON.stringify(await bench.send(null))
    while ((await sent()) !== '{"authorization":"Bearer granted-2"}')
      await new Promise((resolve) => setImmediate(resolve))
    expect(idp.hits.token).toBe(2)
  })

  test('a token is used until ten seconds before its end if it cannot be renewed, and no longer', async () => {
    start({ main: client() }, secret)
    await bench.send(null)
    idp.behaviour.token = 'fail'
    bench.clocks.advance(3_589_000)
    expect(await bench.send(null)).toEqual({ authorization: 'Bearer granted-1' })
    bench.clocks.advance(2_000)
    expect(await bench.send(null)).toMatchObject({ name: 'unavailable', status: 503 })
  })

  test('rule F21: a step of the wall clock neither expires nor prolongs a token', async () => {
    start({ main: client() }, secret)
    await bench.send(null)
    bench.clocks.step(10 * 3_600_000)
    await bench.send(null)
    expect(idp.hits.token).toBe(1)
    bench.clocks.step(-20 * 3_600_000)
    bench.clocks.advance(3_600_000)
    expect(await bench.send(null)).toEqual({ authorization: 'Bearer granted-2' })
  })

  test.each([
    ['a server error', 'fail', 'unavailable', 503],
    ['silence', 'hang', 'unavailable', 503],
    ['a refusal', 'refuse', 'bad-gateway', 502],
    ['garbage', 'garbage', 'bad-gateway', 502],
    ['a redirect', 'redirect', 'bad-gateway', 502],
    ['no token', 'empty', 'bad-gateway', 502],
    ['more than a token', 'huge', 'bad-gateway', 502],
  ] as const)('%s fails the call, and is not retried at once', async (_name, behaviour, name, status) => {
    start({ main: client() }, secret)
    idp.behaviour.token = behaviour
    expect(await bench.send(null)).toMatchObject({ name, status })
    expect(await bench.send(null)).toMatchObject({ name, status })
    expect(idp.hits.token).toBe(1)
    idp.release()
    idp.behaviour.token = 'ok'
    bench.clocks.advance(1_000)
    expect(await bench.send(null)).toMatchObject({ authorization: expect.stringMatching(/^Bearer granted-/) })
  })

  test.each([
    ['another token type', { token_type: 'DPoP' }],
    ['a token that no header can carry', { access_token: 'a\r\nb' }],
    ['a token that is no text', { access_token: { a: 1 } }],
    ['a lifetime that is past', { expires_in: -1 }],
    ['a lifetime that is no number', { expires_in: 'soon' }],
  ])('%s is not a valid token', async (_name, more) => {
    start({ main: client() }, secret)
    idp.grant = () => ({ access_token: 'a', token_type: 'Bearer', expires_in: 60, ...more })
    expect(await bench.send(null)).toMatchObject({ name: 'bad-gateway', status: 502 })
  })

  test('a lifetime may be a string, and may be missing', async () => {
    start({ main: client() }, secret)
    idp.grant = (_request, turn) => ({
      access_token: `t${turn}`,
      token_type: 'bearer',
      ...(turn === 1 ? { expires_in: '600' } : {}),
    })
    await bench.send(null)
    bench.clocks.advance(539_000)
    expect(await bench.send(null)).toEqual({ authorization: 'Bearer t1' })
    bench.clocks.advance(61_000)
    expect(await bench.send(null)).toEqual({ authorization: 'Bearer t2' })
    bench.clocks.advance(60_000)
    expect(await bench.send(null)).toEqual({ authorization: 'Bearer t3' })
  })

  test('neither the secret nor a token is in the log', async () => {
    start({ main: client() }, secret)
    await bench.send(null)
    idp.behaviour.token = 'refuse'
    bench.clocks.advance(3_600_000)
    await bench.send(null)
    expect(bench.log.lines).toEqual([
      'warn could not obtain a token {"credential":"service orders, credential main","reason":"status 400, invalid_grant","failures":1}',
    ])
  })
})
