import { type Body, createAccept, createBodyReader, type Filling } from '../bodies/index.ts'
import type { Exchange, Outcome, Step } from '../exchange/exchange.ts'
import type { JsonValue } from '../json/index.ts'
import {
  binding,
  bodyBinding,
  cookieInput,
  type Findings,
  headerInput,
  pathInput,
  pathTemplate,
  queryInput,
} from '../parameters/index.ts'
import type { CompiledSchemas } from '../schema/index.ts'
import type { Bind, OperationSchemas, Route } from '../vocabulary.ts'
import { problem } from '../words/problems.ts'

/**
 * Makes the step that checks a request against its operation's contract and builds what the service gets, from allow-lists only
 * (rules P5, P8 to P11, R3). Parameters come before the body: a request that is wrong already is answered without reading it.
 * Everything is prepared once, on the route's first use.
 */
export function createValidator(route: Route, schemas: CompiledSchemas): Step {
  const operation = schemas.operation(route.contract.operation)
  let prepared: Step | null = null
  return (exchange) => {
    prepared ??= prepare(route, operation, schemas)
    return prepared(exchange)
  }
}

function prepare(route: Route, operation: OperationSchemas, schemas: CompiledSchemas): Step {
  const { request: policy, action } = route
  const template = pathTemplate(action.path)
  const readPath = pathInput(policy, operation, schemas)
  const readQuery = queryInput(policy, operation, schemas)
  const readHeaders = headerInput(policy, operation, schemas)
  const readCookies = cookieInput(policy, operation, schemas)
  const readBody = createBodyReader(policy, operation, schemas)
  const acceptFor = createAccept(operation.answers)
  const bind = createBindings(policy.bind, operation, schemas)

  return (exchange) => {
    const bound = bind(exchange)
    if (bound === null) return problem('forbidden')
    const { req, match } = exchange
    const findings: Findings = []
    const values = new Map(bound.path)
    readPath(match?.names ?? [], match?.raw ?? [], values, findings)
    const query = readQuery(exchange.query, findings)
    if (query === null) return problem('malformed-request', { errors: findings })
    const headers: Record<string, string | string[]> = { accept: acceptFor(req.headers.accept) }
    readHeaders(req.headers, headers, findings)
    const cookie = readCookies(req.headers.cookie, findings)
    if (findings.length > 0) return problem('invalid-request', { errors: findings })
    // A value that does not stay in its place was refused above; what is left are templates that put two harmless ones together.
    const path = template.path(values)
    if (path === null) return problem('malformed-request')
    if (cookie !== null) headers['cookie'] = cookie
    for (const [name, text] of bound.headers) headers[name] = text
    const address = completeAddress(path, [template.query, ...query, ...bound.query])

    const finish = (body: Body): undefined => {
      if (body.contentType !== null) headers['content-type'] = body.contentType
      exchange.request = { method: action.method, path: address, headers, body: body.body }
      return undefined
    }
    const taken = readBody(exchange, bound.body)
    if (taken instanceof Promise) return taken.then((body): Outcome => (body.kind === 'problem' ? body : finish(body)))
    return taken.kind === 'problem' ? taken : finish(taken)
  }
}

function completeAddress(path: string, query: readonly string[]): string {
  const present = query.filter((text) => text !== '')
  return present.length === 0 ? path : `${path}?${present.join('&')}`
}

/** What the caller's claims fill in. */
interface Bound {
  readonly path: readonly (readonly [string, string])[]
  readonly query: readonly string[]
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Filling
}

const unbound: Bound = { path: [], query: [], headers: [], body: [] }

/** Fills the bound inputs of a request; `null` when a claim is missing or cannot stand in its place, which is 403 and never a guess. */
function createBindings(
  binds: readonly Bind[],
  operation: OperationSchemas,
  schemas: CompiledSchemas,
): (exchange: Exchange) => Bound | null {
  if (binds.length === 0) return () => unbound
  const ofBody = binds.filter((bind) => bind.in === 'body').map((bind) => ({ ...bind, value: bodyBinding(bind) }))
  const ofText = binds.flatMap((bind) => {
    if (bind.in === 'body') return []
    const name = bind.in === 'header' ? bind.name.toLowerCase() : bind.name
    return [{ in: bind.in, name, text: binding({ ...bind, name }, parameterOf(operation, bind), schemas) }]
  })
  return ({ principal }) => {
    if (principal === null) return null
    const texts = { path: [], query: [], header: [] } as Record<'path' | 'query' | 'header', [string, string][]>
    for (const bind of ofText) {
      const text = bind.text(principal.claims)
      if (text === null) return null
      texts[bind.in].push([bind.name, text])
    }
    const body: [string, JsonValue][] = []
    for (const { name, value } of ofBody) {
      const filled = value(principal.claims)
      if (filled === null) return null
      body.push([name, filled])
    }
    return { path: texts.path, query: texts.query.map(([, text]) => text), headers: texts.header, body }
  }
}

function parameterOf(operation: OperationSchemas, { in: place, name }: Bind) {
  const parameters = place === 'body' ? {} : operation[place]
  if (place !== 'header') return Object.hasOwn(parameters, name) ? parameters[name] : undefined
  return Object.entries(parameters).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]
}
