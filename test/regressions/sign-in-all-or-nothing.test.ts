import { generateKeyPairSync } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { emit } from '../../generator/emit/index.ts'
import { Diagnostics } from '../../generator/support/index.ts'
import { hashKey } from '../../templates/runtime/auth/keys.ts'
import { type IdentityProvider, startIdentityProvider } from '../support/identityProvider.ts'
import { operation, orderId, planned } from '../support/planned.ts'
import { type RawResponse, requestText, sendRaw } from '../support/rawClient.ts'
import { type Answer, createRecordingService, type RecordingService } from '../support/recordingService.ts'
import { startTestGateway } from '../support/testGateway.ts'

// A document with `security: [{}, jwt]` could be exposed to callers with a token or to everybody, but then the service never got the token.

let idp: IdentityProvider
const closing: { close(): unknown }[] = []
const signing = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' })
const secret = '0123456789abcdef0123456789abcdef'
const pepper = 'a pepper for tests, which is long'

beforeAll(async () => {
  idp = await startIdentityProvider()
})
afterEach(async () => {
  for (const each of closing.splice(0).reverse()) await each.close()
})
afterAll(() => idp.close())

const credentials = {
  principal: 'principal',
  exchange: "{ exchange: { tokenUrl: '${TOKEN_URL}', clientId: a, clientSecret: '${SECRET}', audience: orders } }",
  identity: "{ identity: { issuer: 'https://g.example', audience: orders, key: '${KEY}' } }",
  both: "[principal, { header: { name: X-Key, value: '${SECRET}' } }]",
  header: "{ header: { name: X-Key, value: '${SECRET}' } }",
} as const

interface Case {
  readonly credential?: string
  readonly authenticate?: string
  readonly access?: string
  /** Further options of the entry. */
  readonly options?: string
  readonly security?: string
  readonly client?: string
  readonly method?: 'get' | 'head' | 'post'
}

const optional = '{ public: Anyone may look, optional: true }'

function plan({ credential = 'principal', authenticate = 'bearer', access = optional, options = '', ...more }: Case) {
  const { security = '[{}, { jwt: [] }]', client = '', method = 'get' } = more
  const document = `
openapi: 3.1.0
info: { title: Orders, version: '1' }
components: { securitySchemes: { jwt: { type: http, scheme: bearer } } }
paths:
  /orders/{orderId}: { ${operation(method, `operationId: look, security: ${security}, parameters: [${orderId}, { name: q, in: query, schema: { type: string } }]`)} }
`
  const manifest = `
gatewright: 1
name: shop
services:
  orders: { spec: orders.yaml, url: '\${ORDERS_URL}', security: { jwt: principal }, credential: ${credential} }
authenticators:
  bearer: { type: jwt, issuer: '\${ISSUER}', audience: shop }
  keys: { type: api-key, header: X-Api-Key, keys: '\${KEYS}', pepper: '\${PEPPER}' }
clients:
  web: { authenticate: [${authenticate}], ${client === '' ? '' : `${client}, `}expose: { orders.look: { ${access === '' ? '' : `access: ${access}`}${options} } } }
`
  return planned(manifest, { orders: document })
}

/** Without that of the authenticator which the client does not use. */
const codesOf = (one: Case): readonly string[] => plan(one).codes.filter((code) => code !== 'GW3313')

interface Started {
  readonly service: RecordingService
  ask(fields?: readonly string[], method?: string): Promise<RawResponse>
}

const json: Answer = (_request, res) => res.writeHead(200, { 'content-type': 'application/json' }).end('{}')

async function start(one: Case, answer: Answer = json): Promise<Started> {
  const { client } = plan(one)
  const service = await createRecordingService(answer)
  closing.push(service)
  const [orders] = client.services
  const key = { id: 'caller', hash: hashKey(pepper, secret), subject: 'caller', scopes: [], claims: {} }
  const gateway = await startTestGateway({
    client: client.client,
    routes: client.routes.map(({ written }) => written),
    services: Object.fromEntries(client.services.map(({ id, service: each }) => [id, each])),
    operations: orders?.schemas.operations ?? {},
    schemas: orders?.schemas.schemas ?? {},
    env: {
      ORDERS_URL: service.url,
      ISSUER: idp.issuer,
      TOKEN_URL: idp.tokenUrl,
      SECRET: 'secret',
      KEY: String(signing),
      KEYS: JSON.stringify([key]),
      PEPPER: pepper,
    },
  })
  closing.push(gateway)
  const ask: Started['ask'] = async (fields = [], method = 'GET') => {
    const send = () => sendRaw(gateway.port, requestText(`${method} /orders/1 HTTP/1.1`, fields))
    let found = await send()
    // The keys of the issuer may not have arrived yet.
    while (found.status === 503) found = await send()
    return found
  }
  return { service, ask }
}

const token = async () => `Authorization: Bearer ${await idp.token()}`
const apiKey = `X-Api-Key: shop_caller_${secret}`
const carried = ({ requests }: RecordingService) =>
  requests.map(({ headers }) => Object.keys(headers).filter((name) => name === 'authorization' || name === 'x-key'))

describe('a credential of the caller is sent if there is one (rule J9)', () => {
  test.each<[string, Case, string, readonly string[], readonly string[]]>([
    ['principal', {}, 'token', [], ['authorization']],
    ['exchange', { credential: credentials.exchange }, 'token', [], ['authorization']],
    ['identity', { credential: credentials.identity }, 'token', [], ['authorization']],
    [
      'identity, for an API key',
      { credential: credentials.identity, authenticate: 'keys' },
      'key',
      [],
      ['authorization'],
    ],
    ['principal and a header', { credential: credentials.both }, 'token', ['x-key'], ['authorization', 'x-key']],
    ['a header', { credential: credentials.header }, 'token', ['x-key'], ['x-key']],
    ['nothing', { credential: 'none' }, 'token', [], []],
    [
      'principal, by an override',
      { security: '[{ jwt: [] }]', access: `{ override: ${optional}, because: Why }` },
      'token',
      [],
      ['authorization'],
    ],
  ])('%s', async (_, one, kind, without, having) => {
    expect(codesOf(one)).toEqual([])
    const { service, ask } = await start(one)
    const found = [await ask(), await ask([kind === 'key' ? apiKey : await token()])]
    expect(found.map(({ status }) => status)).toEqual([200, 200])
    expect(carried(service).map((names) => names.sort())).toEqual([without, having])
  })

  test.each(['head', 'post'] as const)('by %s', async (method) => {
    const { service, ask } = await start({ method })
    const found = [await ask([], method.toUpperCase()), await ask([await token()], method.toUpperCase())]
    expect(found.map(({ status, header }) => [status, header('vary')])).toEqual([
      [200, 'authorization, cookie'],
      [200, 'authorization, cookie'],
    ])
    expect(carried(service)).toEqual([[], ['authorization']])
  })

  test('a caller whose credential has no token is refused, and does not become anonymous', async () => {
    const { service, ask } = await start({ authenticate: 'bearer, keys' })
    expect((await ask([apiKey])).status).toBe(403)
    expect(service.begun).toBe(0)
  })
})

describe('a broken credential is 401 and reaches no service', () => {
  test.each<[string, string]>([
    ['another signature', 'Authorization: Bearer a.b.c'],
    ['no token', 'Authorization: Bearer'],
    ['another scheme', 'Authorization: Basic YTpi'],
    ['empty', 'Authorization:'],
    ['an unknown key', `X-Api-Key: shop_other_${secret}`],
    ['an empty key', 'X-Api-Key:'],
  ])('%s', async (_, field) => {
    const { service, ask } = await start({ authenticate: 'bearer, keys', credential: credentials.identity })
    const { status, header } = await ask([field])
    expect([status, header('www-authenticate') !== undefined, header('vary')]).toEqual([
      401,
      true,
      'authorization, cookie, x-api-key',
    ])
    expect(service.begun).toBe(0)
  })

  test('an expired token', async () => {
    const { service, ask } = await start({})
    const expired = await idp.token({ exp: Math.floor(Date.now() / 1_000) - 3_600 })
    expect((await ask([`Authorization: Bearer ${expired}`])).status).toBe(401)
    expect(service.begun).toBe(0)
  })

  test('two kinds of credential are 400', async () => {
    const { ask } = await start({ authenticate: 'bearer, keys', credential: credentials.identity })
    expect((await ask([await token(), apiKey])).status).toBe(400)
  })

  test('too many broken keys are 429', async () => {
    const { ask } = await start({ authenticate: 'keys', credential: credentials.identity })
    for (let i = 0; i < 20; i += 1) await ask(['X-Api-Key: shop_caller_ffffffffffffffffffffffffffffffff'])
    expect((await ask([apiKey])).status).toBe(429)
    expect((await ask()).status).toBe(200)
  })
})

describe('answers depend on the caller (rule C3)', () => {
  const answering =
    (status: number, headers: Readonly<Record<string, string>>): Answer =>
    (_request, res) =>
      res.writeHead(status, { 'content-type': 'application/json', ...headers }).end('{}')

  test.each<[string, Readonly<Record<string, string>>, string | undefined, string]>([
    ['public', { 'cache-control': 'public, max-age=60' }, 'public, max-age=60', 'no-store'],
    ['for shared caches', { 'cache-control': 'max-age=1, s-maxage=60' }, 'max-age=1, s-maxage=60', 'no-store'],
    ['private', { 'cache-control': 'private, max-age=60' }, 'private, max-age=60', 'private, max-age=60'],
    ['none', {}, undefined, 'no-store'],
    ['none, with an entity tag', { etag: '"a"' }, undefined, 'private, no-cache'],
  ])('Cache-Control %s', async (_, headers, anonymous, known) => {
    const { ask } = await start({}, answering(200, headers))
    const found = [await ask(), await ask([await token()])]
    expect(found.map(({ header }) => header('cache-control'))).toEqual([anonymous, known])
    expect(found.map(({ header }) => header('vary'))).toEqual(['authorization, cookie', 'authorization, cookie'])
  })

  test.each([200, 304, 404, 500])('Vary has the credentials for %d, beside that of the service', async (status) => {
    const { ask } = await start({}, answering(status, { vary: 'Accept-Language, Authorization' }))
    for (const fields of [[], [await token()]]) {
      const { header } = await ask(fields)
      const names = header('vary')?.split(', ')
      expect(names?.filter((name) => name !== 'accept-language')).toEqual(['authorization', 'cookie'])
      expect(names?.includes('accept-language')).toBe(status < 400)
    }
  })

  test('Vary has `origin` too for a client with CORS', async () => {
    const { ask } = await start({ client: "cors: { origins: ['https://shop.example'] }" })
    expect((await ask()).header('vary')).toBe('origin, authorization, cookie')
  })

  test('Vary of a public route without sign-in stays', async () => {
    const { ask } = await start({ credential: 'none', access: '{ public: Open }' })
    expect((await ask()).header('vary')).toBeUndefined()
  })
})

describe('a 401 of the service follows what was sent (rule O1)', () => {
  const refusing =
    (challenge?: string): Answer =>
    (_request, res) =>
      res.writeHead(401, challenge === undefined ? {} : { 'www-authenticate': challenge }).end()

  test.each<
    [string, string, string | undefined, readonly [number, string | undefined], readonly [number, string | undefined]]
  >([
    [
      'principal',
      'principal',
      undefined,
      [401, 'Bearer realm="shop"'],
      [401, 'Bearer realm="shop", error="invalid_token"'],
    ],
    ['principal and a header', credentials.both, undefined, [502, undefined], [502, undefined]],
    [
      'principal and a header, about the token',
      credentials.both,
      'Bearer realm="o"',
      [401, 'Bearer realm="o"'],
      [401, 'Bearer realm="o"'],
    ],
    ['a header', credentials.header, 'Bearer realm="o"', [502, undefined], [502, undefined]],
    [
      'exchange, with a challenge for its own tokens',
      credentials.exchange,
      'Bearer realm="inner", resource_metadata="https://inner.example/"',
      [401, 'Bearer realm="shop"'],
      [502, undefined],
    ],
    [
      'identity, with a challenge for its own tokens',
      credentials.identity,
      'Bearer realm="inner"',
      [401, 'Bearer realm="shop"'],
      [502, undefined],
    ],
    ['exchange', credentials.exchange, undefined, [401, 'Bearer realm="shop"'], [502, undefined]],
    ['identity', credentials.identity, undefined, [401, 'Bearer realm="shop"'], [502, undefined]],
  ])('%s', async (_, credential, challenge, anonymous, known) => {
    const { ask } = await start({ credential }, refusing(challenge))
    const found = [await ask(), await ask([await token()])]
    expect(found.map(({ status, header }) => [status, header('www-authenticate')])).toEqual([anonymous, known])
  })
})

test('a 403 of the service has no challenge for tokens that the gateway makes', async () => {
  const { ask } = await start({ credential: credentials.identity }, (_request, res) =>
    res.writeHead(403, { 'www-authenticate': 'Bearer realm="inner", error="insufficient_scope"' }).end(),
  )
  for (const fields of [[], [await token()]]) {
    const { status, header } = await ask(fields)
    expect([status, header('www-authenticate')]).toEqual([403, undefined])
  }
})

describe('generate', () => {
  test.each<[string, Case, readonly string[]]>([
    ['refuses it where the document requires a caller', { security: '[{ jwt: [] }]' }, ['GW3003']],
    ['refuses a scope beside it', { access: '{ public: Open, optional: true, scopes: [a] }' }, ['GW3008']],
    [
      'refuses a condition beside it',
      { access: "{ public: Open, optional: true, when: $principal.a == 'b' }" },
      ['GW3008'],
    ],
    ['refuses it without `public`', { access: '{ optional: true, authenticated: true }' }, ['GW3008']],
    [
      'refuses it without `public` in an override',
      { access: '{ override: { optional: true, authenticated: true }, because: Why }' },
      ['GW3006', 'GW3008'],
    ],
    [
      'refuses a bound input, which an anonymous caller cannot fill',
      { options: ', bind: { q: $principal.sub }' },
      ['GW3009'],
    ],
    ['refuses ownership', { options: ', own: { orderId: $principal.orders }' }, ['GW3009']],
    ['refuses it for a client without authenticators', { authenticate: '' }, ['GW3007']],
    ['refuses a token of callers with keys', { authenticate: 'keys' }, ['GW3310']],
    [
      'still refuses a credential of the caller on a route that is only public',
      { access: '{ public: Open }' },
      ['GW3018'],
    ],
    ['requires a caller by default', { access: '' }, []],
  ])('%s', (_, one, codes) => {
    expect(codesOf(one)).toEqual(codes)
  })

  test('shows it in the contract, ACCESS.md and `explain`', () => {
    const found = plan({ authenticate: 'bearer, keys', credential: credentials.identity })
    const paths = found.client.contract['paths'] as Record<
      string,
      Record<string, { security: unknown; responses: object }>
    >
    const get = paths['/orders/{orderId}']?.['get']
    expect(get?.security).toEqual([{}, { bearer: [] }, { keys: [] }])
    expect(Object.keys(get?.responses ?? {})).toEqual(expect.arrayContaining(['401', '403']))
    const [row] = found.client.access
    expect(row?.sends).toEqual(['a signed token about the caller for orders (if there is a caller)'])
    expect(row).toMatchObject({ authenticators: ['bearer', 'keys'], rule: { kind: 'public', optional: true } })
    const page = emit(found.plan ?? { clients: [] }, new Diagnostics())?.value.find(({ path }) =>
      path.endsWith('ACCESS.md'),
    )
    expect(String(page?.contents)).toContain(
      '**public**, callers may sign in (Anyone may look) | `bearer`, `keys` or none |',
    )
    const written = emit(found.plan ?? { clients: [] }, new Diagnostics())?.value.find(({ path }) =>
      path.endsWith('gateway/routes.ts'),
    )
    expect(String(written?.contents)).toMatch(/access: \{[^}]*optional: true/)
    const lines = found.explain('orders.look').map(({ text }) => text)
    expect(lines).toContain('jwt `bearer` or api-key `keys`, or none; an invalid credential is refused')
    expect(lines).toContain('public, callers may sign in: Anyone may look')
  })

  test('names it where a caller is required although the document makes it optional', () => {
    const lines = plan({ access: '' })
      .explain('orders.look')
      .map(({ text }) => text)
    expect(lines.find((line) => line.includes('not offered'))).toContain('optional: true')
  })
})
