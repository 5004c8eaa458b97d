import { parse } from 'yaml'
import { type Model, model } from '../../generator/model/index.ts'
import { explain, plan, type TraceLine } from '../../generator/plan/index.ts'
import type { ClientPlan, Plan, RoutePlan } from '../../generator/plan/types.ts'
import type { JsonObject, JsonValue, SpecDocument } from '../../generator/read/types.ts'
import {
  below,
  type Diagnostic,
  Diagnostics,
  type Origin,
  type StageResult,
  whole,
} from '../../generator/support/index.ts'

/**
 * The result of planning a manifest and its specs, both as YAML. Nothing is read from disk, and schemas are not
 * validated.
 */
export interface Planned {
  readonly plan: Plan | null
  readonly diagnostics: readonly Diagnostic[]
  readonly codes: readonly string[]
  /** The only client's plan. Throws an error with the diagnostics if there is none. */
  readonly client: ClientPlan
  /** A route of the client by id. */
  route(id: string): RoutePlan
  /** The sources of the settings of a route. */
  explain(id: string): readonly TraceLine[]
}

/** The model of a manifest and its specs. */
export function modelled(
  manifest: string,
  specs: Readonly<Record<string, string>>,
  diagnostics: Diagnostics,
): StageResult<Model> {
  return model(
    whole({
      manifestFile: 'gateway.yaml',
      folder: '/manifest',
      manifest: parse(manifest) as JsonObject,
      specs: Object.entries(specs).map(([service, text]) => specDocument(service, parse(text) as JsonObject)),
      hashes: {},
      asked: new Map(),
      locator: diagnostics.locator,
    }),
    diagnostics,
  )
}

export function planned(manifest: string, specs: Readonly<Record<string, string>>, skipUnsupported = false): Planned {
  const diagnostics = new Diagnostics()
  const found = modelled(manifest, specs, diagnostics)
  const result = plan(found, { skipUnsupported }, diagnostics)?.value ?? null
  const clientOf = (): ClientPlan => {
    const client = result?.clients[0]
    if (client === undefined) throw new Error(JSON.stringify(diagnostics.all, null, 1))
    return client
  }
  const routeOf = (id: string): RoutePlan => {
    const route = clientOf().routes.find((one) => one.route.id === id)
    if (route === undefined) throw new Error(`There is no route ${id}.`)
    return route
  }
  return {
    plan: result,
    diagnostics: diagnostics.all,
    codes: diagnostics.all.map(({ code }) => code),
    get client() {
      return clientOf()
    },
    route: routeOf,
    explain: (id) => explain(found.value, clientOf(), [routeOf(id)]).get(routeOf(id)) ?? [],
  }
}

function specDocument(service: string, document: JsonObject): SpecDocument {
  const file = `${service}.yaml`
  const origins = new Map<object, Origin>()
  const note = (node: JsonValue, origin: Origin): void => {
    if (typeof node !== 'object' || node === null) return
    origins.set(node, origin)
    for (const [name, value] of Object.entries(node)) note(value, below(origin, name))
  }
  note(document, { file, pointer: '' })
  const version = String(document['openapi']).slice(0, 3) as SpecDocument['version']
  return {
    service,
    file,
    version,
    document,
    renamed: new Map(),
    originOf: (node) => origins.get(node) ?? null,
    refusalOf: () => null,
  }
}

const schema = '{ type: object, properties: { id: { type: string } } }'
const answer = `responses: { 200: { description: Fine, content: { application/json: { schema: ${schema} } } } }`

/** One operation of a spec, as a line of YAML: `get: { ... }`, with further members before its responses. */
export function operation(method: string, members = ''): string {
  return `${method}: { ${members === '' ? '' : `${members}, `}${answer} }`
}

/** A spec with these paths, secured by the scheme `oauth` unless `more` sets another `security`. */
export function spec(paths: readonly string[], more = "security: [{ oauth: ['orders:read'] }]"): string {
  return `
openapi: 3.1.0
info: { title: Orders, version: '1' }
${more}
components:
  securitySchemes:
    oauth: { type: oauth2, flows: {} }
    staff: { type: http, scheme: bearer }
    key: { type: apiKey, in: header, name: X-Api-Key }
paths:
${paths.map((path) => `  ${path}`).join('\n')}
`
}

/** A manifest of one service `orders` and one client `web`, with these entries of `expose`. */
export function manifest(
  expose: readonly string[],
  more: { readonly service?: string; readonly client?: string } = {},
): string {
  return `
gatewright: 1
name: shop
services:
  orders:
    spec: orders.yaml
    ${more.service ?? 'url: http://orders.internal'}
    security: { oauth: principal, staff: principal, key: service }
    credential: { header: { name: X-Api-Key, value: '\${ORDERS_KEY}' } }
authenticators:
  bearer: { type: jwt, issuer: '\${ISSUER}', audience: shop, roles: realm.roles }
clients:
  web:
    authenticate: [bearer]
    ${more.client ?? ''}
    expose:
${expose.map((entry) => `      ${entry}`).join('\n')}
`
}

export const orderId = '{ name: orderId, in: path, required: true, schema: { type: string } }'
