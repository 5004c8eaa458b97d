import { describe, expect, test } from '@jest/globals'
import { manifestModel } from '../../../generator/model/manifest.ts'
import type { JsonObject } from '../../../generator/read/index.ts'

const modelOf = (manifest: JsonObject) => manifestModel({ manifest, manifestFile: 'gateway.yaml' })

describe('defaults of the manifest', () => {
  test('of a service: those of the settings that only services have', () => {
    const [service] = modelOf({ services: { orders: { spec: 'orders.yaml' } } }).services
    expect(service).toMatchObject({
      url: [],
      security: {},
      nestedQuery: 'refuse',
      unprovenPatterns: 'refuse',
      concurrency: { max: 128, queue: 10_000, wait: 2_000, streams: 4_096 },
      maxAnswer: 5_242_880,
    })
  })

  test('of an inherited setting are not applied here', () => {
    const [service] = modelOf({ services: { orders: { spec: 'orders.yaml' } } }).services
    expect(new Set(Object.values(service?.settings ?? {}))).toEqual(new Set([null]))
  })

  test('of an entry of expose: null, so that a less specific entry applies', () => {
    const [client] = modelOf({ clients: { web: { expose: { 'orders.*': null, 'orders.get': { bind: {} } } } } }).clients
    const [all, one] = client?.expose ?? []
    expect(new Set(Object.values(all?.options ?? {}))).toEqual(new Set([null]))
    expect(one?.options.bind?.value).toEqual([])
  })

  test('of an issuer: those of rules J1 and J4', () => {
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

  test('of an authenticator for keys: a header and a pepper', () => {
    const [authenticator] = modelOf({ authenticators: { key: { type: 'api-key', keys: '${KEYS}' } } }).authenticators
    expect(authenticator).toMatchObject({
      in: { value: 'header' },
      header: { value: 'X-API-Key' },
      pepper: { text: '${API_KEY_PEPPER}' },
    })
  })
})

test('null removes the scopes of an issuer', () => {
  const jwt = { type: 'jwt', issuers: [{ issuer: 'i', audience: ['a', 'b'], scopes: null, typ: 'jwt' }] }
  const [authenticator] = modelOf({ authenticators: { bearer: jwt } }).authenticators
  expect(authenticator).toMatchObject({
    issuers: [{ scopes: null, type: 'jwt', audience: [{ text: 'a' }, { text: 'b' }] }],
  })
})

test('an issuer has clients and marks, each a text or a list', () => {
  const jwt = (more: JsonObject) => ({ type: 'jwt', issuer: 'i', audience: 'none', ...more })
  const { authenticators } = modelOf({
    authenticators: {
      one: jwt({ clientIds: '${WEB}', accessMarks: { idtyp: 'app' } }),
      many: jwt({ clientIds: ['web', 'app'], accessMarks: { azpacr: ['1', '2'], "['https://x/y'].z": 'api' } }),
      none: jwt({}),
    },
  })
  const issuers = authenticators.flatMap((one) => (one.kind === 'jwt' ? one.issuers : []))
  expect(issuers.map(({ clientIds }) => clientIds.map(({ text }) => text))).toEqual([['${WEB}'], ['web', 'app'], []])
  expect(issuers.map(({ accessMarks }) => accessMarks.map(({ claim, texts }) => [claim, texts]))).toEqual([
    [['idtyp', ['app']]],
    [
      ['azpacr', ['1', '2']],
      ["['https://x/y'].z", ['api']],
    ],
    [],
  ])
})

test('values have their places', () => {
  const [service] = modelOf({
    services: { orders: { url: ['a', 'b'], credential: [{ exchange: { audience: 'x' } }] } },
  }).services
  expect(service?.url[1]?.origin).toEqual({ file: 'gateway.yaml', pointer: '/services/orders/url/1' })
  expect(service?.settings.credential?.value[0]?.origin.pointer).toBe('/services/orders/credential/0/exchange')
})

test('access rules are kept as written', () => {
  const access = { override: { roles: ['support'] }, because: 'SEC-142', when: '$principal.a == 1', scopes: ['x'] }
  const [client] = modelOf({ clients: { web: { expose: { 'a.b': { access } } } } }).clients
  expect(client?.expose[0]?.options.access?.value).toMatchObject({
    public: null,
    scopes: ['x'],
    authenticated: false,
    when: { value: '$principal.a == 1' },
    override: { roles: ['support'], override: null },
    because: { value: 'SEC-142' },
  })
})
