import { afterEach, describe, expect, test } from '@jest/globals'
import { forClient, type Reading } from '../../../templates/runtime/answers/projected.ts'
import { createTreatment } from '../../../templates/runtime/answers/treatment.ts'
import { asValue } from '../../../templates/runtime/answers/values.ts'
import { createCredentials } from '../../../templates/runtime/credentials/index.ts'
import { withCredentials } from '../../../templates/runtime/credentials/policy.ts'
import { createEnvironment } from '../../../templates/runtime/environment/environment.ts'
import { JsonNumber, type JsonValue } from '../../../templates/runtime/json/index.ts'
import { createOperation } from '../../../templates/runtime/requests/operation.ts'
import type { OperationValues } from '../../../templates/runtime/requests/values.ts'
import { createUpstream } from '../../../templates/runtime/upstream/index.ts'
import { compose, type Transport } from '../../../templates/runtime/upstream/transport.ts'
import type {
  AnswerPolicy,
  CallAction,
  Credential,
  OperationSchemas,
  Schema,
} from '../../../templates/runtime/vocabulary.ts'
import { some } from '../../support/gatewayParts.ts'
import { aPrincipal } from '../../support/identity.ts'
import { aCaller, aLotOfRoom, createMemoryObserver } from '../../support/observed.ts'
import { type Answer, createRawService, createRecordingService } from '../../support/recordingService.ts'
import { contractOf, operation, parameter } from '../parameters/support.ts'

const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

interface Setup {
  readonly of?: Partial<OperationSchemas>
  readonly action?: Partial<CallAction>
  readonly answers?: Partial<AnswerPolicy>
  readonly credentials?: Readonly<Record<string, Credential>>
  readonly timeout?: number
  readonly reading?: Reading
  readonly components?: Readonly<Record<string, Schema>>
  readonly transport?: Transport
}

const caller = aCaller({ requestId: '0f1e2d3c-aaaa-4bbb-8ccc-ddddeeeeffff' })
const order = { type: 'object', required: ['id'], properties: { id: { type: 'integer', format: 'int64' } } }

/** An operation of a service, called without a gateway. */
function operationAt(
  url: string,
  {
    components = {},
    transport,
    of = {},
    action = {},
    answers = {},
    credentials = {},
    timeout = 5_000,
    reading = asValue,
  }: Setup,
) {
  const observer = createMemoryObserver()
  const environment = createEnvironment({})
  const service = some.service(url, { credentials })
  const upstream = createUpstream('orders', service, environment, { observer, streams: new Set(), held: aLotOfRoom() })
  const gateway = createCredentials({ orders: service }, environment)
  closing.push(async () => {
    gateway.close()
    await upstream.destroy()
  })
  const described = operation({ answers: { 200: some.answer(order) }, ...of })
  const schemas = contractOf(described, components)
  const route = {
    id: 'orders.op',
    contract: { service: 'orders', operation: 'op' },
    answers: { check: 'enforce', undeclared: 'drop', statuses: Object.keys(described.answers), ...answers },
  } as const
  const call = createOperation({
    action: { method: 'GET', path: '/orders', ...action },
    operation: described,
    schemas,
    transport:
      transport ?? compose([withCredentials(gateway.apply, 'orders', Object.keys(credentials))], upstream.transport),
    treat: createTreatment(route, schemas, { reading, observer }),
    timeout,
    pseudonym: 'shop-web',
  })
  return { call, observer }
}

async function start(setup: Setup = {}, answer?: Answer) {
  const service = await createRecordingService(answer)
  closing.push(service.close)
  const { call, observer } = operationAt(service.url, setup)
  const ask = (values: OperationValues = {}, from: Parameters<typeof call>[1] = caller) => call(values, from).answer
  return { service, ask, observer }
}

const answering =
  (body: string, status = 200, type = 'application/json'): Answer =>
  (_request, res) => {
    res.writeHead(status, { 'content-type': type })
    res.end(body)
  }

describe('what a service gets', () => {
  test('each parameter in its place and style', async () => {
    const list = { type: 'array', items: { type: 'string' } }
    const object = { type: 'object', additionalProperties: { type: 'string' } }
    const { service, ask } = await start({
      action: { path: '/a/{simple}/{label}/{matrix}?fixed=1#variant' },
      of: {
        path: {
          simple: parameter(list, { required: true, style: 'simple', explode: false }),
          label: parameter(list, { required: true, style: 'label' }),
          matrix: parameter(list, { required: true, style: 'matrix' }),
        },
        query: {
          form: parameter(list),
          commas: parameter(list, { explode: false }),
          spaces: parameter(list, { style: 'spaceDelimited', explode: false }),
          pipes: parameter(list, { style: 'pipeDelimited', explode: false }),
          deep: parameter(object, { style: 'deepObject' }),
          json: parameter(object, { style: null }),
          absent: parameter(list),
        },
        header: { 'X-Ids': parameter(list, { style: 'simple', explode: false }) },
        cookie: { session: parameter({ type: 'string' }), other: parameter({ type: 'string' }) },
      },
    })
    const values = ['a', 'b c']
    await ask({
      path: { simple: ['a', 'b/c'], label: values, matrix: values },
      query: { form: values, commas: values, spaces: ['a', 'b'], pipes: values, deep: { k: 'v' }, json: { k: 'v' } },
      header: { 'x-ids': values },
      cookie: { session: 'a;b', other: 'c' },
    })
    const [request] = service.requests
    expect(request?.url.split('?')[0]).toBe('/a/a,b%2Fc/.a.b%20c/;matrix=a;matrix=b%20c')
    expect(request?.url.split('?')[1]?.split('&')).toEqual([
      'fixed=1',
      'form=a',
      'form=b%20c',
      'commas=a,b%20c',
      'spaces=a%20b',
      'pipes=a%7Cb%20c',
      'deep%5Bk%5D=v',
      'json=%7B%22k%22%3A%22v%22%7D',
    ])
    expect(request?.headers).toMatchObject({ 'x-ids': 'a,b c', cookie: 'session=a%3Bb; other=c' })
  })

  test('the gateway’s own headers, and none of a client', async () => {
    const answer = { content: { 'application/json': { schema: order, encoding: {} } }, headers: [] }
    const { service, ask } = await start({ of: { answers: { 200: answer } } })
    await ask()
    expect(service.requests[0]?.headers).toEqual({
      host: `127.0.0.1:${service.port}`,
      connection: 'keep-alive',
      accept: 'application/json',
      'accept-encoding': 'identity',
      via: '1.1 shop-web',
      'x-request-id': caller.requestId,
      traceparent: expect.stringMatching(/^00-0f1e2d3caaaa4bbb8cccddddeeeeffff-[0-9a-f]{16}-01$/),
    })
  })

  test('a JSON body with all digits of its numbers', async () => {
    const body = { required: true, content: { 'application/vnd.order+json': { schema: order, encoding: {} } } }
    const { service, ask } = await start({ of: { body }, action: { method: 'POST' } })
    await ask({ body: { id: new JsonNumber('9007199254740993') } })
    expect(service.requests[0]).toMatchObject({
      method: 'POST',
      body: '{"id":9007199254740993}',
      headers: { 'content-type': 'application/vnd.order+json', 'content-length': '23' },
    })
  })

  test('the credentials of the action', async () => {
    const key: Credential = { kind: 'header', name: 'X-Key', value: 'secret' }
    const { service, ask } = await start({ credentials: { key, token: { kind: 'principal' } } })
    await ask({}, { ...caller, principal: aPrincipal({ token: 'the.callers.token' }) })
    expect(service.requests[0]?.headers).toMatchObject({
      'x-key': 'secret',
      authorization: 'Bearer the.callers.token',
    })
  })

  test('nothing, if the caller has no token that could be passed on', async () => {
    const { service, ask } = await start({ credentials: { token: { kind: 'principal' } } })
    expect(await ask()).toMatchObject({ kind: 'problem', name: 'forbidden' })
    expect(service.begun).toBe(0)
  })
})

describe('invalid values are named, and nothing is sent', () => {
  const integer = { type: 'integer' }
  const of: Partial<OperationSchemas> = {
    path: { id: parameter({ type: 'string' }, { required: true, style: 'simple', explode: false }) },
    query: { limit: parameter(integer) },
    header: { 'X-A': parameter({ type: 'string' }, { style: 'simple' }), Authorization: parameter({ type: 'string' }) },
    body: { required: false, content: { 'application/json': { schema: order, encoding: {} } } },
  }
  test.each<[string, OperationValues, string, string]>([
    ['a path that would leave its place (rule R3)', { path: { id: '..' } }, 'path', 'id'],
    ['a missing path parameter', {}, 'path', 'id'],
    ['a value of another type', { path: { id: 'a' }, query: { limit: 'many' } }, 'query', 'limit'],
    ['a value that nothing declares', { path: { id: 'a' }, query: { other: 1 } }, 'query', 'other'],
    ['a header that would be two', { path: { id: 'a' }, header: { 'X-A': 'a\r\nx-b: c' } }, 'header', 'x-a'],
    [
      'a header that is the gateway’s',
      { path: { id: 'a' }, header: { Authorization: 'a' } },
      'header',
      'authorization',
    ],
    ['a cookie', { path: { id: 'a' }, cookie: { a: 'b' } }, 'cookie', 'a'],
    ['a body', { path: { id: 'a' }, body: { id: 'x' } }, 'body', '/id'],
  ])('%s', async (_, values, place, pointer) => {
    const { service, ask } = await start({ of, action: { path: '/orders/{id}' } })
    const outcome = await ask(values)
    expect(outcome).toMatchObject({ kind: 'problem', name: 'invalid-request', errors: [{ in: place, pointer }] })
    expect(service.begun).toBe(0)
  })
})

test('values that make the path of another operation are not sent (rule R8)', async () => {
  const of = { path: { id: parameter(true, { style: 'simple' }) } }
  const { service, ask } = await start({ of, action: { path: '/orders/{id}', reserved: ['/orders/audit'] } })
  expect(await ask({ path: { id: 'Audit' } })).toMatchObject({ kind: 'problem', name: 'not-found' })
  expect(service.begun).toBe(0)
  await ask({ path: { id: '7' } })
  expect(service.requests.map(({ url }) => url)).toEqual(['/orders/7'])
})

describe('values that are nested too deeply are named, and nothing is sent', () => {
  const deep = (depth: number): JsonValue => JSON.parse('['.repeat(depth) + ']'.repeat(depth))
  const tree = { type: 'array', items: { $ref: '#/schemas/tree' } }
  const of: Partial<OperationSchemas> = {
    path: { id: parameter(true, { style: null }) },
    query: {
      json: parameter(true, { style: null }),
      list: parameter(true),
      deep: parameter(true, { style: 'deepObject' }),
      tree: parameter({ $ref: '#/schemas/tree' }),
    },
    header: { 'X-A': parameter(true, { style: 'simple' }) },
    cookie: { session: parameter(true, { style: null }) },
    body: { required: false, content: { 'application/json': { schema: tree, encoding: {} } } },
  }
  const value = deep(100_000)
  test.each<[OperationValues, string, string]>([
    [{ path: { id: value } }, 'path', 'id'],
    [{ query: { json: value } }, 'query', 'json'],
    [{ query: { list: value } }, 'query', 'list'],
    [{ query: { deep: value } }, 'query', 'deep'],
    [{ query: { tree: value } }, 'query', 'tree'],
    [{ header: { 'X-A': value } }, 'header', 'x-a'],
    [{ cookie: { session: value } }, 'cookie', 'session'],
    [{ body: value }, 'body', ''],
  ])('case %#', async (values, place, pointer) => {
    const { service, ask } = await start({ of, components: { tree } })
    const errors = [{ in: place, pointer, detail: 'is nested too deeply' }]
    expect(await ask(values)).toMatchObject({ kind: 'problem', name: 'invalid-request', errors })
    expect(service.begun).toBe(0)
  })
})

describe('a fault of the gateway rejects the call:', () => {
  test('reading the answer throws an error', async () => {
    const broken: Reading = {
      passes: () => false,
      projected: (...of) =>
        Object.assign(asValue.projected(...of), {
          read: () => {
            throw new Error('broken')
          },
        }),
    }
    const { ask } = await start({ reading: broken }, answering('{"id":1}'))
    await expect(ask()).rejects.toThrow('broken')
  })

  test('its answers are treated for a client', async () => {
    const { ask } = await start({ reading: forClient }, answering('{"id":1}'))
    await expect(ask()).rejects.toThrow('not one for values')
  })

  test('its transport throws an error', async () => {
    const transport = () => {
      throw new Error('broken')
    }
    const { ask } = await start({ transport }, answering('{"id":1}'))
    await expect(ask()).rejects.toThrow('broken')
  })
})

describe('the result', () => {
  test('is the status and the declared part of the value, with all digits of its numbers', async () => {
    const { ask } = await start({}, answering('{"id":9007199254740993,"secret":1}'))
    const value = { id: new JsonNumber('9007199254740993') }
    expect(await ask()).toEqual({ kind: 'answer', status: 200, value })
  })

  test('is the whole value if the policy passes everything', async () => {
    const { ask } = await start({ answers: { undeclared: 'pass', check: 'off' } }, answering('{"other":1}'))
    expect(await ask()).toEqual({ kind: 'answer', status: 200, value: { other: 1 } })
  })

  test('is a problem if the value is invalid, which is reported', async () => {
    const { ask, observer } = await start({}, answering('{"id":"x"}'))
    expect(await ask()).toMatchObject({ kind: 'problem', name: 'bad-gateway' })
    expect(observer.events).toEqual([['answerDrifted', expect.objectContaining({ what: 'body', status: 200 })]])
  })

  test('is a documented refusal with its value', async () => {
    const refusal = { content: { 'application/problem+json': { schema: order, encoding: {} } }, headers: [] }
    const of = { answers: { 200: some.answer(order), 409: refusal } }
    const { ask } = await start({ of }, answering('{"id":1}', 409, 'application/problem+json'))
    expect(await ask()).toEqual({ kind: 'answer', status: 409, value: { id: 1 } })
  })

  test('has no value if it is not JSON', async () => {
    const { ask } = await start({}, answering('a,b', 200, 'text/csv'))
    expect(await ask()).toEqual({ kind: 'answer', status: 200, value: undefined })
  })

  test('is a problem if the service closes the connection or is late', async () => {
    const resets = await createRawService((socket) => socket.resetAndDestroy())
    const silent = await createRawService(() => undefined)
    closing.push(resets.close, silent.close)
    const { call: reset } = operationAt(resets.url, {})
    const { call: late } = operationAt(silent.url, { timeout: 50 })
    expect(await reset({}, caller).answer).toMatchObject({ name: 'bad-gateway' })
    expect(await late({}, caller).answer).toMatchObject({ name: 'gateway-timeout' })
  })

  test('is nothing if the call is cancelled, and the service sees it', async () => {
    let arrived: () => void = () => undefined
    const asked = new Promise<void>((resolve) => {
      arrived = resolve
    })
    let left: () => void = () => undefined
    const gone = new Promise<void>((resolve) => {
      left = resolve
    })
    const service = await createRawService((socket) => {
      socket.on('close', left)
      arrived()
    })
    closing.push(service.close)
    const running = operationAt(service.url, {}).call({}, caller)
    await asked
    running.cancel('gone')
    expect(await running.answer).toBeNull()
    await gone
  })
})
