import { describe, expect, test } from '@jest/globals'
import { createAnswerHeaders } from '../../../../../templates/runtime/answers/headers.ts'
import { planDocument } from '../../../../support/translation.ts'

const text = { type: 'string', description: 'D' }

const planned = planDocument({
  openapi: '3.0.3',
  info: { title: 'Orders', version: '9' },
  paths: {
    '/orders/{orderId}': {
      parameters: [{ name: 'orderId', in: 'path', required: true, schema: text }],
      post: {
        operationId: 'post-order',
        summary: 'S',
        description: 'D',
        deprecated: true,
        parameters: [
          { name: 'filter', in: 'query', style: 'deepObject', explode: true, schema: { type: 'object' } },
          { name: 'json', in: 'query', content: { 'application/json': { schema: text } } },
          { name: 'X-Trace', in: 'header', description: 'T', schema: text },
          { name: 'seen', in: 'cookie', allowReserved: true, schema: text },
        ],
        requestBody: {
          required: true,
          content: {
            'application/json; charset=utf-8': { schema: { $ref: '#/components/schemas/Order' } },
            'multipart/form-data': {
              schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } },
              encoding: { file: { contentType: 'image/png, image/jpeg' } },
            },
            'text/plain': {},
          },
        },
        responses: {
          200: {
            description: 'OK',
            headers: {
              ETag: { schema: text },
              'X-Total': { required: true, schema: { type: 'integer' } },
              Server: { schema: text },
            },
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } }, 'image/*': {} },
          },
          204: { description: 'Nothing' },
          '4XX': { description: 'Bad', content: { 'application/problem+json': { schema: { type: 'object' } } } },
          503: { description: 'Down', content: { 'application/json': { schema: { type: 'object' } } } },
          default: { description: 'Else' },
        },
      },
    },
  },
  components: { schemas: { Order: { type: 'object', description: 'An order', properties: { id: text } } } },
})

describe('the data of an operation', () => {
  const operation = planned.schemas.operations['post-order']

  test('has its parameters, by place and name, with their styles', () => {
    const plain = { required: false, allowReserved: false, schema: { type: 'string' } }
    expect(operation).toMatchObject({
      path: { orderId: { ...plain, required: true, style: 'simple', explode: false } },
      query: {
        filter: { ...plain, style: 'deepObject', explode: true, schema: { type: 'object' } },
        json: { ...plain, style: null, explode: false },
      },
      header: { 'X-Trace': { ...plain, style: 'simple', explode: false } },
      cookie: { seen: { ...plain, style: 'form', explode: true, allowReserved: true } },
    })
  })

  test('has its bodies by media type as written, in the order of the spec', () => {
    expect(operation?.body).toEqual({
      required: true,
      content: {
        'application/json; charset=utf-8': { schema: { $ref: '#/schemas/Order' }, encoding: {} },
        'multipart/form-data': {
          schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } },
          encoding: {
            file: { style: null, explode: false, allowReserved: false, contentType: ['image/png', 'image/jpeg'] },
          },
        },
        'text/plain': { schema: true, encoding: {} },
      },
    })
  })

  test('has its answers except those that the gateway replaces', () => {
    expect(operation?.answers).toEqual({
      200: {
        content: {
          'application/json': { schema: { $ref: '#/schemas/Order' }, encoding: {} },
          'image/*': { schema: true, encoding: {} },
        },
        headers: ['etag', 'x-total'],
      },
      204: { content: {}, headers: [] },
      '4XX': { content: { 'application/problem+json': { schema: { type: 'object' }, encoding: {} } }, headers: [] },
      default: { content: {}, headers: [] },
    })
  })
})

test('the document for types has the same names, with descriptions', () => {
  expect(planned.document()).toMatchObject({
    openapi: '3.1.0',
    info: { title: 'Orders' },
    paths: {
      '/orders/{orderId}': {
        post: {
          operationId: 'post-order',
          summary: 'S',
          description: 'D',
          deprecated: true,
          parameters: [
            { name: 'orderId', in: 'path', required: true },
            { name: 'filter' },
            { name: 'json' },
            { name: 'X-Trace' },
            { name: 'seen' },
          ],
          requestBody: {
            required: true,
            content: { 'application/json; charset=utf-8': { schema: { $ref: '#/components/schemas/Order' } } },
          },
          responses: {
            200: { description: 'OK', headers: { 'X-Total': { required: true } } },
            default: { description: 'Else' },
          },
        },
      },
    },
    components: { schemas: { Order: { type: 'object', description: 'An order', properties: { id: text } } } },
  })
  expect(Object.keys(planned.schemas.schemas)).toEqual(['Order'])
})

describe('fields of answers (rule O1)', () => {
  const names = [
    'Server',
    'Via',
    'Set-Cookie',
    'X-Powered-By',
    'Access-Control-Allow-Origin',
    'Link',
    'Connection',
    'X-Total',
    'ETag',
    'Cache-Control',
    'WWW-Authenticate',
    'X-AspNet-Version',
    'RateLimit',
  ]
  test.each(names)('%s is documented if and only if the runtime lets it pass', (name) => {
    const { schemas } = planDocument({
      paths: {
        '/a': {
          get: { operationId: 'a', responses: { 200: { description: '', headers: { [name]: { schema: text } } } } },
        },
      },
    })
    const documented = schemas.operations['a']?.answers['200']?.headers.includes(name.toLowerCase()) ?? false
    const runtime = createAnswerHeaders({ answers: { 200: { content: {}, headers: [name.toLowerCase()] } } })
    const rewritten = name === 'Link' && runtime.links(200)
    expect(documented).toBe(rewritten || runtime.allowed(200, true).has(name.toLowerCase()))
  })
})
