import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type OutgoingHttpHeaders, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Principal } from '../../../templates/runtime/access/principal.ts'
import type { Outcome } from '../../../templates/runtime/exchange/exchange.ts'
import { createExchange } from '../../../templates/runtime/exchange/live.ts'
import { createValidator } from '../../../templates/runtime/steps/validate.ts'
import type {
  Bind,
  MediaSchema,
  OperationSchemas,
  RequestPolicy,
  Schema,
} from '../../../templates/runtime/vocabulary.ts'
import { aLotOfRoom } from '../../support/observed.ts'
import { contractOf, operation, parameter, policy, route } from '../parameters/support.ts'

const upload = { idle: 30_000, total: 30_000 }

interface Setup {
  readonly operation: OperationSchemas
  readonly policy?: Partial<RequestPolicy>
  readonly path?: string
  readonly names?: readonly string[]
  readonly raw?: readonly string[]
  readonly claims?: Readonly<Record<string, unknown>>
  readonly schemas?: Record<string, Schema>
}

interface Sent {
  readonly method?: string
  readonly query?: string
  readonly headers?: OutgoingHttpHeaders
  readonly body?: string | Buffer
  readonly chunked?: boolean
}

let server: Server
let serve: (exchange: ReturnType<typeof createExchange>) => Promise<void>

beforeAll(async () => {
  server = createServer((req, res) => {
    const exchange = createExchange(req, res)
    req.on('close', () => undefined)
    void serve(exchange).then(() => res.end())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

/** Sends a request through the step, and returns the result. */
async function send(setup: Setup, sent: Sent = {}) {
  const made = route(setup.operation, {
    request: policy(setup.operation, setup.policy),
    action: { kind: 'call', service: 'orders', method: 'POST', path: setup.path ?? '/orders', credentials: [] },
  })
  const step = createValidator(made, contractOf(setup.operation, setup.schemas), upload, aLotOfRoom())
  let outcome: Outcome
  let sync = false
  let result: ReturnType<typeof createExchange> | undefined
  serve = async (exchange) => {
    result = exchange
    exchange.query = sent.query ?? ''
    exchange.match = { route: made, names: setup.names ?? [], raw: setup.raw ?? [] }
    exchange.principal = setup.claims === undefined ? null : principal(setup.claims)
    const running = step(exchange)
    sync = !(running instanceof Promise)
    outcome = await running
  }
  const { port } = server.address() as AddressInfo
  const length = sent.body === undefined || sent.chunked ? {} : { 'content-length': Buffer.byteLength(sent.body) }
  const client = request({ port, method: sent.method ?? 'POST', headers: { ...length, ...sent.headers } })
  client.on('error', () => undefined)
  if (sent.chunked && sent.body !== undefined) client.write(sent.body)
  client.end(sent.chunked ? undefined : sent.body)
  await Promise.race([once(client, 'response'), once(client, 'close')])
  const problem = typeof outcome === 'object' ? outcome : null
  return {
    sync,
    problem: problem === null ? null : `${problem.status} ${problem.name}`,
    close: problem?.close ?? false,
    headers: problem?.headers ?? {},
    faults: problem?.errors.map((fault) => `${fault.in} ${fault.pointer} ${fault.detail}`) ?? [],
    request: result?.request ?? null,
    text: Buffer.isBuffer(result?.request?.body) ? result.request.body.toString() : (result?.request?.body ?? null),
  }
}

function principal(claims: Readonly<Record<string, unknown>>): Principal {
  return {
    authenticator: 'a',
    issuer: 'i',
    subject: 's',
    scopes: new Set(),
    roles: new Set(),
    claims,
    token: null,
    expires: null,
  }
}

function taking(content: Record<string, Schema | Partial<MediaSchema>>, required = true): OperationSchemas {
  const media = Object.entries(content).map(([name, of]) => {
    const isMedia = typeof of === 'object' && 'schema' in of && 'encoding' in of
    return [name, isMedia ? of : { schema: of, encoding: {} }]
  })
  return operation({ body: { required, content: Object.fromEntries(media) as Record<string, MediaSchema> } })
}

const json = { 'content-type': 'application/json' }
const order: Schema = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'integer' }, note: { type: 'string' }, customerId: { type: 'string' } },
  additionalProperties: false,
}

describe('requests to services are built from allow-lists', () => {
  const declared = operation({
    path: { id: parameter({ type: 'string', maxLength: 8 }, { style: 'simple', explode: false, required: true }) },
    query: { limit: parameter({ type: 'integer' }) },
    header: {
      'X-Tenant': parameter({ type: 'string' }, { style: 'simple', explode: false }),
      'X-Ids': parameter({ type: 'array', items: { type: 'integer' } }, { style: 'simple', explode: false }),
      Authorization: parameter({ type: 'string' }, { style: 'simple', required: true }),
      'X-Forwarded-For': parameter({ type: 'string' }, { style: 'simple' }),
    },
    cookie: { theme: parameter({ enum: ['dark', 'light'] }, { explode: false }) },
    answers: { 200: { content: { 'application/json': { schema: true, encoding: {} } }, headers: [] } },
  })
  const setup: Setup = { operation: declared, path: '/orders/{id}.json', names: ['id'], raw: ['a%20b'] }

  test('rules P5, P11, R3: declared inputs are passed on, others are not', async () => {
    const headers = {
      'x-tenant': 't1',
      'x-ids': '1, 2',
      'x-user-id': 'admin',
      authorization: 'Bearer x',
      'x-forwarded-for': '1.2.3.4',
      cookie: 'sid=secret; theme=dark',
      'user-agent': 'test',
    }
    const { request, sync } = await send(setup, { method: 'GET', query: 'limit=5&admin=1', headers })
    expect(request).toEqual({
      method: 'POST',
      path: '/orders/a%20b.json?limit=5',
      headers: { accept: 'application/json', 'x-tenant': 't1', 'x-ids': '1, 2', cookie: 'theme=dark' },
      body: null,
    })
    expect(sync).toBe(true)
  })

  test('all faults are reported at once, in the order of the request', async () => {
    const headers = { 'x-ids': '1,b', cookie: 'theme=red' }
    const { faults, problem, request } = await send({ ...setup, raw: ['a'.repeat(9)] }, { query: 'limit=x', headers })
    expect([problem, request]).toEqual(['400 invalid-request', null])
    expect(faults).toEqual([
      'path id must have at most 8 characters',
      'query limit must be an integer',
      'header x-ids/1 must be an integer',
      'cookie theme must be dark or light',
    ])
  })

  test.each(['..', '%2e%2e', '%252e%252e', '.'])('rule R3: %s as a path parameter is 400', async (raw) => {
    expect(await send({ ...setup, raw: [raw] })).toMatchObject({ problem: '400 invalid-request', request: null })
  })

  test('rule P11: an invalid query is 400', async () => {
    expect(await send(setup, { query: 'limit=%zz' })).toMatchObject({ problem: '400 malformed-request', request: null })
  })

  test('a repeated cookie is 400', async () => {
    const { faults } = await send(setup, { headers: { cookie: 'theme=dark; theme=light' } })
    expect(faults).toEqual(['cookie theme must be given once'])
  })

  test('a fixed query of the path template is added', async () => {
    const { request } = await send({ ...setup, path: '/do?action=list' }, { query: 'limit=1' })
    expect(request?.path).toBe('/do?action=list&limit=1')
  })
})

describe('bind', () => {
  const bound = (...bind: readonly Bind[]): Partial<RequestPolicy> => ({ bind, path: [], query: [], header: [] })
  const declared = operation({
    path: { customerId: parameter({ type: 'string' }, { style: 'simple', explode: false, required: true }) },
    query: {
      accounts: parameter({ type: 'array', items: { type: 'string' } }, { explode: false }),
      tenant: parameter({ type: 'integer' }),
    },
    header: { 'X-Tenant': parameter({ type: 'string' }, { style: 'simple' }) },
  })
  const inPath: Bind = { in: 'path', name: 'customerId', claim: ['sub'] }
  const accounts: Bind = { in: 'query', name: 'accounts', claim: ['realm', 'accounts'] }
  const tenant: Bind = { in: 'query', name: 'tenant', claim: ['tenant'] }
  const header: Bind = { in: 'header', name: 'X-Tenant', claim: ['tenant'] }
  const path = '/customers/{customerId}'

  test('claims set path, query and header; values from the client are dropped', async () => {
    const claims = { sub: 'auth0|1', realm: { accounts: ['a,b', 'c'] }, tenant: 7 }
    const { request } = await send(
      { operation: declared, policy: bound(inPath, accounts, tenant, header), path, claims },
      { query: 'accounts=mine&tenant=8', headers: { 'x-tenant': '8' } },
    )
    expect(request?.path).toBe('/customers/auth0%7C1?accounts=a%2Cb,c&tenant=7')
    expect(request?.headers).toEqual({ accept: '*/*', 'x-tenant': '7' })
  })

  test.each<[string, Bind, Record<string, unknown>]>([
    ['missing', inPath, {}],
    ['empty', inPath, { sub: '' }],
    ['null', inPath, { sub: null }],
    ['an object', inPath, { sub: { a: 1 } }],
    ['a dot segment', inPath, { sub: '..' }],
    ['a list for a scalar', inPath, { sub: ['a'] }],
    ['an empty list', accounts, { realm: { accounts: [] } }],
    ['a list with a hole', accounts, { realm: { accounts: ['a', ''] } }],
    ['inherited', inPath, Object.create({ sub: 'a' }) as Record<string, unknown>],
    ['a number that has lost digits', tenant, { tenant: 2 ** 60 }],
    ['not what the schema asks', tenant, { tenant: 'x' }],
    ['a header with a line break', header, { tenant: 'a\r\nx: y' }],
  ])('a claim that is %s is 403', async (_, bind, claims) => {
    const { problem, request } = await send({ operation: declared, policy: bound(bind), path, claims })
    expect([problem, request]).toEqual(['403 forbidden', null])
  })

  test('without a caller it is 403', async () => {
    expect((await send({ operation: declared, policy: bound(inPath), path })).problem).toBe('403 forbidden')
  })

  describe('into a body', () => {
    const member: Bind = { in: 'body', name: 'customerId', claim: ['sub'] }
    const setup: Setup = {
      operation: taking({ 'application/json': order }),
      policy: { bind: [member] },
      claims: { sub: 'c"1' },
    }

    test.each([
      [' { "id" : 9007199254740993 } ', ' {"customerId":"c\\"1", "id" : 9007199254740993 } '],
      ['{"id":1}', '{"customerId":"c\\"1","id":1}'],
    ])('%s is filled without changing its other bytes', async (body, text) => {
      expect(await send(setup, { headers: json, body })).toMatchObject({ problem: null, text })
    })

    test('a client that sends the member is refused', async () => {
      const { faults } = await send(setup, { headers: json, body: '{"id":1,"custom\\u0065rId":"other"}' })
      expect(faults).toEqual(['body /customerId is not allowed here'])
    })

    test('a body that is not an object is refused', async () => {
      expect((await send(setup, { headers: json, body: '[]' })).faults).toEqual(['body  must be an object'])
    })

    test('an optional body is created if the client sends none', async () => {
      const optional = taking({ 'application/json': { properties: { customerId: { type: 'string' } } } }, false)
      const { text, request } = await send({ ...setup, operation: optional })
      expect([text, request?.headers['content-type']]).toEqual(['{"customerId":"c\\"1"}', 'application/json'])
    })

    test('a form is filled, and the client must not send the field', async () => {
      const form: Setup = { ...setup, operation: taking({ 'application/x-www-form-urlencoded': order }) }
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      expect((await send(form, { headers, body: 'id=1' })).text).toBe('id=1&customerId=c%221')
      expect((await send(form, { headers, body: 'id=1&customerId=x' })).faults).toEqual([
        'body /customerId is not allowed here',
      ])
      expect((await send(form, { headers, body: 'id=1&customerId[0]=x' })).problem).toBe('400 invalid-request')
    })

    test('a media type that cannot be filled is refused', async () => {
      const binary: Setup = { ...setup, operation: taking({ 'application/octet-stream': true }) }
      const { problem } = await send(binary, { headers: { 'content-type': 'application/octet-stream' }, body: 'x' })
      expect(problem).toBe('415 unsupported-media-type')
    })
  })
})

describe('rules P8, P10: a body must have a documented media type', () => {
  const setup: Setup = { operation: taking({ 'application/json': order }) }

  test('the bytes are passed on unchanged', async () => {
    const body = '{ "id" : 9007199254740993 ,"note":"\\u00e9" }'
    const { text, request } = await send(setup, {
      headers: { 'content-type': 'application/json; Charset=UTF-8' },
      body,
    })
    expect(text).toBe(body)
    expect(request?.headers['content-type']).toBe('application/json; charset=UTF-8')
  })

  test.each<[string, IncomingHttpHeaders, string]>([
    ['of another media type', { 'content-type': 'text/plain' }, '415 unsupported-media-type'],
    ['without one', {}, '415 unsupported-media-type'],
    ['of what is none', { 'content-type': 'json' }, '415 unsupported-media-type'],
    ['in another charset', { 'content-type': 'application/json; charset=utf-16' }, '415 unsupported-media-type'],
    ['that is compressed', { ...json, 'content-encoding': 'gzip' }, '415 unsupported-media-type'],
  ])('one %s is refused, with the accepted types', async (_, headers, problem) => {
    expect(await send(setup, { headers, body: '{"id":1}' })).toMatchObject({
      problem,
      headers: { accept: 'application/json' },
    })
  })

  test('rule P9: a body that parsers read differently is refused', async () => {
    const { faults } = await send(setup, { headers: json, body: '{"id":1,"id":2}' })
    expect(faults).toEqual(['body  has a name twice, at byte 8'])
  })

  test('faults contain the place and never the value', async () => {
    const { faults } = await send(setup, { headers: json, body: '{"id":"secret","other":1}' })
    expect(faults).toEqual(['body /id must be an integer', 'body /other is not allowed here'])
  })

  test('a missing one is 400 if it is required, else accepted', async () => {
    expect((await send(setup)).faults).toEqual(['body  is required'])
    expect((await send(setup, { headers: json, body: '', chunked: true })).faults).toEqual(['body  is required'])
    const optional = await send({ operation: taking({ 'application/json': order }, false) })
    expect(optional).toMatchObject({ problem: null, request: { body: null } })
    expect(optional.request?.headers).not.toHaveProperty('content-type')
  })

  test('one that is not declared is 400', async () => {
    expect((await send({ operation: operation() }, { headers: json, body: '{}' })).faults).toEqual([
      'body  is not allowed here',
    ])
  })

  test('a media type that the policy omits is refused', async () => {
    const both = taking({ 'application/json': order, 'text/plain': true })
    const { problem } = await send(
      { operation: both, policy: { body: ['application/json'] } },
      { headers: { 'content-type': 'text/plain' }, body: 'x' },
    )
    expect(problem).toBe('415 unsupported-media-type')
  })

  test.each([false, true])('one that is too large is 413 and closes the connection (chunked: %s)', async (chunked) => {
    const body = `{"id":1,"note":"${'x'.repeat(2_000)}"}`
    expect(await send(setup, { headers: json, body, chunked })).toMatchObject({
      problem: '413 content-too-large',
      close: true,
    })
  })

  test('a client that disconnects is 400, and the step ends', async () => {
    const step = createValidator(route(setup.operation), contractOf(setup.operation), upload, aLotOfRoom())
    const done = new Promise<Outcome>((resolve) => {
      serve = async (exchange) => {
        const running = Promise.resolve(step(exchange))
        exchange.req.socket.destroy()
        resolve(await running)
      }
    })
    const { port } = server.address() as AddressInfo
    const client = request({ port, method: 'POST', headers: { ...json, 'content-length': 100 } })
    client.on('error', () => undefined)
    client.write('{')
    expect(await done).toMatchObject({ name: 'malformed-request', close: true })
  })

  test('an abort ends the reading', async () => {
    const step = createValidator(route(setup.operation), contractOf(setup.operation), upload, aLotOfRoom())
    const done = new Promise<Outcome>((resolve) => {
      serve = async (exchange) => {
        const running = Promise.resolve(step(exchange))
        exchange.abort.abort()
        resolve(await running)
      }
    })
    const { port } = server.address() as AddressInfo
    const client = request({ port, method: 'POST', headers: { ...json, 'content-length': 100 } })
    client.on('error', () => undefined)
    client.write('{')
    expect(await done).toMatchObject({ name: 'request-timeout', close: true })
    client.destroy()
  })
})

describe('bodies that are passed on without being read', () => {
  test.each<[string, Schema]>([
    ['application/octet-stream', { type: 'string', format: 'binary' }],
    ['image/png', true],
    ['text/csv', { type: 'string' }],
    ['application/xml', { type: 'object', required: ['a'] }],
    ['multipart/mixed; boundary=x', true],
  ])('%s', async (type, schema) => {
    const [essence = ''] = type.split(';')
    const { request, sync } = await send(
      { operation: taking({ [essence]: schema }) },
      { headers: { 'content-type': type }, body: 'x' },
    )
    expect([request?.body, request?.headers['content-type'], sync]).toEqual(['stream', type, true])
  })

  test('rule P8: one whose length is too large is refused before it is read', async () => {
    const setup = { operation: taking({ 'image/*': true }), policy: { maxBody: 5 } }
    expect((await send(setup, { headers: { 'content-type': 'image/png' }, body: '123456' })).problem).toBe(
      '413 content-too-large',
    )
  })

  test('text with a limit is read', async () => {
    const setup = { operation: taking({ 'text/plain': { type: 'string', maxLength: 3 } }) }
    const headers = { 'content-type': 'text/plain' }
    expect((await send(setup, { headers, body: 'abc' })).text).toBe('abc')
    expect((await send(setup, { headers, body: 'abcd' })).faults).toEqual(['body  must have at most 3 characters'])
    expect((await send(setup, { headers, body: Buffer.from([0xff]) })).faults).toEqual(['body  is not valid UTF-8'])
  })
})

describe('an urlencoded body', () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const schema: Schema = {
    type: 'object',
    required: ['id'],
    properties: {
      id: { type: 'integer' },
      tags: { type: 'array', items: { type: 'string' } },
      address: { type: 'object', properties: { city: { type: 'string' } } },
      metadata: { type: 'object', additionalProperties: { type: 'string' } },
      free: { type: 'object' },
      items: { type: 'array', items: { type: 'object', properties: { price: { type: 'integer' } } } },
    },
  }
  const deep = { style: 'deepObject', explode: true, allowReserved: false, contentType: [] } as const
  const setup: Setup = {
    operation: taking({
      'application/x-www-form-urlencoded': {
        schema,
        encoding: { metadata: deep, items: deep, tags: { ...deep, style: 'form', explode: false } },
      },
    }),
  }

  test.each([
    ['id=1', 'id=1'],
    ['tags=a%2Cb,c&id=1', 'id=1&tags=a%2Cb,c'],
    ['id=1&address=%7B%22city%22:%22x%22%7D', 'id=1&address=%7B%22city%22%3A%22x%22%7D'],
    ['id=1&address[city]=x', 'id=1&address%5Bcity%5D=x'],
    ['id=1&metadata[any name]=x'.replace(' ', '+'), 'id=1&metadata%5Bany%20name%5D=x'],
    ['id=1&free[a][b]=5&free[c][]=6', 'id=1&free%5Ba%5D%5Bb%5D=5&free%5Bc%5D%5B%5D=6'],
    ['id=1&items[0][price]=5&items[1][price]=6', 'id=1&items%5B0%5D%5Bprice%5D=5&items%5B1%5D%5Bprice%5D=6'],
  ])('%s is parsed by its encodings and serialised in the default form', async (body, text) => {
    expect(await send(setup, { headers, body })).toMatchObject({ faults: [], text })
  })

  test.each([
    ['tags=a', 'body /id is required'],
    ['id=x', 'body /id must be an integer'],
    ['id=1&id=2', 'body /id must be given once'],
    ['id=1&admin=1', 'body /admin is not allowed here'],
    ['id=1&address[zip]=1', 'body /address[zip] is not allowed here'],
    ['id=1&free[__proto__][x]=1', 'body /free[__proto__][x] is not allowed here'],
    ['id=1&metadata[__proto__]=1', 'body /metadata[__proto__] is not allowed here'],
    ['id=1&items[0][price]=x', 'body /items/0/price must be an integer'],
    ['id=%ff', 'body  has an invalid percent-encoding'],
  ])('%s is refused', async (body, fault) => {
    expect((await send(setup, { headers, body })).faults).toEqual([fault])
  })

  test('a schema without declared members accepts any', async () => {
    const free = { operation: taking({ 'application/x-www-form-urlencoded': { type: 'object', maxProperties: 2 } }) }
    expect((await send(free, { headers, body: 'a[b]=1&c=d+e&c=f' })).text).toBe('a%5Bb%5D=1&c=d%20e&c=f')
    expect((await send(free, { headers, body: '__proto__=1' })).faults).toEqual(['body /__proto__ is not allowed here'])
    expect((await send(free, { headers, body: 'a=1&b=2&c=3' })).faults).toEqual(['body  must have at most 2 members'])
  })

  test('an empty one is accepted if nothing is required, on GET too', async () => {
    const empty = {
      operation: taking({ 'application/x-www-form-urlencoded': { type: 'object', properties: {} } }, false),
    }
    expect(await send(empty, { method: 'GET', headers })).toMatchObject({ problem: null, request: { body: null } })
  })
})

describe('a multipart/form-data body', () => {
  const headers = { 'content-type': 'multipart/form-data; boundary=x' }
  const encoding = { file: { style: null, explode: true, allowReserved: false, contentType: ['image/*'] } }
  const schema: Schema = {
    type: 'object',
    required: ['title', 'file'],
    properties: {
      title: { type: 'string', maxLength: 5 },
      count: { type: 'integer' },
      meta: { $ref: '#/schemas/meta' },
      tags: { type: 'array', items: { type: 'string' } },
      file: { type: 'string', format: 'binary', maxLength: 6 },
    },
  }
  const setup: Setup = {
    operation: taking({ 'multipart/form-data': { schema, encoding } }),
    schemas: { meta: { type: 'object', required: ['a'], properties: { a: { type: 'integer' } } } },
  }
  const part = (name: string, value: string, type?: string) =>
    `--x\r\nContent-Disposition: form-data; name="${name}"${type === undefined ? '' : `; filename="f"\r\nContent-Type: ${type}`}\r\n\r\n${value}\r\n`
  const whole = (...parts: string[]) => Buffer.from(`${parts.join('')}--x--\r\n`, 'latin1')
  const title = part('title', 'abc')
  const file = part('file', '\xff\x00', 'image/png')

  test('is checked part by part and passed on byte for byte', async () => {
    const meta =
      '--x\r\nContent-Disposition: form-data; name="meta"\r\nContent-Type: application/json\r\n\r\n{"a":1}\r\n'
    const body = whole(title, file, meta, part('count', '5'), part('tags', 'a'), part('tags', 'b'))
    const { request, faults } = await send(setup, { headers, body })
    expect(faults).toEqual([])
    expect(request?.body).toEqual(body)
    expect(request?.headers['content-type']).toBe(headers['content-type'])
  })

  test.each<[string, readonly string[], string]>([
    ['a missing part', [title], 'body /file is required'],
    ['an undeclared part', [title, file, part('admin', '1')], 'body /admin is not allowed here'],
    ['a part twice', [title, title, file], 'body /title must be given once'],
    ['a text that is too long', [part('title', 'abcdef'), file], 'body /title must have at most 5 characters'],
    [
      'a file that is too long',
      [title, part('file', '1234567', 'image/png')],
      'body /file must have at most 6 characters',
    ],
    [
      'a file of another type',
      [title, part('file', 'x', 'text/html')],
      'body /file has a media type that is not accepted',
    ],
    ['a number that is none', [title, file, part('count', 'x')], 'body /count must be an integer'],
    ['JSON that does not fit', [title, file, part('meta', '{"a":"x"}')], 'body /meta/a must be an integer'],
    [
      'rule P9: JSON with a name twice',
      [title, file, part('meta', '{"a":1,"a":2}')],
      'body /meta has a name twice, at byte 7',
    ],
  ])('%s is refused', async (_, parts, fault) => {
    expect((await send(setup, { headers, body: whole(...parts) })).faults).toEqual([fault])
  })
})
