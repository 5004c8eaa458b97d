import type { ClientPlan } from '../../generator/plan/types.ts'
import type { JsonObject } from '../../generator/read/types.ts'
import { createKey, hashKey } from '../../templates/runtime/auth/keys.ts'
import { planOf } from '../openapi/probe.ts'
import { createRecordingService, type RecordingService } from '../support/recordingService.ts'
import { startTestGateway, type TestGateway } from '../support/testGateway.ts'

// A service with what gateways were once passed by: concrete siblings of templates, members that the gateway sets,
// multipart fields, large uploads.

const text = { type: 'string' }
const json = (schema: JsonObject) => ({ 'application/json': { schema } })
const fine = { 200: { description: 'Fine', content: json({}) } }
const inPath = (name: string) => ({ name, in: 'path', required: true, schema: text })
const operation = (operationId: string, scope: 'user' | 'admin', more: JsonObject = {}) => ({
  operationId,
  security: [{ oauth: [scope] }],
  responses: fine,
  ...more,
})
const get = (id: string, scope: 'user' | 'admin', ...names: readonly string[]) => ({
  get: operation(id, scope, { parameters: names.map(inPath) }),
})

/** `role`, `verified` and `id` are read-only, and the gateway sets `customerId`. */
const profile = {
  type: 'object',
  required: ['name', 'customerId'],
  properties: {
    name: text,
    customerId: text,
    role: { ...text, readOnly: true },
    address: { type: 'object', properties: { city: text, verified: { type: 'boolean', readOnly: true } } },
    items: { type: 'array', items: { type: 'object', properties: { sku: text, id: { ...text, readOnly: true } } } },
  },
}
const form = {
  type: 'object',
  required: ['name'],
  properties: { name: text, role: { ...text, readOnly: true } },
}
const upload = {
  type: 'object',
  required: ['name'],
  properties: { name: text, file: { ...text, format: 'binary' }, role: { ...text, readOnly: true } },
}
const conflict = { ...fine, 409: { description: 'Exists', content: json({ type: 'object' }) } }

export const paths = {
  '/reports/{id}': get('getReport', 'user', 'id'),
  '/reports/salaries': get('getSalaries', 'admin'),
  '/reports/all': { delete: operation('deleteReports', 'admin') },
  '/orders/{orderId}': { patch: operation('updateOrder', 'user', { parameters: [inPath('orderId')] }) },
  '/orders/summary': get('getSummary', 'admin'),
  '/customers/{customerId}/addresses/{addressId}': get('getAddress', 'user', 'customerId', 'addressId'),
  '/customers/{customerId}/addresses/audit': get('auditAddresses', 'admin', 'customerId'),
  '/customers/import/addresses/{addressId}': get('importAddress', 'admin', 'addressId'),
  '/files/{name}.json': get('getFile', 'user', 'name'),
  '/files/index.json': get('getIndex', 'admin'),
  '/trees/{x}/leaves': get('getLeaves', 'user', 'x'),
  '/trees/roots/{y}': get('getRoot', 'admin', 'y'),
  '/teams/{team}': get('getTeam', 'user', 'team'),
  '/teams/new/members': get('newMembers', 'admin'),
  '/profiles': {
    post: operation('createProfile', 'user', { requestBody: { required: true, content: json(profile) } }),
  },
  '/forms': {
    post: operation('sendForm', 'user', {
      requestBody: { required: true, content: { 'application/x-www-form-urlencoded': { schema: form } } },
    }),
  },
  '/search': {
    get: operation('search', 'user', {
      parameters: [
        { name: 'customerId', in: 'query', required: true, schema: text },
        { name: 'filter', in: 'query', schema: { type: 'object', properties: { city: text } } },
      ],
    }),
  },
  '/uploads': {
    post: operation('upload', 'user', {
      requestBody: { required: true, content: { 'multipart/form-data': { schema: upload } } },
    }),
  },
  '/imports': {
    put: operation('import', 'user', {
      requestBody: { required: true, content: { 'application/octet-stream': {} } },
      responses: { ...conflict, 413: { description: 'Large', content: json({ type: 'object' }) } },
    }),
  },
  '/notes': {
    post: operation('addNote', 'user', { requestBody: { content: json({ type: 'object' }) } }),
    put: operation('setNote', 'user', { requestBody: { required: true, content: json({ type: 'object' }) } }),
  },
  '/texts': { put: operation('setText', 'user', { requestBody: { content: { 'text/plain': { schema: text } } } }) },
  '/pings': { post: operation('ping', 'user'), delete: operation('unping', 'user') },
}

const document: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Traps', version: '1' },
  components: {
    securitySchemes: {
      oauth: {
        type: 'oauth2',
        flows: { clientCredentials: { tokenUrl: 'https://id.example/token', scopes: { user: 'u', admin: 'a' } } },
      },
    },
  },
  paths,
} as unknown as JsonObject

const bound = { bind: { customerId: '$principal.sub' } }
const exposed: JsonObject = {
  'orders.getReport': {},
  'orders.updateOrder': {},
  'orders.getSummary': {},
  'orders.getAddress': { path: '/me/addresses/{addressId}', ...bound },
  'orders.getFile': {},
  'orders.getLeaves': {},
  'orders.getTeam': {},
  'orders.createProfile': { bind: { 'body.customerId': '$principal.sub' } },
  'orders.sendForm': {},
  'orders.search': bound,
  'orders.upload': {},
  'orders.import': { maxBody: '16MiB' },
  'orders.addNote': {},
  'orders.setNote': {},
  'orders.setText': {},
  'orders.ping': {},
  'orders.unping': {},
}

/** A caller with scope `user`. `subject`: what the gateway fills in. */
export interface TrapCaller {
  readonly subject: string
  readonly key: string
}

export interface Traps {
  readonly plan: ClientPlan
  readonly gateway: TestGateway
  readonly service: RecordingService
  /** One whose subject is a usual value, and one whose subject is a literal of a sibling's path. */
  readonly callers: readonly [TrapCaller, TrapCaller]
  close(): Promise<void>
}

const pepper = 'a pepper of some length'

/** Starts a gateway in front of the service. `address`: of another service to call. */
export async function startTraps(address?: string): Promise<Traps> {
  const plan = await planOf(document, {
    service: { security: { oauth: 'principal' } },
    authenticators: { key: { type: 'api-key', name: 'X-Api-Key', keys: '${KEYS}', pepper: '${PEPPER}' } },
    client: { authenticate: ['key'] },
    expose: exposed,
  })
  const service = await createRecordingService()
  const made = ['cus_1', 'import'].map((subject) => ({ subject, ...createKey('shop') }))
  const [planned] = plan.services
  if (planned === undefined) throw new Error('The plan has no service.')
  const gateway = await startTestGateway({
    client: plan.client,
    routes: plan.routes.map(({ route }) => route),
    services: { [planned.id]: { ...planned.service, url: [address ?? service.url] } },
    operations: planned.schemas.operations,
    schemas: planned.schemas.schemas,
    env: {
      PEPPER: pepper,
      KEYS: JSON.stringify(
        made.map(({ id, secret, subject }) => ({ id, hash: hashKey(pepper, secret), subject, scopes: ['user'] })),
      ),
    },
  })
  const [usual, literal] = made.map(({ subject, text: key }) => ({ subject, key }))
  if (usual === undefined || literal === undefined) throw new Error('There are no callers.')
  return {
    plan,
    gateway,
    service,
    callers: [usual, literal],
    close: async () => {
      await gateway.close()
      await service.close()
    },
  }
}
