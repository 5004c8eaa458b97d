import { expect, test } from '@jest/globals'
import { readContract } from '../../../generator/dev/published.ts'

const document = {
  openapi: '3.1.0',
  paths: {
    '/orders/{id}': {
      post: {
        operationId: 'orders.post',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            schema: { $ref: '#/components/schemas/orders.Id' },
            example: 'ord_7',
          },
          { name: 'tags', in: 'query', schema: { type: 'array', items: { type: 'string' } } },
          { name: 'filter', in: 'query', content: { 'application/json': { schema: { type: 'object' } } } },
        ],
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/orders.Id' } } } },
        responses: {
          200: { headers: { ETag: {} }, content: { 'application/json': { schema: true } } },
          401: { $ref: '#/components/responses/gatewright.401' },
        },
      },
    },
  },
  components: {
    schemas: { 'orders.Id': { type: 'string' } },
    responses: { 'gatewright.401': { content: { 'application/problem+json': { schema: { type: 'object' } } } } },
  },
}
const published = readContract(document, [])

test('omitted members of a document have the defaults of the specification', () => {
  const { path, query, body, answers } = published.schemas.operations['orders.post'] ?? {}
  const reserved = { allowReserved: false }
  expect({ path, query, body, answers }).toEqual({
    path: {
      id: {
        required: true,
        style: 'simple',
        explode: false,
        ...reserved,
        schema: { $ref: '#/schemas/orders.Id', examples: ['ord_7'] },
      },
    },
    query: {
      tags: {
        required: false,
        style: 'form',
        explode: true,
        ...reserved,
        schema: { type: 'array', items: { type: 'string' } },
      },
      filter: { required: false, style: null, explode: false, ...reserved, schema: { type: 'object' } },
    },
    body: {
      required: false,
      content: { 'application/json': { schema: { $ref: '#/schemas/orders.Id' }, encoding: {} } },
    },
    answers: {
      200: { content: { 'application/json': { schema: true, encoding: {} } }, headers: ['etag'] },
      401: { content: { 'application/problem+json': { schema: { type: 'object' }, encoding: {} } }, headers: [] },
    },
  })
})

test('a parameter’s example is used as its value', () => {
  const id = published.schemas.operations['orders.post']?.path['id']
  expect(id && published.sampler.parameter('path', id)).toEqual({ value: 'ord_7', fits: true })
})

test('a route is found by method and path', () => {
  expect(published.route('POST', '/orders/{id}')?.request).toMatchObject({ path: ['id'], query: ['tags', 'filter'] })
  expect(published.route('GET', '/orders/{id}')).toBeNull()
})
