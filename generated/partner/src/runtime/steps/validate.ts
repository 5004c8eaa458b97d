import { type Body, createBodyReader } from '../bodies/index.ts'
import type { Exchange, Outcome, Step } from '../exchange/exchange.ts'
import { createBindings, unfitBinds } from '../requests/bindings.ts'
import { createRequestBuilder } from '../requests/build.ts'
import { createRequestReader } from '../requests/read.ts'
import type { CompiledSchemas } from '../schema/index.ts'
import type { EntityTags } from '../support/entityTags.ts'
import type { HeldBytes } from '../support/heldBytes.ts'
import type { UploadLimits } from '../support/uploadClock.ts'
import type { ServiceRequest } from '../upstream/request.ts'
import type { OperationSchemas, Route } from '../vocabulary.ts'
import { type Problem, problem } from '../words/problems.ts'

const malformed = problem('malformed-request', { reason: 'parameter-unsendable' })

/**
 * Makes the step that checks a request against its operation's contract and builds the request to the service, from allow-lists
 * only (rules P5, P8 to P11, R3). Parameters are checked first: if they are invalid, the body is not read. Everything is prepared
 * once, on the route's first use. `tags`: the entity tags of the route's answers. `maxPairs`: of a query.
 */
export function createValidator(
  route: Route,
  schemas: CompiledSchemas,
  upload: UploadLimits,
  held: HeldBytes,
  tags?: Pick<EntityTags, 'restore'>,
  maxPairs?: number,
): Step {
  const operation = schemas.operation(route.contract.operation)
  let prepared: Step | null = null
  return (exchange) => {
    tags?.restore(exchange.req)
    prepared ??= prepare(route, operation, schemas, upload, held, maxPairs)
    return prepared(exchange)
  }
}

function prepare(
  { request: policy, action, undeclaredBody }: Route,
  operation: OperationSchemas,
  schemas: CompiledSchemas,
  upload: UploadLimits,
  held: HeldBytes,
  maxPairs: number | undefined,
): Step {
  const bind = createBindings(policy, operation, schemas)
  const read = createRequestReader(policy, operation, schemas, maxPairs)
  const build = createRequestBuilder(action)
  const readBody = createBodyReader(policy, undeclaredBody, operation, schemas, upload, held)
  // `match` refuses values that make the path of another operation where the client's path alone decides, so here a bound one is involved.
  const unfit = unfitBinds(policy.bind.filter((bind) => bind.in === 'path'))

  return (exchange) => {
    const bound = bind(exchange.principal)
    if ('kind' in bound) return bound
    const inputs = read(exchange, bound)
    if ('kind' in inputs) return inputs
    const request = build(inputs)
    if (request === 'malformed') return malformed
    if (request === 'reserved') return unfit
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
