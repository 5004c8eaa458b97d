import { describe, expect, test } from '@jest/globals'
import { diffTrust } from '../../../generator/diff/trust.ts'
import type { Trust } from '../../../generator/plan/types.ts'
import type { Authenticator, JwtIssuer } from '../../../templates/runtime/vocabulary.ts'

function issuer(over: Partial<JwtIssuer> = {}): JwtIssuer {
  return {
    issuer: 'https://idp.example',
    audience: ['shop'],
    clientIds: [],
    accessMarks: [],
    jwks: null,
    algorithms: ['RS256'],
    type: 'at+jwt',
    scopes: ['scope'],
    roles: null,
    clockSkew: 30,
    maxAge: 600,
    ...over,
  }
}

function trust(over: Partial<Trust> = {}): Trust {
  return {
    audience: 'internal',
    authenticators: { web: tokens(), key: key() },
    cors: { origins: ['https://shop.example'], credentials: false, expose: [], maxAge: 600 },
    publicHosts: ['api.example'],
    trustedProxies: ['10.0.0.1'],
    unverifiedTls: 'refuse',
    ...over,
  }
}

const tokens = (...over: readonly Partial<JwtIssuer>[]): Authenticator => ({
  kind: 'jwt',
  issuers: (over.length === 0 ? [{}] : over).map(issuer),
})
const key = (
  over: { readonly header?: string; readonly keys?: string; readonly pepper?: string } = {},
): Authenticator => ({
  kind: 'api-key',
  header: 'X-Key',
  keys: '${KEYS}',
  pepper: '${PEPPER}',
  ...over,
})
const web = (...over: readonly Partial<JwtIssuer>[]): Trust =>
  trust({ authenticators: { web: tokens(...over), key: key() } })
const cors = (over: Partial<NonNullable<Trust['cors']>>): Trust =>
  trust({ cors: { origins: ['https://shop.example'], credentials: false, expose: [], maxAge: 600, ...over } })

/** As a comparison reads it: JSON. */
const read = (one: Trust): Readonly<Record<string, unknown>> => JSON.parse(JSON.stringify(one))

/** `how where: what` of each change. */
function changes(before: Trust, after: Trust): readonly string[] {
  return diffTrust(read(before), read(after)).map(({ how, where, what }) => `${how} ${where}: ${what}`)
}

const at = 'authenticators.web:'

// Each row is compared in both directions.
const given: readonly (readonly [what: string, after: Trust, forth: readonly string[], back: readonly string[]])[] = [
  [
    'an audience',
    web({ audience: ['shop', 'admin'] }),
    [`wider ${at} tokens for the audience admin are accepted now`],
    [`narrower ${at} tokens for the audience admin are not accepted now`],
  ],
  [
    'tokens without an audience',
    web({ audience: null, clientIds: ['a'] }),
    [
      `wider ${at} tokens without an audience are accepted now`,
      `narrower ${at} tokens for the audience shop are not accepted now`,
      `narrower ${at} only tokens of a are accepted now`,
    ],
    [
      `wider ${at} tokens for the audience shop are accepted now`,
      `narrower ${at} tokens without an audience are not accepted now`,
      `wider ${at} tokens of any client are accepted now`,
    ],
  ],
  [
    'an issuer',
    web({}, { issuer: 'https://other.example' }),
    [`wider ${at} tokens of https://other.example for the audience shop are accepted now`],
    [`narrower ${at} tokens of https://other.example for the audience shop are no longer accepted`],
  ],
  [
    'the type of tokens',
    web({ type: 'jwt' }),
    [`wider ${at} tokens are accepted now whose header does not say that they are access tokens (typ: jwt)`],
    [`narrower ${at} only tokens whose header says that they are access tokens are accepted now (typ: at+jwt)`],
  ],
  [
    'the source of keys',
    web({ jwks: 'https://keys.example' }),
    [`wider ${at} keys are those of https://keys.example now`],
    [`wider ${at} keys are found by discovery now`],
  ],
  [
    'an algorithm',
    web({ algorithms: ['RS256', 'ES256'] }),
    [`wider ${at} signatures by ES256 are accepted now`],
    [`narrower ${at} signatures by ES256 are not accepted now`],
  ],
  [
    'a mark of access tokens',
    web({ accessMarks: [{ claim: ['idtyp'], texts: ['app'] }] }),
    [`wider ${at} access tokens marked by idtyp: app are accepted now`],
    [`narrower ${at} access tokens marked by idtyp: app are not accepted now`],
  ],
  [
    'the claim of scopes',
    web({ scopes: ['a', 'b'] }),
    [`wider ${at} scopes are read from a.b now`],
    [`wider ${at} scopes are read from scope now`],
  ],
  [
    'roles',
    web({ roles: ['roles'] }),
    [`wider ${at} roles are read from roles now`],
    [`narrower ${at} tokens have no roles now`],
  ],
  [
    'the difference of clocks',
    web({ clockSkew: 60 }),
    [`wider ${at} clocks may differ by 60 s now`],
    [`narrower ${at} clocks may differ by 30 s now`],
  ],
  [
    'the age of tokens',
    web({ maxAge: null }),
    [`wider ${at} tokens may be of any age now`],
    [`narrower ${at} tokens may be 600 s old now`],
  ],
  [
    'an authenticator',
    trust({ authenticators: { web: tokens() } }),
    ['narrower authenticators.key: gone: API keys in the header X-Key are no longer accepted'],
    ['wider authenticators.key: new: API keys in the header X-Key are accepted now'],
  ],
  [
    'an authenticator of another kind',
    trust({ authenticators: { web: key(), key: key() } }),
    [
      `wider ${at} new: API keys in the header X-Key are accepted now`,
      `narrower ${at} gone: tokens of https://idp.example for the audience shop are no longer accepted`,
    ],
    [
      `wider ${at} new: tokens of https://idp.example for the audience shop are accepted now`,
      `narrower ${at} gone: API keys in the header X-Key are no longer accepted`,
    ],
  ],
  [
    'the records of API keys',
    trust({ authenticators: { web: tokens(), key: key({ keys: '${OTHER}' }) } }),
    ['wider authenticators.key: the records of keys come from ${OTHER} now'],
    ['wider authenticators.key: the records of keys come from ${KEYS} now'],
  ],
  [
    'the kind of client',
    trust({ audience: 'external' }),
    ['wider audience: callers are of other organisations now (audience: external)'],
    ['other audience: callers are of the same organisation now (audience: internal), so fewer checks apply'],
  ],
  [
    'an origin',
    cors({ origins: ['https://shop.example', 'https://b.example'] }),
    ['wider cors: pages of https://b.example may read answers now'],
    ['narrower cors: pages of https://b.example may no longer read answers'],
  ],
  [
    'CORS',
    trust({ cors: null }),
    ['narrower cors: pages of https://shop.example may no longer read answers'],
    ['wider cors: pages of https://shop.example may read answers now'],
  ],
  [
    'cookies of pages',
    cors({ credentials: true }),
    ['wider cors: pages may send cookies and read the answers now'],
    ['narrower cors: pages may no longer send cookies'],
  ],
  [
    'headers that pages may read',
    cors({ expose: ['ETag'] }),
    ['wider cors: pages may read the header ETag now'],
    ['narrower cors: pages may no longer read the header ETag'],
  ],
  [
    'the age of preflights',
    cors({ maxAge: 60 }),
    ['other cors: preflights are kept for 60 s now'],
    ['other cors: preflights are kept for 600 s now'],
  ],
  [
    'a trusted proxy',
    trust({ trustedProxies: ['10.0.0.1', '10.0.0.2'] }),
    ['wider trustedProxies: X-Forwarded-* of 10.0.0.2 is believed now'],
    ['narrower trustedProxies: X-Forwarded-* of 10.0.0.2 is no longer believed'],
  ],
  [
    'any host',
    trust({ publicHosts: null }),
    ['wider publicHosts: requests to any host are accepted now'],
    ['narrower publicHosts: only requests to api.example are accepted now'],
  ],
  [
    'unverified certificates',
    trust({ unverifiedTls: 'allow' }),
    ['wider unverifiedTls: services may have any certificate if the environment says so'],
    ['narrower unverifiedTls: the gateway does not start if certificates are not verified'],
  ],
]

describe('who is believed changes with', () => {
  test.each(given)('%s', (_, after, forth) => {
    expect(changes(trust(), after)).toEqual(forth)
  })

  test.each(given)('%s, and back', (_, after, __, back) => {
    expect(changes(after, trust())).toEqual(back)
  })

  test('nothing if only the order of lists differs', () => {
    const one = web({ algorithms: ['RS256', 'ES256'], audience: ['a', 'b'] }, { issuer: 'https://b.example' })
    const other = web({ issuer: 'https://b.example' }, { algorithms: ['ES256', 'RS256'], audience: ['b', 'a'] })
    expect(changes(one, other)).toEqual([])
  })
})
