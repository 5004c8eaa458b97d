import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { request } from 'undici'
import { type ReceivedRequest, type Simulator, startSimulator } from '../../../generator/dev/simulator.ts'
import { planOffer } from '../../../generator/plan/index.ts'
import { manifestOf, outcomeOfFiles } from '../../support/manifestFolder.ts'

const order = {
  type: 'object',
  required: ['id', 'total'],
  properties: {
    id: { type: 'string', pattern: '^ord_[a-z0-9]{8}$' },
    total: { type: 'integer', minimum: 1 },
    secret: { type: 'string', writeOnly: true },
  },
}
const document = {
  openapi: '3.1.0',
  info: { title: 'Orders', version: '1' },
  paths: {
    '/orders/{orderId}': {
      get: {
        operationId: 'getOrder',
        parameters: [{ name: 'orderId', in: 'path', required: true, schema: { type: 'string' } }],
        responses: {
          200: {
            description: 'The order',
            headers: {
              ETag: { schema: { type: 'string', example: '"7"' } },
              'Content-Length': { schema: { type: 'integer', example: 4000 } },
              'Content-Encoding': { schema: { type: 'string', example: 'gzip' } },
            },
            content: { 'application/json': { schema: order, example: { id: 'ord_aaaaaaaa', total: 7 } } },
          },
          404: { description: 'None', content: { 'application/problem+json': { schema: { type: 'object' } } } },
        },
      },
      head: {
        operationId: 'headOrder',
        parameters: [{ name: 'orderId', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { 204: { description: 'There is one', headers: { ETag: { schema: { type: 'string' } } } } },
      },
    },
    '/refused': {
      get: { operationId: 'refused', responses: { 401: { description: 'No' }, 404: { description: 'None' } } },
    },
    '/orders/latest': {
      get: {
        operationId: 'getLatest',
        responses: {
          200: { description: 'Wrong example', content: { 'application/json': { schema: order, example: { id: 7 } } } },
        },
      },
    },
  },
}

describe('a simulator', () => {
  let simulator: Simulator
  const received: ReceivedRequest[] = []
  beforeAll(async () => {
    const { model: found } = await outcomeOfFiles({
      'gateway.yaml': manifestOf(),
      'spec.yaml': JSON.stringify(document),
    })
    const [model] = found?.services ?? []
    if (model === undefined) throw new Error('the document cannot be read')
    const offer = planOffer(model)
    simulator = await startSimulator({
      port: 0,
      services: [{ model, ...offer }],
      onRequest: (one) => received.push(one),
    })
  })
  afterAll(() => simulator.close())
  beforeEach(() => {
    received.length = 0
  })

  const get = async (path: string, headers: Record<string, string> = {}) => {
    const { statusCode, headers: answered, body } = await request(`${simulator.url}${path}`, { headers })
    const text = await body.text()
    return { status: statusCode, headers: answered, body: text === '' ? null : JSON.parse(text) }
  }

  test('answers with the example of the document', async () => {
    expect(await get('/orders/1')).toMatchObject({
      status: 200,
      headers: { etag: '"7"', 'content-type': 'application/json' },
      body: { id: 'ord_aaaaaaaa', total: 7 },
    })
  })

  test('does not send documented examples of fields that describe the message', async () => {
    const { headers } = await get('/orders/1')
    expect(headers).not.toHaveProperty('content-encoding')
    expect(headers['content-length']).not.toBe('4000')
  })

  test('does not refuse a call where no success is documented', async () => {
    expect(await get('/refused')).toMatchObject({ status: 204, body: null })
    expect((await get('/refused', { prefer: 'code=401' })).status).toBe(401)
  })

  test('samples data that fits the schema when the example does not', async () => {
    const { body } = await get('/orders/latest')
    expect(body.id).toMatch(/^ord_[a-z0-9]{8}$/)
    expect(body.total).toBeGreaterThanOrEqual(1)
    expect(body).not.toHaveProperty('secret')
  })

  test('samples data on request', async () => {
    const { body } = await get('/orders/1', { prefer: 'dynamic=true' })
    expect(body.id).toMatch(/^ord_[a-z0-9]{8}$/)
    expect(body.id).not.toBe('ord_aaaaaaaa')
  })

  test('answers with the requested status', async () => {
    expect(await get('/orders/1', { prefer: 'code=404' })).toMatchObject({ status: 404 })
  })

  test.each(['code=no', 'code=9999', 'code=101', 'code='])(
    'ignores `%s`, which is not a final status',
    async (prefer) => {
      expect(await get('/orders/1', { prefer })).toMatchObject({ status: 200 })
    },
  )

  test('answers 404 for an operation that the document does not have', async () => {
    expect((await get('/internal/metrics')).status).toBe(404)
    expect(received).toMatchObject([{ service: null, operation: null, method: 'GET', url: '/internal/metrics' }])
  })

  test('answers HEAD as its own operation, else as GET', async () => {
    const head = async (path: string) => (await request(`${simulator.url}${path}`, { method: 'HEAD' })).statusCode
    expect([await head('/orders/1'), await head('/orders/latest')]).toEqual([204, 200])
    expect(received).toMatchObject([{ operation: 'headOrder' }, { operation: 'getLatest' }])
  })

  test('prefers the static path to the template, and reports the request', async () => {
    await get('/orders/latest')
    expect(received).toMatchObject([{ service: 'orders', operation: 'getLatest' }])
  })
})
