import { generateKeyPairSync } from 'node:crypto'
import { afterEach, describe, expect, test } from '@jest/globals'
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose'
import type { Credential } from '../../../templates/runtime/vocabulary.ts'
import { type CredentialBench, createCredentialBench } from '../../support/credentialBench.ts'
import { aPrincipal, reference } from '../../support/identity.ts'

let bench: CredentialBench
afterEach(() => bench.credentials.close())

function start(...of: Parameters<typeof createCredentialBench>): CredentialBench {
  bench = createCredentialBench(...of)
  return bench
}

describe('identity: a token of the gateway about the caller', () => {
  const pem = (type: 'ec' | 'rsa') => {
    const { privateKey } =
      type === 'ec'
        ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
        : generateKeyPairSync('rsa', { modulusLength: 2_048 })
    return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  }
  const identity: Credential = {
    kind: 'identity',
    issuer: 'https://shop.example',
    audience: 'orders',
    key: reference('KEY'),
    claims: ['plan', 'iss', 'missing'],
    lifetime: 60,
  }
  const caller = () =>
    aPrincipal({ claims: { sub: 'user-1', plan: 'gold', iss: 'https://idp.example', email: 'a@b.example' } })
  const tokenOf = (headers: object) => String((headers as Record<string, string>)['authorization']).slice(7)
  const verify = (token: string) =>
    jwtVerify(token, createLocalJWKSet(bench.credentials.jwks as JSONWebKeySet), {
      currentDate: new Date(bench.clocks.clock()),
    })

  test.each([
    ['ec', 'ES256'],
    ['rsa', 'RS256'],
  ] as const)('is signed with the key (%s), and can be verified with the published one', async (type, alg) => {
    start({ main: identity }, { KEY: pem(type) })
    const principal = caller()
    const { payload, protectedHeader } = await verify(tokenOf(await bench.send(principal)))
    const now = Math.floor(bench.clocks.clock() / 1_000)
    expect(protectedHeader).toMatchObject({ alg, typ: 'JWT' })
    expect(payload).toEqual({
      iss: 'https://shop.example',
      aud: 'orders',
      sub: 'user-1',
      sub_id: { format: 'iss_sub', iss: 'https://idp.example', sub: 'user-1' },
      plan: 'gold',
      iat: now,
      exp: now + 60,
      jti: expect.any(String),
    })
  })

  test('publishes public keys only', () => {
    start({ main: identity }, { KEY: pem('ec') })
    expect(bench.credentials.jwks?.keys).toEqual([
      {
        kty: 'EC',
        crv: 'P-256',
        x: expect.any(String),
        y: expect.any(String),
        kid: expect.any(String),
        alg: 'ES256',
        use: 'sig',
      },
    ])
  })

  test('publishes nothing if no credential signs', () => {
    start({})
    expect(bench.credentials.jwks).toBeNull()
  })

  test('is used for one caller for half of its lifetime, and for no other caller', async () => {
    start({ main: identity }, { KEY: pem('ec') })
    const principal = caller()
    const first = tokenOf(await bench.send(principal))
    bench.clocks.advance(29_000)
    expect(tokenOf(await bench.send(principal))).toBe(first)
    expect(tokenOf(await bench.send(caller()))).not.toBe(first)
    bench.clocks.advance(1_000)
    expect(tokenOf(await bench.send(principal))).not.toBe(first)
  })

  test('is signed once for simultaneous calls', async () => {
    start({ main: identity }, { KEY: pem('ec') })
    const principal = caller()
    const tokens = await Promise.all(Array.from({ length: 20 }, async () => tokenOf(await bench.send(principal))))
    expect(new Set(tokens).size).toBe(1)
  })

  test('does not outlive the caller’s own credential', async () => {
    start({ main: identity }, { KEY: pem('ec') })
    const expires = Math.floor(bench.clocks.clock() / 1_000) + 20
    const { payload } = await verify(tokenOf(await bench.send(aPrincipal({ expires }))))
    expect(payload.exp).toBe(expires)
  })

  test('is made for a caller with a key, and not for an anonymous one', async () => {
    start({ main: identity }, { KEY: pem('ec') })
    expect(await bench.send(aPrincipal({ token: null }))).toHaveProperty('authorization')
    expect(await bench.send(null)).toMatchObject({ name: 'forbidden', status: 403 })
  })

  test('accepts a key on one line, and publishes the next key with it', async () => {
    const [now, next] = [pem('ec'), pem('rsa')]
    start({ main: identity }, { KEY: `${now}${next}`.replaceAll('\n', '\\n') })
    expect(bench.credentials.jwks?.keys).toHaveLength(2)
    expect((await verify(tokenOf(await bench.send(caller())))).protectedHeader.alg).toBe('ES256')
  })

  test.each([
    ['no PEM', () => 'secret'],
    [
      'an RSA key of 1024 bits',
      () =>
        generateKeyPairSync('rsa', { modulusLength: 1_024 })
          .privateKey.export({ type: 'pkcs8', format: 'pem' })
          .toString(),
    ],
    [
      'a key of another curve',
      () =>
        generateKeyPairSync('ec', { namedCurve: 'P-384' })
          .privateKey.export({ type: 'pkcs8', format: 'pem' })
          .toString(),
    ],
    [
      'a public key',
      () =>
        generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    ],
    [
      'a good key before a broken one',
      () => `${pem('ec')}-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----`,
    ],
  ])('refuses %s at start', (_name, key) => {
    expect(start({ main: identity }, { KEY: key() }).environment.problems).toHaveLength(1)
    expect(bench.credentials.jwks).toBeNull()
  })
})
