import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The path that the load requests: the last of `routes` routes. */
export function target(routes) {
  return `/${collection(routes - 1)}/orders/ord_7f3k9q2m?view=full&limit=20`
}

/** Writes a manifest and a spec into a new folder. The spec has `routes` operations that differ in their paths only. */
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

function collection(index) {
  return `collection-${String(index).padStart(4, '0')}`
}

function document(routes) {
  const paths = Array.from({ length: routes }, (_, index) => [
    `/${collection(index)}/orders/{orderId}`,
    { get: operation(index) },
  ])
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
    responses: {
      200: {
        description: 'The order',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } },
      },
    },
  }
}

const text = { type: 'string', maxLength: 500 }
const amount = { type: 'integer', minimum: 0 }

/** The spec does not declare `internal` of the answer, so it must not reach the client. */
const schemas = {
  Order: {
    type: 'object',
    required: ['id', 'customerId', 'status', 'currency', 'total', 'items'],
    properties: {
      id: { type: 'string', pattern: '^ord_[a-z0-9]{8}$' },
      customerId: text,
      status: { enum: ['open', 'paid', 'shipped', 'cancelled'] },
      currency: { type: 'string', minLength: 3, maxLength: 3 },
      total: amount,
      createdAt: { type: 'string', format: 'date-time' },
      shippingAddress: { $ref: '#/components/schemas/Address' },
      items: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/Item' } },
      tags: { type: 'array', items: text },
      note: text,
    },
  },
  Address: {
    type: 'object',
    required: ['name', 'city', 'country'],
    properties: {
      name: text,
      street: text,
      city: text,
      postcode: text,
      country: { type: 'string', pattern: '^[A-Z]{2}$' },
    },
  },
  Item: {
    type: 'object',
    required: ['sku', 'quantity', 'price'],
    properties: { sku: text, title: text, quantity: { type: 'integer', minimum: 1 }, price: amount },
  },
}
