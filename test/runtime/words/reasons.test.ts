import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createKey, hashKey } from '../../../templates/runtime/auth/keys.ts'
import { createExchange } from '../../../templates/runtime/exchange/live.ts'
import { createResponder } from '../../../templates/runtime/http/responder.ts'
import type { Access, Route, Schema } from '../../../templates/runtime/vocabulary.ts'
import { type Problem, problem } from '../../../templates/runtime/words/problems.ts'
import { type Reason, type Reasoned, reasons } from '../../../templates/runtime/words/reasons.ts'
import { some } from '../../support/gatewayParts.ts'
import { issuerOf } from '../../support/identity.ts'
import { type IdentityProvider, makePair, startIdentityProvider } from '../../support/identityProvider.ts'
import { requestText, sendRaw } from '../../support/rawClient.ts'
import { createRawService, createRecordingService, type RecordingService } from '../../support/recordingService.ts'
import { startTestGateway, type TestGateway } from '../../support/testGateway.ts'

const all = Object.entries(reasons).flatMap(([name, list]) => list.map((reason) => [name, reason] as const))

/** What a client gets for a problem. */
function sent(of: Problem): unknown {
  const parts: unknown[] = []
  const res = {
    shouldKeepAlive: true,
    writeHead: (...head: unknown[]) => parts.push(head),
    end: (body: string) => parts.push(body),
  }
  const req = { headers: {}, complete: true }
  const exchange = createExchange(req as unknown as IncomingMessage, res as unknown as ServerResponse)
  Object.assign(exchange, { requestId: 'request-1', path: '/orders' })
  createResponder({ cors: null, credentialHeaders: [], draining: () => false }).problem(exchange, of)
  expect(exchange).toMatchObject({ reason: of.reason, detail: of.detail })
  return [parts, res.shouldKeepAlive]
}

describe('rule O8: an answer does not tell the reason', () => {
  test.each(all)('%s: %s', (name, reason) => {
    const of = (why: string, detail: string) =>
      problem(name as 'forbidden', { reason: why as Reason<'forbidden'>, detail, headers: { 'retry-after': '1' } })
    const other = reasons[name as Reasoned].find((one) => one !== reason) ?? 'another'
    expect(sent(of(reason, 'orders:write'))).toEqual(sent(of(other, 'tenant')))
  })
})

const pepper = 'a pepper of some length'
const key = createKey('shop')
const expired = createKey('shop')
const elsewhere = createKey('shop')
const keyRecord = (of: typeof key, more: object = {}) => ({
  id: of.id,
  hash: hashKey(pepper, of.secret),
  subject: 'partner-1',
  scopes: ['orders:read'],
  ...more,
})

const grants = (more: Partial<Extract<Access, { kind: 'principal' }>> = {}): Access => ({
  kind: 'principal',
  anyOf: [{ scopes: [], roles: [] }],
  own: [],
  when: [],
  ...more,
})
const needs = (scopes: readonly string[], roles: readonly string[] = []) => grants({ anyOf: [{ scopes, roles }] })
const isTenant = {
  kind: 'equal',
  left: { kind: 'principal', claim: ['tenant'] },
  right: { kind: 'request', in: 'query', name: 'tenant' },
} as const
const isStaff = {
  kind: 'equal',
  left: { kind: 'principal', claim: ['kind'] },
  right: { kind: 'literal', value: 'staff' },
} as const

let idp: IdentityProvider
let other: IdentityProvider
let orders: RecordingService
let gateway: TestGateway
const closing: { close(): unknown }[] = []

const route = (method: Route['method'], path: string, access: Access, more: Partial<Route> = {}): Route =>
  some.route(method, path, { access, ...more })
const open: Access = { kind: 'public', because: 'tests' }
const calls = (path: string, service: string, credentials: readonly string[] = []) => ({
  action: { kind: 'call', service, method: 'GET', path, credentials } as const,
})

const order: Schema = { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] }

beforeAll(async () => {
  idp = await startIdentityProvider('RS256')
  other = await startIdentityProvider('RS256')
  other.behaviour.jwks = 'fail'
  orders = await createRecordingService(({ url }, res) => {
    const [, status = '200'] = /^\/status\/(\d+)/.exec(url) ?? []
    const type = url === '/html' ? 'text/html' : 'application/json'
    const moved = status === '302' ? { location: 'https://evil.example/' } : {}
    res.writeHead(Number(status), { 'content-type': type, ...moved })
    res.end(url === '/large' ? JSON.stringify({ id: 'x'.repeat(2_000) }) : '{"wrong":"a value of a caller"}')
  })
  const closed = await createRawService((socket) => socket.destroy())
  const garbled = await createRawService((socket) => socket.end('SMTP ready\r\n\r\n'))
  const silent = await createRawService(() => undefined)
  const gone = await createRecordingService()
  await gone.close()
  closing.push(idp, other, orders, closed, garbled, silent)
  const answers = { check: 'enforce', undeclared: 'drop', statuses: ['200'] } as const
  gateway = await startTestGateway({
    client: some.client({
      authenticators: {
        bearer: { kind: 'jwt', issuers: [issuerOf(idp), issuerOf(other)] },
        key: { kind: 'api-key', header: 'X-Api-Key', keys: '${KEYS}', pepper: '${PEPPER}' },
      },
      publicHosts: ['gateway.test'],
    }),
    env: {
      PEPPER: pepper,
      KEYS: JSON.stringify([
        keyRecord(key),
        keyRecord(expired, { expires: '2020-01-01' }),
        keyRecord(elsewhere, { addresses: ['198.51.100.7'] }),
      ]),
    },
    operations: {
      order: some.operation({ answers: { 200: some.answer(order) } }),
      json: some.operation({
        answers: { 200: { content: { 'application/json': { schema: order, encoding: {} } }, headers: [] } },
      }),
      read: some.operation({ query: { limit: some.parameter({ style: 'form', schema: { type: 'integer' } }) } }),
      tenant: some.operation({
        query: { tenant: some.parameter({ style: 'form', schema: { type: 'string', maxLength: 3 } }) },
      }),
      create: some.operation({
        body: { required: true, content: { 'application/json': { schema: order, encoding: {} } } },
      }),
    },
    routes: [
      route('GET', '/orders', grants()),
      route('GET', '/scoped', needs(['orders:read', 'orders:write'])),
      route('GET', '/role', needs([], ['support'])),
      route('GET', '/accounts/{id}', grants({ own: [{ parameter: 'id', claim: ['accounts'] }] })),
      route('GET', '/tenant', grants({ when: [isTenant] })),
      route('GET', '/staff', grants({ when: [isStaff] })),
      route('GET', '/bound', grants(), {
        contract: { service: 'orders', operation: 'tenant' },
        request: some.request('/bound', { bind: [{ in: 'query', name: 'tenant', claim: ['tenant'] }] }),
      }),
      route('GET', '/token', grants(), calls('/token', 'orders', ['caller'])),
      route('GET', '/read', open, {
        contract: { service: 'orders', operation: 'read' },
        request: some.request('/read', { query: ['limit'] }),
      }),
      route('POST', '/create', open, {
        contract: { service: 'orders', operation: 'create' },
        request: some.request('/create', { body: ['application/json'] }),
      }),
      route('GET', '/refused', open, calls('/status/409', 'orders')),
      route('GET', '/documented', open, {
        ...calls('/status/403', 'orders'),
        contract: { service: 'orders', operation: 'any' },
        answers: { check: 'off', undeclared: 'pass', statuses: ['default'] },
      }),
      route('GET', '/credential', open, calls('/status/401', 'orders', ['static'])),
      route('GET', '/denied', open, calls('/x', 'orders', ['own'])),
      route('GET', '/unavailable', open, calls('/x', 'orders', ['late'])),
      route('GET', '/error', open, calls('/status/500', 'orders')),
      route('GET', '/moved', open, calls('/status/302', 'orders')),
      route('GET', '/full', open, calls('/status/503', 'orders')),
      route('GET', '/slow', open, calls('/status/504', 'orders')),
      route('GET', '/other', open, { ...calls('/status/201', 'orders'), answers }),
      route('GET', '/html', open, {
        ...calls('/html', 'orders'),
        contract: { service: 'orders', operation: 'json' },
        answers,
      }),
      route('GET', '/body', open, {
        ...calls('/body', 'orders'),
        contract: { service: 'orders', operation: 'order' },
        answers,
      }),
      route('GET', '/large', open, {
        ...calls('/large', 'orders'),
        contract: { service: 'orders', operation: 'order' },
        answers,
      }),
      route('GET', '/gone', open, calls('/x', 'gone')),
      route('GET', '/closed', open, calls('/x', 'closed')),
      route('GET', '/garbled', open, calls('/x', 'garbled')),
      route('GET', '/silent', open, { ...calls('/x', 'silent'), timeout: 20 }),
    ],
    services: {
      orders: some.service(orders.url, {
        maxAnswer: 1_000,
        credentials: {
          caller: { kind: 'principal' },
          static: { kind: 'header', name: 'X-Key', value: 'a static secret' },
          own: {
            kind: 'client',
            tokenUrl: idp.tokenUrl,
            clientId: 'gateway',
            clientSecret: 'its secret',
            scopes: [],
            audience: null,
          },
          late: {
            kind: 'client',
            tokenUrl: 'http://127.0.0.1:1/token',
            clientId: 'gateway',
            clientSecret: 'its secret',
            scopes: [],
            audience: null,
          },
        },
      }),
      gone: some.service(gone.url),
      closed: some.service(closed.url),
      garbled: some.service(garbled.url),
      silent: some.service(silent.url),
    },
  })
  idp.behaviour.token = 'refuse'
})

afterAll(async () => {
  await gateway.close()
  for (const each of closing) await each.close()
})

const token =
  (claims: object = {}, header: object = {}) =>
  async () => [`Authorization: Bearer ${await idp.token({ ...claims }, { ...header })}`]
const keyOf = (text: string) => async () => [`X-Api-Key: ${text}`]
const nothing = async (): Promise<readonly string[]> => []
const now = () => Math.floor(Date.now() / 1_000)

interface Case {
  readonly reason: Reason
  readonly status: number
  readonly line?: string
  readonly fields?: () => Promise<readonly string[]>
  readonly detail?: string
}

/** Each is a request, and what the log says about its refusal. */
const cases: Readonly<Record<string, Case>> = {
  'no credential': { reason: 'credential-missing', status: 401 },
  'another scheme': { reason: 'scheme-unsupported', status: 401, fields: async () => ['Authorization: Basic YTpi'] },
  'an opaque token': {
    reason: 'token-malformed',
    status: 401,
    fields: async () => ['Authorization: Bearer c2VjcmV0'],
    detail: 'not three segments',
  },
  'another issuer': { reason: 'token-issuer', status: 401, fields: token({ iss: 'https://evil.example' }) },
  'another algorithm': {
    reason: 'token-algorithm',
    status: 401,
    fields: async () => [
      `Authorization: Bearer ${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${(await idp.token()).split('.').slice(1).join('.')}`,
    ],
    detail: 'none',
  },
  'another type': { reason: 'token-type', status: 401, fields: token({}, { typ: 'JWT' }), detail: 'jwt' },
  'another key': {
    reason: 'token-key-unknown',
    status: 401,
    fields: token({}, { kid: 'a key\n"\u00e9"' }),
    detail: 'kid a?key????, RS256',
  },
  'another signature': {
    reason: 'token-signature',
    status: 401,
    fields: async () => [
      `Authorization: Bearer ${await idp.token({}, {}, await makePair('RS256', idp.current.jwk.kid))}`,
    ],
    detail: 'kid key-1, RS256',
  },
  'another audience': { reason: 'token-audience', status: 401, fields: token({ aud: 'blog' }) },
  'an expired token': { reason: 'token-expired', status: 401, fields: token({ exp: now() - 100 }), detail: 'exp' },
  'a token of tomorrow': {
    reason: 'token-not-yet-valid',
    status: 401,
    fields: token({ nbf: now() + 86_400 }),
    detail: 'nbf',
  },
  'a token without subject': { reason: 'token-claim', status: 401, fields: token({ sub: undefined }), detail: 'sub' },
  'an ID token': { reason: 'token-kind', status: 401, fields: token({ at_hash: 'h' }), detail: 'an ID token' },
  'a bound token': { reason: 'token-bound', status: 401, fields: token({ cnf: { jkt: 't' } }) },
  'a malformed key': { reason: 'key-malformed', status: 401, fields: keyOf('shop_1') },
  'an unknown key': {
    reason: 'key-unknown',
    status: 401,
    fields: keyOf(`shop_nobody_${key.secret}`),
    detail: 'nobody',
  },
  'a wrong secret': {
    reason: 'key-secret',
    status: 401,
    fields: keyOf(`shop_${key.id}_${expired.secret}`),
    detail: key.id,
  },
  'an expired key': { reason: 'key-expired', status: 401, fields: keyOf(expired.text), detail: expired.id },
  'a key for another address': {
    reason: 'key-address',
    status: 401,
    fields: keyOf(elsewhere.text),
    detail: elsewhere.id,
  },
  'a missing scope': {
    reason: 'scope-missing',
    status: 403,
    line: 'GET /scoped',
    fields: token({ scope: 'orders:read' }),
    detail: 'orders:write',
  },
  'a missing scope of a key': {
    reason: 'scope-missing',
    status: 403,
    line: 'GET /scoped',
    fields: keyOf(key.text),
    detail: 'orders:write',
  },
  'a missing role': { reason: 'role-missing', status: 403, line: 'GET /role', fields: token(), detail: 'support' },
  "another's object": {
    reason: 'owner-mismatch',
    status: 403,
    line: 'GET /accounts/account-seven',
    fields: token({ accounts: ['account-one'] }),
    detail: 'parameter id, claim accounts',
  },
  'an object without the claim': {
    reason: 'claim-missing',
    status: 403,
    line: 'GET /accounts/account-seven',
    fields: token(),
    detail: 'accounts',
  },
  'a condition that is false': {
    reason: 'condition-false',
    status: 403,
    line: 'GET /staff',
    fields: token({ kind: 'guest' }),
    detail: "$principal.kind == 'staff'",
  },
  'a condition without its claim': {
    reason: 'claim-missing',
    status: 403,
    line: 'GET /staff',
    fields: token(),
    detail: 'kind',
  },
  'a condition without its input': {
    reason: 'condition-undecided',
    status: 403,
    line: 'GET /tenant',
    fields: token({ tenant: 'x' }),
    detail: '$principal.tenant == $request.query.tenant',
  },
  'a bound claim that is missing': {
    reason: 'claim-missing',
    status: 403,
    line: 'GET /bound',
    fields: token(),
    detail: 'tenant',
  },
  'a bound claim that does not fit': {
    reason: 'bound-value-unfit',
    status: 403,
    line: 'GET /bound',
    fields: token({ tenant: 'too-long-a-tenant' }),
    detail: 'query tenant',
  },
  'a key where a token is needed': {
    reason: 'caller-without-token',
    status: 403,
    line: 'GET /token',
    fields: keyOf(key.text),
    detail: 'service orders, credential caller',
  },
  'two credentials': {
    reason: 'credential-ambiguous',
    status: 400,
    fields: async () => [...(await token()()), `X-Api-Key: ${key.text}`],
  },
  'a path with two readings': { reason: 'target-invalid', status: 400, line: 'GET /a//b' },
  'an encoded slash': { reason: 'slash-encoded', status: 400, line: 'GET /accounts/a%2Fb' },
  'a header with two readings': { reason: 'header-invalid', status: 400, fields: async () => ['X_User: 1'] },
  'an ambiguous framing': {
    reason: 'framing-ambiguous',
    status: 400,
    line: 'POST /create',
    fields: async () => ['Transfer-Encoding: gzip, chunked'],
  },
  'a host with two readings': { reason: 'host-invalid', status: 400, fields: async () => ['Host: a@b'] },
  'a parameter that does not fit': { reason: 'parameter-invalid', status: 400, line: 'GET /read?limit=x' },
  'a body that does not fit': {
    reason: 'body-invalid',
    status: 400,
    line: 'POST /create',
    fields: async () => ['Content-Type: application/json', 'Content-Length: 2'],
  },
  'a refusal of a service': { reason: 'service-refused', status: 409, line: 'GET /refused' },
  'a documented refusal of a service': { reason: 'service-refused', status: 403, line: 'GET /documented' },
  'a refused credential': { reason: 'credential-refused', status: 502, line: 'GET /credential', detail: 'status 401' },
  'a token that is not granted': {
    reason: 'credential-denied',
    status: 502,
    line: 'GET /denied',
    detail: 'service orders, credential own: status 400, invalid_grant',
  },
  'a token endpoint that is away': {
    reason: 'credential-unavailable',
    status: 503,
    line: 'GET /unavailable',
    detail: 'service orders, credential late: unreachable',
  },
  'keys that are away': {
    reason: 'issuer-keys-unavailable',
    status: 503,
    fields: async () => [`Authorization: Bearer ${await other.token()}`],
  },
  'an error of a service': { reason: 'service-error', status: 502, line: 'GET /error', detail: 'status 500' },
  'a 503 of a service': { reason: 'service-error', status: 503, line: 'GET /full', detail: 'status 503' },
  'a 504 of a service': { reason: 'service-error', status: 504, line: 'GET /slow', detail: 'status 504' },
  'an undocumented success': { reason: 'answer-status', status: 502, line: 'GET /other', detail: 'status 201' },
  'an undocumented redirect': { reason: 'answer-status', status: 502, line: 'GET /moved', detail: 'status 302' },
  'another media type': { reason: 'answer-media-type', status: 502, line: 'GET /html', detail: 'status 200' },
  'a body that does not fit its schema': {
    reason: 'answer-body',
    status: 502,
    line: 'GET /body',
    detail: 'status 200: is required',
  },
  'a body that is too large': { reason: 'answer-too-large', status: 502, line: 'GET /large' },
  'a service that is down': { reason: 'service-unreachable', status: 502, line: 'GET /gone', detail: 'ECONNREFUSED' },
  'a service that closes': { reason: 'service-closed', status: 502, line: 'GET /closed' },
  'a service that speaks something else': { reason: 'service-protocol', status: 502, line: 'GET /garbled' },
  'a service that is silent': { reason: 'service-late', status: 504, line: 'GET /silent', detail: 'deadline' },
}

/** Text of these tests that no line of the log may have. */
const secrets = [
  /eyJ/,
  /Bearer /,
  /its secret/,
  /a static secret/,
  /account-seven|account-one/,
  /guest/,
  /too-long-a-tenant/,
  /a value of a caller/,
  /evil\.example/,
]

describe('the line of a refused request says why, and its answer has the same id and nothing of the reason (rule O8)', () => {
  test.each(Object.entries(cases))(
    '%s',
    async (_name, { reason, status, line = 'GET /orders', fields = nothing, detail }) => {
      const body = line.startsWith('POST') ? '{}' : ''
      const answer = await sendRaw(gateway.port, requestText(`${line} HTTP/1.1`, await fields(), body))
      const id = answer.header('x-request-id')
      const written = await gateway.line((each) => each['id'] === id && 'method' in each)
      expect(written).toMatchObject({ status, reason, ...(detail === undefined ? {} : { detail }) })
      const text = JSON.stringify([answer.fields, answer.body])
      expect(text).not.toContain(reason)
      if (written['problem'] !== null) expect(JSON.parse(answer.body)).toMatchObject({ instance: `urn:request:${id}` })
      if (answer.status === 401 || answer.status === 403) {
        const others = Object.values(cases).filter((each) => each.status === answer.status)
        for (const each of others) expect(text).not.toContain(each.reason)
      }
    },
  )

  test('no line has a secret, a token, or the value of a claim', () => {
    const lines = gateway.lines.map((each) => JSON.stringify(each)).join('\n')
    for (const secret of secrets) expect(lines).not.toMatch(secret)
  })

  test('a service gets the same id', async () => {
    const answer = await sendRaw(gateway.port, requestText('GET /refused HTTP/1.1'))
    expect(orders.requests.at(-1)?.headers['x-request-id']).toBe(answer.header('x-request-id'))
  })

  test('a success has no reason', async () => {
    const answer = await sendRaw(gateway.port, requestText('GET /read?limit=1 HTTP/1.1'))
    expect(answer.status).toBe(200)
    const written = await gateway.line((each) => each['id'] === answer.header('x-request-id') && 'method' in each)
    expect(written).not.toHaveProperty('reason')
  })

  test('a message that is not a request has its id in the log, too', async () => {
    const answer = await sendRaw(gateway.port, 'nonsense\r\n\r\n')
    const id = answer.header('x-request-id')
    expect(JSON.parse(answer.body)).toMatchObject({ status: 400, instance: `urn:request:${id}` })
    expect(await gateway.line((each) => each['id'] === id)).toMatchObject({ problem: 'malformed-request' })
  })

  test('an answer that is not as documented is logged with the id of its request', async () => {
    const answer = await sendRaw(gateway.port, requestText('GET /body HTTP/1.1'))
    const id = answer.header('x-request-id')
    expect(await gateway.line((each) => each['id'] === id && 'faults' in each)).toMatchObject({ what: 'body' })
  })
})
