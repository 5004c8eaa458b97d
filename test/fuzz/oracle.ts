import type { ReceivedRequest } from '../../generator/dev/simulator.ts'
import type { Model } from '../../generator/model/index.ts'
import type { ClientPlan } from '../../generator/plan/types.ts'
import { compileSchemas } from '../../templates/runtime/schema/index.ts'
import type {
  OperationSchemas,
  ParameterSchema,
  Route,
  Schema,
  ServiceSchemas,
} from '../../templates/runtime/vocabulary.ts'
import type { Caller } from '../support/sampleSystem.ts'
import { namesIn } from './dispositions.ts'
import { foldedComplaints } from './foldedNames.ts'
import { mark } from './mutations.ts'
import { rivalsOf } from './siblings.ts'

/**
 * Header fields that a gateway writes itself, or passes on because they describe the message (RFC 9110 sections 8, 13
 * and 14).
 */
const ofTheGateway = new Set([
  ...['host', 'connection', 'accept', 'accept-encoding', 'via', 'content-type', 'content-length', 'transfer-encoding'],
  ...[
    'x-forwarded-for',
    'x-forwarded-proto',
    'x-request-id',
    'traceparent',
    'tracestate',
    'authorization',
    'x-api-key',
  ],
  ...['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since', 'range', 'if-range'],
])

/** Text that must not be in any answer (rule O1). */
const inner = /node_modules|\bat \/|ECONN|UND_ERR|EPIPE|TypeError|RangeError|localhost/

/** Finds faults of requests that reached a service, by the access table and the contract of the client. */
export class Oracle {
  readonly #routes: readonly {
    readonly route: Route
    readonly schemas: ServiceSchemas
    readonly operation: OperationSchemas
  }[]
  readonly #compiled = new Map<ServiceSchemas, ReturnType<typeof compileSchemas>>()

  readonly #templates: ReadonlyMap<string, readonly string[]>

  constructor({ routes, services }: ClientPlan, model: Model) {
    this.#templates = new Map(
      model.services.map(({ id, operations }) => [id, operations.map(({ path }) => path.text)] as const),
    )
    this.#routes = routes.flatMap(({ route }) => {
      const schemas = services.find(({ id }) => id === route.action.service)?.schemas
      const operation = schemas?.operations[route.contract.operation]
      return schemas === undefined || operation === undefined ? [] : [{ route, schemas, operation }]
    })
  }

  /** `caller`: owner of the credential that was sent; `null`: no valid credential. */
  complaints(received: ReceivedRequest, caller: Caller | null): readonly string[] {
    const [path = '', query = ''] = received.url.split('?', 2)
    const candidates = this.#routes.filter(
      ({ route }) => route.action.method === received.method && fits(route.action.path, path),
    )
    if (candidates.length === 0) return [`no route leads to ${received.method} ${received.url}`]
    const every = candidates.map(({ route, schemas, operation }) => [
      ...accessComplaints(route, caller),
      ...this.#siblingComplaints(route, received.service, path),
      ...queryComplaints(route, schemas, operation, query, caller),
      ...headerComplaints(route, received, caller),
      ...this.#bodyComplaints(route, schemas, operation, received),
    ])
    return every.find((complaints) => complaints.length === 0) ?? every[0] ?? []
  }

  /** The path must not be that of another operation, in any method. */
  #siblingComplaints({ action }: Route, service: string | null, path: string): readonly string[] {
    const rivals = rivalsOf(this.#templates.get(service ?? '') ?? [], action.path, path)
    return rivals.map((rival) => `${path} is also a path of ${rival}`)
  }

  #bodyComplaints(
    route: Route,
    schemas: ServiceSchemas,
    operation: OperationSchemas,
    { body, headers }: ReceivedRequest,
  ): readonly string[] {
    if (body.length === 0) return []
    if (route.request.body === null || operation.body === null) return ['a body where none is declared']
    const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? ''
    const [, media] =
      Object.entries(operation.body.content).find(([name]) => name.split(';')[0]?.trim().toLowerCase() === type) ?? []
    if (media === undefined) return []
    if (type === 'multipart/form-data') return partComplaints(body.toString('latin1'))
    if (!/[/+]json$/.test(type)) return []
    const compiled = this.#compiled.get(schemas) ?? compileSchemas(schemas)
    this.#compiled.set(schemas, compiled)
    const text = body.toString('utf8')
    if (text.includes('__proto__')) return ['a body with __proto__']
    const value: unknown = JSON.parse(text)
    const bound = route.request.bind.flatMap((bind) => (bind.in === 'body' ? [bind.name] : []))
    const folded = foldedComplaints(value, media.schema, schemas.schemas, bound)
    if (folded.length > 0) return folded
    return compiled.checker(media.schema, 'request').fits(JSON.parse(text))
      ? []
      : [`a body that does not fit: ${text.slice(0, 200)}`]
  }
}

function resolved(schema: Schema, schemas: ServiceSchemas): Exclude<Schema, boolean> {
  if (typeof schema === 'boolean') return {}
  const { $ref } = schema
  return typeof $ref === 'string' ? resolved(schemas.schemas[$ref.slice('#/schemas/'.length)] ?? true, schemas) : schema
}

/** Every reader must take each part for the same field. */
function partComplaints(body: string): readonly string[] {
  const [opening = ''] = body.split('\r\n', 1)
  return body
    .split(opening)
    .map((part) => [...namesIn(part.split('\r\n\r\n')[0] ?? '')])
    .filter((names) => names.length > 1)
    .map((names) => `a part that is ${names.join(' or ')}`)
}

/** Compares segment by segment: literals are equal, and values are encoded. */
function fits(template: string, path: string): boolean {
  const expected = (template.split('?')[0] ?? '').split('#')[0]?.split('/') ?? []
  const found = path.split('/')
  return (
    expected.length === found.length &&
    expected.every((part, index) => {
      const text = found[index] ?? ''
      const pattern = part
        .split(/(\{[^}]*\})/)
        .map((piece) =>
          piece.startsWith('{')
            ? "(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-F]{2})+"
            : piece.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'),
        )
        .join('')
      return new RegExp(`^${pattern}$`).test(text) && !/^\.{1,2}$|[/\\]/.test(decodeURIComponent(text))
    })
  )
}

function accessComplaints({ access }: Route, caller: Caller | null): readonly string[] {
  if (access.kind === 'public') return []
  if (caller === null) return ['a protected route without a credential']
  const granted = access.anyOf.some(
    ({ scopes, roles }) =>
      scopes.every((scope) => caller.scopes.includes(scope)) && roles.every((role) => caller.roles.includes(role)),
  )
  return granted ? [] : ['a route that the caller may not call']
}

function queryComplaints(
  route: Route,
  schemas: ServiceSchemas,
  operation: OperationSchemas,
  query: string,
  caller: Caller | null,
): readonly string[] {
  const pairs = [...new URLSearchParams(query)]
  const bound = route.request.bind.filter((bind) => bind.in === 'query')
  const fixed = [...new URLSearchParams(route.action.path.split('?')[1] ?? '')].map(([name]) => name)
  const declared = [...route.request.query, ...bound.map(({ name }) => name), ...fixed]
  const open = declared.flatMap((name) => membersOf(operation.query[name], schemas))
  const strangers = pairs.filter(
    ([name]) =>
      !declared.includes(name) &&
      !declared.includes(name.split('[')[0] ?? '') &&
      !open.includes(name) &&
      !open.includes('*'),
  )
  return [
    ...strangers.map(([name]) => `the undeclared query ${name}`),
    ...bound.flatMap(({ name, claim }) => {
      const values = pairs.filter(([other]) => other === name).map(([, value]) => value)
      return claim.join() === 'sub' && (values.length !== 1 || values[0] !== caller?.subject)
        ? [`${name} is ${values.join()}`]
        : []
    }),
  ]
}

/** Names of the members of an exploded object; `*`: any name. */
function membersOf(parameter: ParameterSchema | undefined, schemas: ServiceSchemas): readonly string[] {
  if (parameter === undefined || parameter.style !== 'form' || !parameter.explode) return []
  const { properties, additionalProperties, type } = resolved(parameter.schema, schemas)
  if (type !== 'object' && properties === undefined) return []
  return [...Object.keys((properties ?? {}) as object), ...(additionalProperties === false ? [] : ['*'])]
}

function headerComplaints(route: Route, { headers }: ReceivedRequest, caller: Caller | null): readonly string[] {
  const declared = new Set(
    [...route.request.header, ...route.request.bind.map(({ name }) => name)].map((name) => name.toLowerCase()),
  )
  const entries = Object.entries(headers).map(([name, value]) => [name, String(value)] as const)
  const passed = (name: string): boolean => declared.has(name) || (name === 'cookie' && route.request.cookie.length > 0)
  const strangers = entries.filter(([name]) => !ofTheGateway.has(name) && !passed(name))
  const marked = entries.filter(
    ([name, value]) =>
      value.includes(mark) && !declared.has(name) && !/^(?:if-|range|accept|content-type|tracestate|cookie)/.test(name),
  )
  const wrong = [
    ...strangers.map(([name]) => `the undeclared header ${name}`),
    ...marked.map(([name, value]) => `${name}: ${value}`),
  ]
  if (headers['x-forwarded-for'] !== '127.0.0.1') wrong.push(`x-forwarded-for: ${String(headers['x-forwarded-for'])}`)
  if (
    route.action.credentials.length === 0 &&
    (headers.authorization !== undefined || headers['x-api-key'] !== undefined)
  ) {
    wrong.push('a credential for a service that gets none')
  }
  const identity = route.request.bind.filter(({ in: place, claim }) => place === 'header' && claim.join() === 'sub')
  for (const { name } of identity)
    if (headers[name.toLowerCase()] !== caller?.subject) wrong.push(`${name} is not the caller's`)
  return wrong
}

export interface Answered {
  readonly status: number
  readonly fields: readonly (readonly [string, string])[]
  readonly body: string
}

/** Faults of an answer. `inside`: addresses that must not be in it. */
export function answerComplaints({ status, fields, body }: Answered, inside: readonly string[]): readonly string[] {
  const head = fields.map(([name, value]) => `${name}: ${value}`).join('\n')
  const found = (what: RegExp | string): boolean =>
    typeof what === 'string' ? head.includes(what) || body.includes(what) : what.test(head) || what.test(body)
  const leaks = [inner, ...inside].filter(found).map((what) => `the answer says ${String(what)}`)
  const own = fields.some(([name, value]) => name === 'content-type' && value.startsWith('application/problem+json'))
  const problem = own && body !== '' ? (JSON.parse(body) as { status?: unknown }) : null
  return [
    ...leaks,
    ...(status >= 500 ? [`the answer is ${status}`] : []),
    ...(problem !== null && problem.status !== status ? [`a problem of ${String(problem.status)} with ${status}`] : []),
    ...(/[\0-\x08\x0e-\x1f\x7f]/.test(head) ? ['control characters in a header field'] : []),
  ]
}
