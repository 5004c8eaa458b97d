import { type Body, createBodyReader } from '../bodies/index.ts'
import type { Exchange, Outcome, Step } from '../exchange/exchange.ts'
import { createBindings } from '../requests/bindings.ts'
import { createRequestBuilder } from '../requests/build.ts'
import { createRequestReader } from '../requests/read.ts'
import type { CompiledSchemas } from '../schema/index.ts'
import type { ServiceRequest } from '../upstream/request.ts'
import type { OperationSchemas, Route } from '../vocabulary.ts'
import { type Problem, problem } from '../words/problems.ts'

const forbidden = problem('forbidden')
const malformed = problem('malformed-request')

/**
 * Makes the step that checks a request against its operation's contract and builds the request to the service, from allow-lists
 * only (rules P5, P8 to P11, R3). Parameters are checked first: if they are invalid, the body is not read. Everything is prepared
 * once, on the route's first use.
 */
export function createValidator(route: Route, schemas: CompiledSchemas): Step {
  const operation = schemas.operation(route.contract.operation)
  let prepared: Step | null = null
  return (exchange) => {
    prepared ??= prepare(route, operation, schemas)
    return prepared(exchange)
  }
}

function prepare({ request: policy, action }: Route, operation: OperationSchemas, schemas: CompiledSchemas): Step {
  const bind = createBindings(policy.bind, operation, schemas)
  const read = createRequestReader(policy, operation, schemas)
  const build = createRequestBuilder(action)
  const readBody = createBodyReader(policy, operation, schemas)

  return (exchange) => {
    const bound = bind(exchange.principal)
    if (bound === null) return forbidden
    const inputs = read(exchange, bound)
    if ('kind' in inputs) return inputs
    const request = build(inputs)
    if (request === null) return malformed
    const body = readBody(exchange, bound.body)
    return body instanceof Promise
      ? body.then((late) => finish(exchange, request, late))
      : finish(exchange, request, body)
  }
}

function finish(exchange: Exchange, request: ServiceRequest, body: Body | Problem): Outcome {
  if (body.kind === 'problem') return body
  if (body.contentType !== null) request.headers['content-type'] = body.contentType
  request.body = body.body
  exchange.request = request
  return undefined
}
