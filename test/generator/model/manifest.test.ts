import { describe, expect, test } from '@jest/globals'
import { manifestModel } from '../../../generator/model/manifest.ts'
import { durationOf, secondsOf, sizeOf } from '../../../generator/model/quantities.ts'
import type { JsonObject } from '../../../generator/read/index.ts'

const modelOf = (manifest: JsonObject) => manifestModel({ manifest, manifestFile: 'gateway.yaml' })

test.each([
  ['300ms', 300],
  ['2s', 2_000],
  ['5m', 300_000],
  ['1h', 3_600_000],
  ['1d', 86_400_000],
  ['2', null],
  ['2 s', null],
  ['toString', null],
])('the duration %s is %s ms', (text, want) => {
  expect(durationOf(text)).toBe(want)
})

test.each([
  ['10B', 10],
  ['5KB', 5_000],
  ['5MB', 5_000_000],
  ['1MiB', 1_048_576],
  ['1mb', null],
])('the size %s is %s bytes', (text, want) => {
  expect(sizeOf(text)).toBe(want)
})

test('0s is nought seconds, not nothing', () => {
  expect(secondsOf('0s')).toBe(0)
})

describe('what the manifest leaves out', () => {
  test('of a service is not decided here', () => {
    const [service] = modelOf({ services: { orders: { spec: 'orders.yaml' } } }).services
    expect(service).toMatchObject({
      url: [],
      timeout: null,
      security: {},
      credential: [],
      answers: null,
      undeclared: null,
      nestedQuery: 'refuse',
      concurrency: { max: null, queue: null },
      maxAnswer: null,
    })
  })

  test('of an entry of expose is null, so that a less specific one counts', () => {
    const [client] = modelOf({ clients: { web: { expose: { 'orders.*': null, 'orders.get': { bind: {} } } } } }).clients
    const [all, one] = client?.expose ?? []
    expect(Object.values(all?.options ?? {})).toEqual(Array(11).fill(null))
    expect(one?.options.bind).toEqual([])
  })

  test('of an issuer has the defaults of rules J1 and J4', () => {
    const jwt = { type: 'jwt', issuer: '${ISSUER}', audience: 'shop' }
    const [authenticator] = modelOf({ authenticators: { bearer: jwt } }).authenticators
    expect(authenticator).toMatchObject({
      kind: 'jwt',
      issuers: [{ type: 'at+jwt', scopes: 'scope', roles: null, clockSkew: 30, maxAge: null, jwks: null }],
    })
    const [issuer] = authenticator?.kind === 'jwt' ? authenticator.issuers : []
    expect(issuer?.algorithms.map(({ value }) => value)).toEqual(['RS256', 'PS256', 'ES256', 'EdDSA'])
    expect(issuer?.issuer).toMatchObject({ text: '${ISSUER}', variables: [{ name: 'ISSUER', fallback: null }] })
  })

  test('of an authenticator for keys is a header and a pepper', () => {
    const [authenticator] = modelOf({ authenticators: { key: { type: 'api-key', keys: '${KEYS}' } } }).authenticators
    expect(authenticator).toMatchObject({
      in: { value: 'header' },
      header: { value: 'X-API-Key' },
      pepper: { text: '${API_KEY_PEPPER}' },
    })
  })
})

test('null takes the scopes of an issuer away', () => {
  const jwt = { type: 'jwt', issuers: [{ issuer: 'i', audience: ['a', 'b'], scopes: null, typ: 'jwt' }] }
  const [authenticator] = modelOf({ authenticators: { bearer: jwt } }).authenticators
  expect(authenticator).toMatchObject({
    issuers: [{ scopes: null, type: 'jwt', audience: [{ text: 'a' }, { text: 'b' }] }],
  })
})

test('values know their places', () => {
  const [service] = modelOf({
    services: { orders: { url: ['a', 'b'], credential: [{ exchange: { audience: 'x' } }] } },
  }).services
  expect(service?.url[1]?.origin).toEqual({ file: 'gateway.yaml', pointer: '/services/orders/url/1' })
  expect(service?.credential[0]?.origin.pointer).toBe('/services/orders/credential/0/exchange')
})

test('everything that says who may call is kept as written', () => {
  const access = { override: { roles: ['support'] }, because: 'SEC-142', when: '$principal.a == 1', scopes: ['x'] }
  const [client] = modelOf({ clients: { web: { expose: { 'a.b': { access } } } } }).clients
  expect(client?.expose[0]?.options.access).toMatchObject({
    public: null,
    scopes: ['x'],
    authenticated: false,
    when: { value: '$principal.a == 1' },
    override: { roles: ['support'], override: null },
    because: { value: 'SEC-142' },
  })
})
