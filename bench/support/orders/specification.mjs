import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { schemas } from './schemas.mjs'

/** The path of an order in the last collection of a gateway with so many routes. */
export function target(routes, id = 'ord_7f3k9q2m') {
  return `/${collection(collections(routes) - 1)}/orders/${id}?view=full&limit=20`
}

/** The path of the list of orders, and of new ones. */
export const list = '/orders'

/**
 * Writes a manifest and a spec into a new folder. The spec has `routes` operations: the list, a new order, and for the rest those that
 * differ in their paths only.
 */
export function writeSpecification(folder, routes) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'orders.json'), JSON.stringify(document(routes), null, 2))
  writeFileSync(join(folder, 'gateway.yaml'), manifest)
}

/** Audience and scope that its tokens must have. */
export const audience = 'bench'
export const scope = 'orders:read'

const manifest = `gatewright: 1
name: bench
services:
  orders:
    spec: orders.json
    url: \${ORDERS_URL}
    security: { oauth: principal }
    credential: none
    answers: enforce
authenticators:
  bearer: { type: jwt, issuer: '\${OIDC_ISSUER}', audience: ${audience}, scopes: scope }
clients:
  app:
    authenticate: [bearer]
    expose:
      orders.*: {}
`

function collections(routes) {
  return routes - 2
}

function collection(index) {
  return `collection-${String(index).padStart(4, '0')}`
}

function document(routes) {
  const paths = Array.from({ length: collections(routes) }, (_, index) => [
    `/${collection(index)}/orders/{orderId}`,
    { get: operation(index) },
  ])
  paths.push([list, { get: listOrders, post: createOrder }])
  return {
    openapi: '3.1.0',
    info: { title: 'Orders', version: '1.0.0' },
    paths: Object.fromEntries(paths),
    components: {
      schemas,
      securitySchemes: {
        oauth: {
          type: 'oauth2',
          flows: { clientCredentials: { tokenUrl: 'https://id.example/token', scopes: { [scope]: 'Read orders' } } },
        },
      },
    },
  }
}

function operation(index) {
  return {
    operationId: `getOrder${index}`,
    security: [{ oauth: [scope] }],
    parameters: [
      { name: 'orderId', in: 'path', required: true, schema: { type: 'string', pattern: '^ord_[a-z0-9]{8}$' } },
      { name: 'view', in: 'query', schema: { enum: ['full', 'summary'] } },
      { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100 } },
    ],
    responses: { 200: { description: 'The order', content: json('Order') } },
  }
}

const listOrders = {
  operationId: 'listOrders',
  security: [{ oauth: [scope] }],
  responses: { 200: { description: 'The orders', content: json('OrderList') } },
}

const createOrder = {
  operationId: 'createOrder',
  security: [{ oauth: [scope] }],
  requestBody: { required: true, content: json('NewOrder') },
  responses: { 201: { description: 'The order', content: json('Order') } },
}

function json(schema) {
  return { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } }
}
