import { typeNames } from '../../generator/plan/settle/typeNames.ts'
import type { AccessRow, ClientPlan, Plan, RoutePlan, ServicePlan } from '../../generator/plan/types.ts'
import type { JsonObject } from '../../generator/read/types.ts'
import type { Client, Route, WrittenRoute } from '../../templates/runtime/vocabulary.ts'

/** Replaces the free texts of a plan, field by field: those of a specification and of the manifest. */
export type Say = (benign: string) => string

const asIs: Say = (benign) => benign

/** A plan of one client with two routes, one public and one not, in front of one service. */
export function aPlan(say: Say = asIs, id = 'web'): Plan {
  return { clients: [aClient(say, id)] }
}

export function aClient(say: Say = asIs, id = 'web'): ClientPlan {
  const client: Client = {
    gateway: 'shop',
    name: id,
    authenticators: {
      bearer: {
        kind: 'jwt',
        issuers: [
          {
            issuer: '${OIDC_ISSUER}',
            audience: [say('shop')],
            clientIds: [],
            accessMarks: [],
            jwks: null,
            algorithms: ['RS256', 'ES256'],
            type: 'at+jwt',
            scopes: ['scope'],
            roles: [say('realm_access'), say('roles')],
            clockSkew: 30,
            maxAge: null,
          },
        ],
      },
    },
    cors: { origins: ['https://shop.example'], credentials: false, expose: [], maxAge: 600 },
    publicHosts: null,
    trustedProxies: [],
    unverifiedTls: 'refuse',
    basePath: null,
    stripBasePath: false,
    ownPath: null,
    unfinishedBodies: 64,
    tokenCache: 96 * 1_048_576,
    maxHeld: null,
    head: { target: 8_000, path: 8_000, queryPairs: 100, fields: 16_384, cookie: 8_192 },
    undeclaredQuery: 'drop',
    maxBody: { plain: 1_048_576, files: 10_485_760 },
  }
  const { authenticators, cors, publicHosts, trustedProxies, unverifiedTls } = client
  return {
    id,
    gateway: 'shop',
    title: say('The web shop'),
    client,
    trust: { audience: 'internal', authenticators, cors, publicHosts, trustedProxies, unverifiedTls },
    routes: [publicRoute(say), ownRoute(say)],
    services: [aService(say)],
    contract: contractDocument(say),
    types: typeNames(contractDocument(say)),
    access: [publicRow(say), ownRow(say)],
    variables: [
      {
        name: 'OIDC_ISSUER',
        fallback: null,
        usedBy: ['authenticators.bearer.issuer'],
        settings: ['authenticators.issuer'],
      },
      {
        name: 'ORDERS_URL',
        fallback: say('http://127.0.0.1:4102'),
        usedBy: ['services.orders.url'],
        settings: ['services.url'],
      },
    ],
    skipped: [{ reference: say('orders.trace'), reason: say('TRACE is never passed on'), code: 'GW3105' }],
  }
}

export function aRoute(over: Partial<Route> = {}): Route {
  return {
    id: 'orders.getOrder',
    method: 'GET',
    path: '/orders/{orderId}',
    access: { kind: 'principal', anyOf: [{ scopes: ['orders:read'], roles: [] }], own: [], when: [] },
    request: {
      path: ['orderId'],
      query: [],
      header: [],
      cookie: [],
      body: null,
      bind: [],
      undeclaredQuery: 'drop',
      maxBody: 0,
    },
    action: { kind: 'call', service: 'orders', method: 'GET', path: '/v1/orders/{orderId}', credentials: ['token'] },
    contract: { service: 'orders', operation: 'getOrder' },
    answers: { check: 'report', undeclared: 'drop', statuses: ['200', '404'] },
    timeout: 2000,
    undeclaredBody: 'pass',
    streamIdle: null,
    streamLifetime: 86_400_000,
    streamsPerCaller: 256,
    uploadIdle: 30_000,
    ...over,
  }
}

/** The members of a route in routes.ts if its service has the others, in the order in which they are printed. */
function written(
  { id, method, path, access, contract, action, answers }: Route,
  request: NonNullable<WrittenRoute['request']>,
): WrittenRoute {
  const { credentials: _, ...call } = action
  return { id, method, path, access, contract, request, action: call, answers: { statuses: answers.statuses } }
}

function publicRoute(say: Say): RoutePlan {
  const route = aRoute({
    id: say('orders.listKinds'),
    path: say('/kinds'),
    access: { kind: 'public', because: say('The kinds of orders are no secret') },
    contract: { service: 'orders', operation: say('listKinds') },
  })
  return {
    route: { ...route, request: { ...route.request, path: [], query: [say('filter')] } },
    written: written(route, { query: [say('filter')] }),
    comment: say('orders.yaml > GET /kinds'),
    summary: say('Kinds of orders'),
    deprecated: true,
  }
}

function ownRoute(say: Say): RoutePlan {
  const route = aRoute({
    timeout: 3_000,
    streamIdle: null,
    streamLifetime: 86_400_000,
    streamsPerCaller: 256,
    uploadIdle: 30_000,
    path: say('/orders/{orderId}'),
    access: {
      kind: 'principal',
      anyOf: [
        { scopes: [say('orders:read')], roles: [] },
        { scopes: [], roles: [say('support')] },
      ],
      own: [{ parameter: say('orderId'), claim: [say('orders')] }],
      when: [
        {
          kind: 'equal',
          left: { kind: 'principal', claim: [say('tenant')] },
          right: { kind: 'literal', value: say('shop') },
        },
      ],
    },
  })
  const bind = [{ in: 'query', name: say('customerId'), claim: [say('sub')] } as const]
  return {
    route: { ...route, request: { ...route.request, path: [say('orderId')], bind, body: [say('application/json')] } },
    written: {
      ...written(route, { path: [say('orderId')], body: [say('application/json')], bind }),
      answers: { undeclared: 'drop', statuses: ['200', '404'] },
      timeout: route.timeout,
    },
    comment: say('orders.yaml > GET /orders/{orderId}'),
    summary: null,
    deprecated: false,
  }
}

function publicRow(say: Say): AccessRow {
  return {
    id: say('orders.listKinds'),
    method: 'GET',
    path: say('/kinds'),
    authenticators: [],
    rule: { kind: 'public', because: say('The kinds of orders are no secret') },
    who: 'public',
    decidedBy: 'manifest',
    override: null,
    binds: [],
    owns: [],
    unchecked: [],
    sends: [],
    reaches: [say('orders.listKinds')],
    answers: { check: 'enforce', undeclared: 'drop' },
    unshaped: [{ at: say('/200'), passes: say('text/csv as the service sends it'), because: null }],
    undeclaredBody: null,
    freeBody: false,
  }
}

function ownRow(say: Say): AccessRow {
  return {
    id: 'orders.getOrder',
    method: 'GET',
    path: say('/orders/{orderId}'),
    authenticators: ['bearer'],
    rule: ownRoute(say).route.access,
    who: say('scope orders:read; customerId is the caller’s sub'),
    decidedBy: 'override',
    override: {
      because: say('Until the migration ends, SEC-142'),
      weakerThan: say('scopes orders:read, orders:admin'),
    },
    binds: [{ input: say('customerId'), claim: say('sub') }],
    owns: [],
    unchecked: [say('orderId')],
    sends: [say('exchanged token for orders')],
    reaches: ['orders.getOrder'],
    answers: { check: 'enforce', undeclared: 'drop' },
    unshaped: [{ at: say('/200/details'), passes: say('any members'), because: say('Suppliers write what they like') }],
    undeclaredBody: 'pass',
    freeBody: true,
  }
}

function aService(say: Say): ServicePlan {
  return {
    id: 'orders',
    title: say('Orders'),
    service: {
      url: ['${ORDERS_URL:-http://127.0.0.1:4102}'],
      credentials: {
        token: {
          kind: 'exchange',
          tokenUrl: '${OIDC_ISSUER}/token',
          clientId: say('shop'),
          clientSecret: '${OIDC_SECRET}',
          scopes: [say('orders:read')],
          audience: 'orders',
        },
      },
      sends: ['token'],
      tls: null,
      concurrency: { max: 128, queue: 10_000, wait: 2_000, streams: 4_096 },
      maxAnswer: 5_242_880,
      timeout: 2_000,
      undeclaredBody: 'pass',
      streamIdle: null,
      streamLifetime: 86_400_000,
      streamsPerCaller: 256,
      uploadIdle: 30_000,
      answers: { check: 'report', undeclared: 'drop' },
    },
    schemas: {
      operations: {
        getOrder: {
          path: {
            [say('orderId')]: {
              required: true,
              style: 'simple',
              explode: false,
              allowReserved: false,
              schema: { type: 'string', pattern: say('^ord_[a-z0-9]{8}$') },
            },
          },
          query: {},
          header: {},
          cookie: {},
          body: null,
          answers: {},
        },
      },
      schemas: { Order: orderSchema(say) },
      linear: [],
    },
    document: () => document(say, say('/v1/orders/{orderId}')),
  }
}

function contractDocument(say: Say): JsonObject {
  return document(say, say('/orders/{orderId}'))
}

function document(say: Say, path: string): JsonObject {
  return {
    openapi: '3.1.0',
    info: { title: say('Orders'), version: say('1') },
    paths: {
      [path]: {
        get: {
          operationId: say('getOrder'),
          summary: say('One order'),
          description: say('All there is to know about one order.'),
          parameters: [
            {
              in: 'path',
              name: say('orderId'),
              required: true,
              description: say('Its id'),
              schema: { type: 'string' },
            },
            {
              in: 'query',
              name: say('expand'),
              schema: { type: 'string', enum: [say('items')], default: say('items') },
            },
          ],
          responses: {
            '200': {
              description: say('The order'),
              content: {
                'application/json': { schema: { $ref: '#/components/schemas/Order' }, example: { id: say('ord') } },
              },
            },
          },
        },
      },
    },
    components: { schemas: { Order: orderSchema(say) } },
  }
}

function orderSchema(say: Say): JsonObject {
  return {
    type: 'object',
    title: say('Order'),
    description: say('An order of a customer'),
    required: ['id', say('state')],
    properties: {
      id: { type: 'string', format: say('order-id'), description: say('The id'), examples: [say('ord_1')] },
      [say('state')]: {
        type: 'string',
        enum: [say('open'), say('sent')],
        'x-enum-descriptions': [say('Open'), say('Sent')],
      },
      [say('note')]: { const: say('none'), deprecated: true },
      [say('parts')]: { type: 'array', items: { $ref: '#/components/schemas/Order' }, default: [] },
    },
  }
}
