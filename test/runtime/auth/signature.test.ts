import {
  constants,
  createHmac,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type ClaimRules, claimsFault } from '../../../templates/runtime/auth/claimRules.ts'
import { isSigned } from '../../../templates/runtime/auth/signature.ts'
import { readToken } from '../../../templates/runtime/auth/token.ts'
import { fits } from '../../../templates/runtime/support/keyKinds.ts'
import { algorithmNames } from '../../../templates/runtime/words/algorithms.ts'
import { base64url, base64urlAlphabet } from '../../support/forgery.ts'
import { joseCodes, joseVerdict } from '../../support/joseVerifier.ts'

const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_128)
const now = 1_764_000_000_000
const seconds = now / 1_000
const issuer = 'https://idp.example'

interface Pair {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

const rsa = (modulusLength: number): Pair => generateKeyPairSync('rsa', { modulusLength })
const ec = (namedCurve: string): Pair => generateKeyPairSync('ec', { namedCurve })
const pairs: Readonly<Record<string, Pair>> = {
  rsa: rsa(2_048),
  'another rsa': rsa(2_048),
  'an odd rsa': rsa(2_056),
  p256: ec('P-256'),
  'another p256': ec('P-256'),
  p384: ec('P-384'),
  p521: ec('P-521'),
  secp256k1: ec('secp256k1'),
  ed25519: generateKeyPairSync('ed25519'),
}
const keyNames = Object.keys(pairs)
const pairOf = (name: string): Pair => pairs[name] as Pair

type Sign = (input: Buffer, key: Pair) => Buffer
const hashes = ['sha1', 'sha256', 'sha384', 'sha512']
const made: Readonly<Record<string, Sign>> = {
  ...Object.fromEntries(
    hashes.flatMap((hash): [string, Sign][] => [
      [`pkcs1 ${hash}`, (input, { privateKey }) => sign(hash, input, privateKey)],
      ...[0, 20, 32, 48, 64, constants.RSA_PSS_SALTLEN_MAX_SIGN].map((saltLength): [string, Sign] => [
        `pss ${hash} ${saltLength}`,
        (input, { privateKey }) =>
          sign(hash, input, { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }),
      ]),
      [`p1363 ${hash}`, (input, { privateKey }) => sign(hash, input, { key: privateKey, dsaEncoding: 'ieee-p1363' })],
      [`der ${hash}`, (input, { privateKey }) => sign(hash, input, { key: privateKey, dsaEncoding: 'der' })],
      [
        `hmac ${hash} of the public key`,
        (input, { publicKey }) =>
          createHmac(hash, publicKey.export({ format: 'pem', type: 'spki' }))
            .update(input)
            .digest(),
      ],
    ]),
  ),
  eddsa: (input, { privateKey }) => sign(null, input, privateKey),
  nothing: () => Buffer.alloc(1),
  zeros: () => Buffer.alloc(64),
}

/** The right way to sign for each algorithm, and the name of a key. */
const right: Readonly<Record<string, readonly [way: string, key: string]>> = {
  RS256: ['pkcs1 sha256', 'rsa'],
  RS384: ['pkcs1 sha384', 'rsa'],
  RS512: ['pkcs1 sha512', 'an odd rsa'],
  PS256: ['pss sha256 32', 'rsa'],
  PS384: ['pss sha384 48', 'an odd rsa'],
  PS512: ['pss sha512 64', 'rsa'],
  ES256: ['p1363 sha256', 'p256'],
  ES384: ['p1363 sha384', 'p384'],
  ES512: ['p1363 sha512', 'p521'],
  EdDSA: ['eddsa', 'ed25519'],
  Ed25519: ['eddsa', 'ed25519'],
}

/** Signs in a way that may not exist for the key. */
function signed(way: string, input: Buffer, key: Pair): Buffer {
  try {
    return made[way]?.(input, key) ?? Buffer.alloc(1)
  } catch {
    return Buffer.alloc(64, 1)
  }
}

const usual: ClaimRules = { issuer, audience: ['shop', 'api'], clockSkew: 30, maxAge: null }

/** What the gateway's checks that took the place of jose say, in the words of jose; `null`: accepted. */
async function ourVerdict(token: string, key: KeyObject, algorithm: string, rules: ClaimRules): Promise<string | null> {
  const read = readToken(token)
  if (read.kind === 'fault') return `${read.reason}: ${read.detail}`
  if (read.algorithm !== algorithm) return 'ERR_JOSE_ALG_NOT_ALLOWED'
  if (!fits(key, algorithm)) return 'unfit'
  if (!(await isSigned(algorithm, key, read.input, read.signature))) return 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED'
  const fault = claimsFault(read.claims, rules, now)
  if (fault === null) return null
  // The issuer is compared again here; a token of an unknown one has no verifier.
  if (fault.reason === 'token-issuer') return 'ERR_JWT_CLAIM_VALIDATION_FAILED'
  return joseCodes[fault.detail === undefined ? fault.reason : `${fault.reason}: ${fault.detail}`] ?? 'no code'
}

/** Compares both verdicts. What only the gateway refuses, before any cryptography, jose may accept. */
async function compare(token: string, key: KeyObject, algorithm: string, rules = usual): Promise<string | null> {
  const ours = await ourVerdict(token, key, algorithm, rules)
  const read = readToken(token)
  // The gateway asked jose only about tokens that it could read, with a key that fits.
  if (read.kind === 'token' && fits(key, algorithm)) {
    const theirs = await joseVerdict(token, key, algorithm, rules, now)
    if (read.algorithm === algorithm) expect(ours).toBe(theirs)
    else expect([ours, theirs]).not.toContain(null)
  } else expect(ours).not.toBeNull()
  return ours
}

const good = { iss: issuer, aud: 'shop', sub: 'user-1', iat: seconds - 5, exp: seconds + 300 }

function tokenOf(
  algorithm: string,
  payload: object | string = good,
  { way = right[algorithm]?.[0] ?? 'nothing', key = right[algorithm]?.[1] ?? 'rsa', header = {} } = {},
): string {
  const input = `${base64url({ alg: algorithm, typ: 'at+jwt', ...header })}.${base64url(payload)}`
  return `${input}.${signed(way, Buffer.from(input), pairOf(key)).toString('base64url')}`
}

const algorithms = fc.constantFrom(...algorithmNames)
const run = { seed, numRuns: 300, verbose: 1 } as const

describe('rule J1: every algorithm', () => {
  test.each(algorithmNames)('%s is accepted with its own key and signature, as jose does', async (algorithm) => {
    const [, key] = right[algorithm] ?? []
    expect(await compare(tokenOf(algorithm), pairOf(key ?? '').publicKey, algorithm)).toBeNull()
  })

  test('gets the verdict of jose for every way to sign and every key', async () => {
    const accepted = new Set<string>()
    for (const algorithm of algorithmNames) {
      for (const way of Object.keys(made)) {
        const key = right[algorithm]?.[1] ?? ''
        const verdict = await compare(tokenOf(algorithm, good, { way }), pairOf(key).publicKey, algorithm)
        if (verdict === null) accepted.add(way)
      }
      for (const key of keyNames) {
        await compare(tokenOf(algorithm), pairOf(key).publicKey, algorithm)
        await compare(tokenOf(algorithm, good, { key }), pairOf(key).publicKey, algorithm)
      }
    }
    for (const way of [
      'pss sha256 20',
      'pss sha256 0',
      'pkcs1 sha1',
      'hmac sha256 of the public key',
      'nothing',
      'zeros',
    ]) {
      expect(accepted).not.toContain(way)
    }
    for (const [way] of Object.values(right)) expect(accepted).toContain(way)
  })

  test('gets the verdict of jose for a header that names another', async () => {
    const names = [...algorithmNames, 'none', 'HS256', 'HS384', 'rs256', 'RS1', 'ES256K', '']
    for (const algorithm of algorithmNames) {
      for (const alg of names) {
        const key = pairOf(right[algorithm]?.[1] ?? '').publicKey
        const verdict = await compare(tokenOf(algorithm, good, { header: { alg } }), key, algorithm)
        expect(verdict === null).toBe(alg === algorithm)
      }
    }
  })

  test('gets the verdict of jose for signatures that are cut, extended, changed or of another length', async () => {
    const change = fc.oneof(
      fc.nat(600).map((length) => (bytes: Buffer) => bytes.subarray(0, length)),
      fc.uint8Array({ maxLength: 70 }).map((more) => (bytes: Buffer) => Buffer.concat([bytes, more])),
      fc.uint8Array({ maxLength: 4 }).map((more) => (bytes: Buffer) => Buffer.concat([more, bytes])),
      fc.tuple(fc.nat(600), fc.nat(7)).map(([at, bit]) => (bytes: Buffer) => {
        const changed = Buffer.from(bytes)
        const place = at % Math.max(1, bytes.length)
        changed[place] = (changed[place] ?? 0) ^ (1 << bit)
        return changed
      }),
      fc.nat(132).map((length) => () => Buffer.alloc(length)),
      fc.nat(300).map((length) => () => Buffer.alloc(length, 0xff)),
    )
    await fc.assert(
      fc.asyncProperty(algorithms, change, async (algorithm, changed) => {
        const [header, payload, signature = ''] = tokenOf(algorithm).split('.')
        const other = changed(Buffer.from(signature, 'base64url')).toString('base64url')
        await compare(`${header}.${payload}.${other}`, pairOf(right[algorithm]?.[1] ?? '').publicKey, algorithm)
      }),
      run,
    )
  })

  test('gets the verdict of jose for any change of characters', async () => {
    const characters = fc.constantFrom(...base64urlAlphabet, '.', '=', '+', '/', ' ', '\n', 'é', '')
    await fc.assert(
      fc.asyncProperty(algorithms, fc.nat(2_000), characters, async (algorithm, at, character) => {
        const token = tokenOf(algorithm)
        const place = at % token.length
        const changed = token.slice(0, place) + character + token.slice(place + 1)
        const verdict = await compare(changed, pairOf(right[algorithm]?.[1] ?? '').publicKey, algorithm)
        expect(verdict === null).toBe(changed === token)
      }),
      run,
    )
  })
})

describe('rules J2 and J4: headers and claims', () => {
  const numbers = fc.oneof(
    fc.integer({ min: -90, max: 90 }).map((offset) => seconds + offset),
    fc.double({ min: seconds - 31, max: seconds + 31, noNaN: true }),
    fc.constantFrom(0, -0, -1, 1e308, seconds * 1_000, 2 ** 53),
  )
  const texts = fc.constantFrom('shop', 'api', 'blog', 'shop ', '', issuer, `${issuer}/`, 'user-1', `${seconds + 60}`)
  const any = fc.oneof(
    numbers,
    texts,
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.oneof(texts, numbers, fc.constant(null)), { maxLength: 3 }),
    fc.array(fc.array(texts, { maxLength: 1 }), { maxLength: 2 }),
    fc.constantFrom({}, { 0: 'shop', length: 1 }, [['shop']]),
  )
  const names = fc.constantFrom('iss', 'aud', 'sub', 'exp', 'nbf', 'iat', '__proto__', 'toString', 'hasOwnProperty')
  const changes = fc.array(fc.tuple(names, fc.option(any, { nil: undefined, freq: 6 })), { maxLength: 3 })
  const rules = fc.record({
    issuer: fc.constantFrom(issuer, issuer, issuer, 'https://other.example'),
    audience: fc.constantFrom<readonly string[] | null>(['shop'], ['shop', 'api'], ['api'], null),
    clockSkew: fc.constantFrom(0, 30, 300),
    maxAge: fc.constantFrom(null, null, 0, 60, 86_400),
  })

  test('claims of any type and value get the verdict of jose', async () => {
    const verdicts = new Set<string | null>()
    await fc.assert(
      fc.asyncProperty(changes, rules, async (changed, given) => {
        const members = new Map<string, unknown>(Object.entries(good))
        for (const [name, value] of changed) {
          if (value === undefined) members.delete(name)
          else members.set(name, value)
        }
        const payload = `{${[...members].map(([name, value]) => `"${name}":${JSON.stringify(value)}`).join(',')}}`
        verdicts.add(await compare(tokenOf('EdDSA', payload), pairOf('ed25519').publicKey, 'EdDSA', given))
      }),
      { ...run, numRuns: 1_000 },
    )
    expect(verdicts).toContain(null)
    expect(verdicts).toContain('ERR_JWT_EXPIRED')
    expect(verdicts).toContain('ERR_JWT_CLAIM_VALIDATION_FAILED')
  })

  test.each([
    ['an endless expiry', '"exp":1e999'],
    ['an endless time before', '"nbf":1e999'],
    ['a time before that began long ago', '"nbf":-1e999'],
    ['an issue without end', '"iat":1e999'],
    ['a member twice', '"exp":1,"exp":9999999999'],
    ['a member twice, the other way', '"exp":9999999999,"exp":1'],
    ['an issuer twice', `"iss":"https://other.example","iss":"${issuer}"`],
  ])('%s gets the verdict of jose', async (_name, more) => {
    const payload = JSON.stringify(good).replace(/}$/, `,${more}}`)
    for (const maxAge of [null, 60]) {
      await compare(tokenOf('EdDSA', payload), pairOf('ed25519').publicKey, 'EdDSA', { ...usual, maxAge })
    }
  })

  test('header members get the verdict of jose', async () => {
    const values = fc.oneof(any, fc.constantFrom([], ['b64'], ['x'], 'b64', ['exp'], true, false))
    const members = fc.constantFrom('alg', 'crit', 'b64', 'zip', 'typ', 'kid', 'cty', 'jku', 'jwk', 'x5c', '__proto__')
    await fc.assert(
      fc.asyncProperty(fc.dictionary(members, values, { maxKeys: 3 }), async (header) => {
        await compare(tokenOf('EdDSA', good, { header }), pairOf('ed25519').publicKey, 'EdDSA')
      }),
      { ...run, numRuns: 400 },
    )
  })

  test('any payload gets the verdict of jose', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.json(), fc.string(), fc.constantFrom('null', '[]', '"x"', '{"iss":1}')),
        async (payload) => {
          await compare(tokenOf('EdDSA', payload), pairOf('ed25519').publicKey, 'EdDSA')
        },
      ),
      run,
    )
  })
})

test('checks that take long are made by a thread of the pool, and others in line', () => {
  const input = Buffer.from('a.b')
  const answer = (algorithm: string, key: string, length: number) =>
    isSigned(algorithm, pairOf(key).publicKey, input, Buffer.alloc(length))
  expect(answer('RS256', 'rsa', 256)).toBe(false)
  expect(answer('ES256', 'p256', 64)).toBe(false)
  expect(answer('EdDSA', 'ed25519', 64)).toBe(false)
  expect(answer('ES384', 'p384', 96)).toBeInstanceOf(Promise)
  expect(answer('ES512', 'p521', 132)).toBeInstanceOf(Promise)
  const rsaAnswer = (bytes: number, e: string) => {
    const jwk = { kty: 'RSA', n: Buffer.alloc(bytes, 0xff).toString('base64url'), e }
    return isSigned('RS256', createPublicKey({ format: 'jwk', key: jwk }), input, Buffer.alloc(bytes))
  }
  expect(rsaAnswer(512, 'AQAB')).toBe(false)
  expect(rsaAnswer(520, 'AQAB')).toBeInstanceOf(Promise)
  // 65,539 and 4,294,967,295
  expect(rsaAnswer(256, 'AQAD')).toBeInstanceOf(Promise)
  expect(rsaAnswer(256, '_____w')).toBeInstanceOf(Promise)
})

test('a key that OpenSSL refuses to use gives no signature, and no error', async () => {
  const keys = [
    createSecretKey(Buffer.alloc(32)),
    generateKeyPairSync('ed448').publicKey,
    generateKeyPairSync('x25519').publicKey,
    ...Object.values(pairs).map(({ publicKey }) => publicKey),
  ]
  for (const algorithm of algorithmNames) {
    for (const key of keys) {
      for (const length of [0, 1, 64, 96, 132, 256]) {
        expect(await isSigned(algorithm, key, Buffer.from('a.b'), Buffer.alloc(length))).toBe(false)
      }
    }
  }
})
