import type { JsonObject } from '../../generator/read/types.ts'
import { hashKey } from '../../templates/runtime/auth/keys.ts'
import { planned } from './planned.ts'
import { type Answer, createRecordingService, type RecordingService } from './recordingService.ts'
import { startTestGateway, type TestGateway } from './testGateway.ts'

/** A gateway made from a manifest and a document, and the service that it calls. */
export interface PlannedGateway extends Pick<TestGateway, 'port' | 'lines' | 'line'> {
  readonly service: RecordingService
  /** The client's contract. */
  readonly contract: JsonObject
  close(): Promise<void>
}

export interface PlannedParts {
  /** Paths of the document of the service `orders`, each a line of YAML. */
  readonly paths: readonly string[]
  /** Entries of `expose`, each a line of YAML. */
  readonly expose: readonly string[]
  /** Further settings of the client, as lines of YAML. */
  readonly client?: string
  /** Further settings of the service, as members of a YAML object in one line. */
  readonly service?: string
  /** Components of the document that are schemas. */
  readonly schemas?: JsonObject
  /** The version of the document; 3.1.0 if absent. */
  readonly openapi?: string
  /** What follows the address of the service: its base path. */
  readonly base?: string
  /** The claims of the caller with the key of `credential`. */
  readonly claims?: Readonly<Record<string, unknown>>
  readonly answer?: Answer
}

const secret = '0123456789abcdef0123456789abcdef'
const pepper = 'a pepper for tests, which is long'

/** A header field with the key of the only caller. */
export const credential = `X-Api-Key: shop_caller_${secret}`

/** Plans a client that authenticates callers by a key, and starts its gateway on loopback. */
export async function startPlannedGateway(parts: PlannedParts): Promise<PlannedGateway> {
  const service = await createRecordingService(parts.answer)
  const { client } = planned(manifestOf(parts), { orders: documentOf(parts) })
  const [orders] = client.services
  const key = {
    id: 'caller',
    hash: hashKey(pepper, secret),
    subject: 'caller',
    scopes: ['all'],
    claims: parts.claims ?? {},
  }
  const gateway = await startTestGateway({
    client: client.client,
    routes: client.routes.map(({ written }) => written),
    services: Object.fromEntries(client.services.map(({ id, service: one }) => [id, one])),
    operations: orders?.schemas.operations ?? {},
    schemas: orders?.schemas.schemas ?? {},
    env: { ORDERS_URL: service.url, KEYS: JSON.stringify([key]), PEPPER: pepper },
  })
  return {
    port: gateway.port,
    lines: gateway.lines,
    line: gateway.line,
    service,
    contract: client.contract,
    async close() {
      await gateway.close()
      await service.close()
    },
  }
}

function manifestOf({ expose, client = '', service = '', base = '' }: PlannedParts): string {
  return `
gatewright: 1
name: shop
services:
  orders: { spec: orders.yaml, url: '\${ORDERS_URL}${base}'${service === '' ? '' : `, ${service}`} }
authenticators:
  keys: { type: api-key, header: X-Api-Key, keys: '\${KEYS}', pepper: '\${PEPPER}' }
clients:
  web:
    authenticate: [keys]
    ${client}
    expose:
${expose.map((entry) => `      ${entry}`).join('\n')}
`
}

function documentOf({ paths, schemas = {}, openapi = '3.1.0' }: PlannedParts): string {
  return `
openapi: ${openapi}
components: { schemas: ${JSON.stringify(schemas)} }
info: { title: Orders, version: '1' }
security: []
paths:
${paths.map((path) => `  ${path}`).join('\n')}
`
}
