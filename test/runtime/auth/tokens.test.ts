import { createPublicKey, type JsonWebKey } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createEnvironment } from '../../../templates/runtime/environment/environment.ts'
import { type Authenticate, createAuthenticate } from '../../../templates/runtime/steps/authenticate.ts'
import {
  anySignature,
  base64url,
  base64urlAlphabet,
  forge,
  hs256,
  makeExponentOneSigner,
  makeRsaSigner,
  respelt,
  type Signer,
} from '../../support/forgery.ts'
import { aClient, createMemoryLog, issuerOf, refusalOf } from '../../support/identity.ts'
import {
  audience,
  type IdentityProvider,
  makePair,
  type SigningPair,
  startIdentityProvider,
} from '../../support/identityProvider.ts'
import { compareWithJose } from '../../support/joseVerifier.ts'

const log = createMemoryLog()
const now = () => Math.floor(Date.now() / 1_000)

let idp: IdentityProvider
let other: IdentityProvider
let authenticate: Authenticate
/** Another key with the id of the published one. */
let stranger: SigningPair
/** Published with the main key, by id. All but the first two are invalid. */
const published = new Map<string, SigningPair>()
const signers: Readonly<Record<string, Signer>> = {
  own: makeRsaSigner(2_048, 65_537),
  'rsa-1024': makeRsaSigner(1_024, 65_537),
  'exponent-3': makeRsaSigner(2_048, 3),
  'exponent-1': makeExponentOneSigner(),
}

beforeAll(async () => {
  idp = await startIdentityProvider('RS256')
  other = await startIdentityProvider('RS256')
  stranger = await makePair('RS256', idp.current.jwk.kid)
  const publish = async (kid: string, algorithm: string, more: object = {}) => {
    const pair = await makePair(algorithm, kid)
    published.set(kid, pair)
    idp.published.push({ ...pair.jwk, ...more })
  }
  await publish('ec', 'ES256')
  await publish('for-encryption', 'RS256', { use: 'enc' })
  await publish('for-signing-only', 'RS256', { key_ops: ['sign'] })
  await publish('named-es256', 'RS256', { alg: 'ES256' })
  for (const [kid, { jwk }] of Object.entries(signers)) idp.published.push({ ...jwk, kid })
  idp.published.push({ kty: 'oct', k: base64url('secret'.repeat(8)), kid: 'symmetric' })
  idp.published.push({ ...idp.current.jwk, d: 'AAAA', kid: 'private' })
  const client = aClient({ bearer: { kind: 'jwt', issuers: [issuerOf(idp), issuerOf(other)] } })
  authenticate = createAuthenticate(client, createEnvironment({}), { observer: log.observer })
})

afterAll(async () => {
  authenticate.close()
  await Promise.all([idp.close(), other.close()])
})

async function refusal(authorization: string): Promise<string | null> {
  const reason = await refusalOf(authenticate, authorization)
  await compareWithJose(authorization, reason, [idp, other])
  return reason
}

const good = { alg: 'RS256', kid: 'key-1', typ: 'at+jwt' }

function claims(more: object = {}): object {
  return { iss: idp.issuer, aud: audience, sub: 'user-1', iat: now(), exp: now() + 300, ...more }
}

/** A valid token of the provider, except for the given members. */
async function bearer(more: object = {}, header: Record<string, unknown> = {}, pair?: SigningPair): Promise<string> {
  return `Bearer ${await idp.token({ ...more }, header, pair)}`
}

/** A token with any header and an invalid signature. */
function unsigned(header: object, payload: object = claims()): string {
  return `Bearer ${forge({ ...good, ...header }, payload, anySignature)}`
}

/** A token with any text as claims, signed with a published key. */
function signedText(text: string, kid = 'own'): string {
  return `Bearer ${forge({ ...good, kid }, text, signers[kid]?.sign ?? anySignature)}`
}

const signedClaims = (more: object, kid?: string) => signedText(JSON.stringify(claims(more)), kid)

async function parts(token: Promise<string>): Promise<[string, string, string]> {
  const [header = '', payload = '', signature = ''] = (await token).split('.')
  return [header, payload, signature]
}

type Make = () => string | Promise<string>

const refused: Readonly<Record<string, readonly [make: Make, reason: string]>> = {
  // The header field
  'an empty header': [() => '', 'scheme-unsupported'],
  'another scheme': [async () => `Basic ${await idp.token()}`, 'scheme-unsupported'],
  'the scheme alone': [() => 'Bearer', 'scheme-unsupported'],
  'a token without a scheme': [() => idp.token(), 'scheme-unsupported'],
  'two tokens': [async () => `Bearer ${await idp.token()} ${await idp.token()}`, 'token-malformed: not three segments'],

  // Form (rule J3)
  'an opaque token': [() => 'Bearer c2VjcmV0', 'token-malformed: not three segments'],
  'two segments': [() => `Bearer ${base64url(good)}.${base64url(claims())}`, 'token-malformed: not three segments'],
  'four segments': [async () => `Bearer ${await idp.token()}.AAAA`, 'token-malformed: not three segments'],
  'an encrypted token': [() => 'Bearer AAAA.AAAA.AAAA.AAAA.AAAA', 'token-malformed: not three segments'],
  'more than 8 KB': [
    async () => `Bearer ${await idp.token({ filler: 'x'.repeat(8_000) })}`,
    'token-malformed: too long',
  ],
  'a padded segment': [async () => `Bearer ${await idp.token()}==`, 'token-malformed: not canonical base64url'],
  'a no-break space after the token': [
    async () => `Bearer ${await idp.token()}\u00a0`,
    'token-malformed: not canonical base64url',
  ],
  'a no-break space before the token': [
    async () => `Bearer \u00a0${await idp.token()}`,
    'token-malformed: not canonical base64url',
  ],
  'a tab before the token': [async () => `Bearer \t${await idp.token()}`, 'token-malformed: not canonical base64url'],
  'a space inside': [
    async () => {
      const [header, payload, signature] = await parts(idp.token())
      return `Bearer ${header}.${payload}.${signature.slice(0, 9)} ${signature.slice(9)}`
    },
    'token-malformed: not canonical base64url',
  ],
  'another spelling of the same signature': [
    async () => {
      const [header, payload, signature] = await parts(idp.token())
      return `Bearer ${header}.${payload}.${respelt(signature)}`
    },
    'token-malformed: not canonical base64url',
  ],
  'base64 instead of base64url': [
    async () => `Bearer ${(await idp.token({ pad: '??>>??>>' })).replaceAll('-', '+').replaceAll('_', '/')}`,
    'token-malformed: not canonical base64url',
  ],
  'an empty signature': [
    () => `Bearer ${base64url(good)}.${base64url(claims())}.`,
    'token-malformed: not canonical base64url',
  ],
  'an empty payload': [
    async () => `Bearer ${(await parts(idp.token()))[0]}..AAAA`,
    'token-malformed: not canonical base64url',
  ],
  'a header that is not JSON': [
    () => `Bearer ${base64url('{alg:RS256}')}.${base64url(claims())}.AAAA`,
    'token-malformed: not JSON objects',
  ],
  'a header that is a list': [
    () => `Bearer ${base64url([good])}.${base64url(claims())}.AAAA`,
    'token-malformed: not JSON objects',
  ],
  'claims that are null': [
    () => `Bearer ${base64url(good)}.${base64url('null')}.AAAA`,
    'token-malformed: not JSON objects',
  ],
  'claims that are not UTF-8': [() => `Bearer ${base64url(good)}.gP8.AAAA`, 'token-malformed: not JSON objects'],

  // Algorithms (rule J1)
  'alg none without signature': [
    () => `Bearer ${base64url({ ...good, alg: 'none' })}.${base64url(claims())}.`,
    'token-malformed: not canonical base64url',
  ],
  ...Object.fromEntries(
    ['none', 'None', 'NONE', 'nOnE', '', 'rs256', 'RS1', 'ES256K', 'HS384', '__proto__', 'toString'].map((alg) => [
      `alg ${JSON.stringify(alg)}`,
      [() => unsigned({ alg }), `token-algorithm: ${alg}`],
    ]),
  ),
  'no alg': [
    () => `Bearer ${forge({ kid: 'key-1', typ: 'at+jwt' }, claims(), anySignature)}`,
    'token-malformed: no algorithm',
  ],
  'alg as a list': [() => unsigned({ alg: ['RS256'] }), 'token-malformed: no algorithm'],
  'HS256 with the public key as PEM': [
    () => {
      const pem = createPublicKey({ format: 'jwk', key: idp.current.jwk as JsonWebKey }).export({
        format: 'pem',
        type: 'spki',
      })
      return `Bearer ${forge({ ...good, alg: 'HS256' }, claims(), hs256(pem))}`
    },
    'token-algorithm: HS256',
  ],
  'HS256 with the modulus': [
    () => `Bearer ${forge({ ...good, alg: 'HS256' }, claims(), hs256(idp.current.jwk.n ?? ''))}`,
    'token-algorithm: HS256',
  ],
  'HS256 with a published symmetric key': [
    () => `Bearer ${forge({ ...good, alg: 'HS256', kid: 'symmetric' }, claims(), hs256('secret'.repeat(8)))}`,
    'token-algorithm: HS256',
  ],
  'RS384, which this issuer is not allowed': [() => unsigned({ alg: 'RS384' }), 'token-algorithm: RS384'],
  'PS256 with a key that is for RS256': [() => unsigned({ alg: 'PS256' }), 'token-key-unknown: kid key-1, PS256'],
  'ES256 with the id of an RSA key': [
    () => bearer({}, { alg: 'ES256', kid: 'key-1' }, published.get('ec')),
    'token-key-unknown: kid key-1, ES256',
  ],
  'ES256 with a signature of zeros': [
    () =>
      `Bearer ${forge({ ...good, alg: 'ES256', kid: 'ec' }, claims(), () => Buffer.alloc(64).toString('base64url'))}`,
    'token-signature: kid ec, ES256',
  ],
  'ES256 with a DER signature': [
    () =>
      `Bearer ${forge({ ...good, alg: 'ES256', kid: 'ec' }, claims(), () => Buffer.alloc(70, 48).toString('base64url'))}`,
    'token-signature: kid ec, ES256',
  ],

  // Keys (rules J1, J2, J5)
  'a key that is for encryption': [
    () => bearer({}, { kid: 'for-encryption' }, published.get('for-encryption')),
    'token-key-unknown: kid for-encryption, RS256',
  ],
  'a key that may not verify': [
    () => bearer({}, { kid: 'for-signing-only' }, published.get('for-signing-only')),
    'token-key-unknown: kid for-signing-only, RS256',
  ],
  'a key that names another algorithm': [
    () => bearer({}, { kid: 'named-es256' }, published.get('named-es256')),
    'token-key-unknown: kid named-es256, RS256',
  ],
  'a key whose private half is published': [
    () => bearer({}, { kid: 'private' }),
    'token-key-unknown: kid private, RS256',
  ],
  'an RSA key of 1024 bits': [() => signedClaims({}, 'rsa-1024'), 'token-key-unknown: kid rsa-1024, RS256'],
  'an RSA key with exponent 3': [() => signedClaims({}, 'exponent-3'), 'token-key-unknown: kid exponent-3, RS256'],
  'an RSA key with exponent 1, forged': [
    () => signedClaims({}, 'exponent-1'),
    'token-key-unknown: kid exponent-1, RS256',
  ],
  "a stranger's key under a known id": [() => bearer({}, {}, stranger), 'token-signature: kid key-1, RS256'],
  "a stranger's key in the header": [
    () => bearer({}, { jwk: stranger.jwk }, stranger),
    'token-signature: kid key-1, RS256',
  ],
  "the address of a stranger's keys in the header": [
    () => bearer({}, { jku: `${other.issuer}/jwks?canary` }, stranger),
    'token-signature: kid key-1, RS256',
  ],
  'a certificate chain in the header': [
    () => bearer({}, { x5u: `${other.issuer}/x5u`, x5c: ['AAAA'] }, stranger),
    'token-signature: kid key-1, RS256',
  ],
  'an unknown key id': [() => bearer({}, { kid: 'key-9' }), 'token-key-unknown: kid key-9, RS256'],
  'a key id that is a path': [
    () => bearer({}, { kid: '../../../dev/null' }),
    'token-key-unknown: kid ../../../dev/null, RS256',
  ],
  'a key id that is a number': [() => unsigned({ kid: 1 }), 'token-malformed: key id is not text'],
  'another issuer, signed with its own keys for this one': [
    () => bearer({ iss: idp.issuer }, {}, other.current),
    'token-signature: kid key-1, RS256',
  ],

  // Header extensions (rule J2)
  'an unknown critical extension': [
    () => unsigned({ crit: ['x'], x: 1 }),
    'token-malformed: header asks for an extension',
  ],
  'an empty crit': [() => unsigned({ crit: [] }), 'token-malformed: header asks for an extension'],
  compression: [() => unsigned({ zip: 'DEF' }), 'token-malformed: header asks for an extension'],
  'an unencoded payload': [() => unsigned({ b64: false }), 'token-malformed: header asks for an extension'],

  // Claims (rule J4)
  'no type': [() => bearer({}, { typ: undefined }), 'token-type: none'],
  'type JWT': [() => bearer({}, { typ: 'JWT' }), 'token-type: jwt'],
  'a logout token': [() => bearer({}, { typ: 'logout+jwt' }), 'token-type: logout+jwt'],
  'a proof of possession': [() => bearer({}, { typ: 'dpop+jwt' }), 'token-type: dpop+jwt'],
  'a type that is a number': [() => unsigned({ typ: 1 }), 'token-malformed: type is not text'],
  'no issuer': [() => bearer({ iss: undefined }), 'token-malformed: no issuer'],
  'an issuer that is a list': [() => unsigned({}, claims({ iss: [idp.issuer] })), 'token-malformed: no issuer'],
  'the issuer with a slash': [() => bearer({ iss: `${idp.issuer}/` }), 'token-issuer'],
  'the issuer in capitals': [() => bearer({ iss: idp.issuer.toUpperCase() }), 'token-issuer'],
  'an issuer named __proto__': [() => bearer({ iss: '__proto__' }), 'token-issuer'],
  'no audience': [() => bearer({ aud: undefined }), 'token-audience'],
  'another audience': [() => bearer({ aud: 'blog' }), 'token-audience'],
  'an audience that only begins alike': [() => bearer({ aud: `${audience}-admin` }), 'token-audience'],
  'an audience in one text with others': [() => bearer({ aud: `blog ${audience}` }), 'token-audience'],
  'no subject': [() => bearer({ sub: undefined }), 'token-claim: sub'],
  'an empty subject': [() => bearer({ sub: '' }), 'token-claim: sub is empty or not text'],
  'a subject that is a number': [() => signedClaims({ sub: 1 }), 'token-claim: sub is empty or not text'],
  'no expiry': [() => bearer({ exp: undefined }), 'token-claim: exp'],
  'an expiry that is text': [() => signedClaims({ exp: '9999999999' }), 'token-claim: exp'],
  'an endless expiry': [
    () => signedText(JSON.stringify(claims({ exp: 0 })).replace('"exp":0', '"exp":1e999')),
    'token-claim: exp is not a time',
  ],
  expired: [() => bearer({ exp: now() - 40 }), 'token-expired: exp'],
  'not yet valid (rule F21)': [() => bearer({ nbf: now() + 120 }), 'token-not-yet-valid: nbf'],
  'issued in the future': [
    () => bearer({ iat: now() + 120 }),
    'token-not-yet-valid: iat is in the future or not a time',
  ],
  'bound to a key of the client (rule J8)': [() => bearer({ cnf: { jkt: 'thumbprint' } }), 'token-bound'],
  'two issuers in one payload': [
    // The last member counts everywhere, so the issuer that selects the keys is the verified one.
    () =>
      signedText(
        JSON.stringify(claims())
          .replace('{', `{"iss":${JSON.stringify(other.issuer)},`)
          .replace(/}$/, `,"iss":"https://evil.example"}`),
      ),
    'token-issuer',
  ],
}

describe('rules J1 to J4: a token that is not exactly right is 401', () => {
  test.each(Object.entries(refused))('%s', async (_name, [make, reason]) => {
    expect(await refusal(await make())).toBe(reason)
  })

  test('control: the same token without a fault is accepted', async () => {
    expect(await refusal(await bearer())).toBeNull()
    expect(await refusal(signedClaims({}))).toBeNull()
    expect(await refusal(await bearer({}, { alg: 'ES256', kid: 'ec' }, published.get('ec')))).toBeNull()
  })

  test('rule J2: key URLs in a header are never fetched', () => {
    expect(other.hits).toEqual({ jwks: 1, metadata: 0, token: 0 })
  })

  test('no token of these tests, and no secret, is in the log', () => {
    expect(log.lines.join('\n')).not.toMatch(/eyJ|Bearer /)
  })
})

test('rule J3: changing any one character of a token invalidates it', async () => {
  const token = await idp.token()
  const characters = fc.constantFrom(...base64urlAlphabet, '.', '=', ' ', 'é')
  await fc.assert(
    fc.asyncProperty(fc.nat(token.length - 1), characters, async (place, character) => {
      fc.pre(token[place] !== character)
      const changed = token.slice(0, place) + character + token.slice(place + 1)
      expect(await refusal(`Bearer ${changed}`)).not.toBeNull()
    }),
    { numRuns: 300 },
  )
})

test('rule J1: any text as a token is 401', async () => {
  const segment = fc.oneof(fc.string(), fc.base64String(), fc.json().map(base64url), fc.object().map(base64url))
  await fc.assert(
    fc.asyncProperty(fc.array(segment, { maxLength: 5 }), async (segments) => {
      expect(await refusal(`Bearer ${segments.join('.')}`)).not.toBeNull()
    }),
    { numRuns: 300 },
  )
})
