import { createAccept } from '../bodies/index.ts'
import type { Exchange } from '../exchange/exchange.ts'
import { TooMuchWork, work } from '../json/index.ts'
import { cookieInput, type Findings, headerInput, pathInput, queryInput } from '../parameters/index.ts'
import type { CompiledSchemas } from '../schema/index.ts'
import type { OutgoingHeaders } from '../upstream/request.ts'
import type { OperationSchemas, RequestPolicy } from '../vocabulary.ts'
import { type Problem, problem } from '../words/problems.ts'
import type { Bound } from './bindings.ts'
import type { RequestInputs } from './build.ts'

/** Reads the parameters of a client's request and adds those filled from the caller's claims; a problem if they are invalid. */
export type RequestReader = (
  exchange: Pick<Exchange, 'req' | 'match' | 'query'>,
  bound: Bound,
) => RequestInputs | Problem

const tooMuch = problem('invalid-request', {
  reason: 'parameter-invalid',
  errors: [{ in: 'query', pointer: '', detail: 'has parameters that take too long to check' }],
})

/**
 * Makes the reader of a route's parameters, from allow-lists only (rules P5, P11, R3), within one budget of steps (rule P15).
 * `maxPairs`: of a query.
 */
export function createRequestReader(
  policy: RequestPolicy,
  operation: OperationSchemas,
  schemas: CompiledSchemas,
  maxPairs?: number,
): RequestReader {
  const readPath = pathInput(policy, operation, schemas)
  const readQuery = queryInput(policy, operation, schemas, maxPairs)
  const readHeaders = headerInput(policy, operation, schemas)
  const readCookies = cookieInput(policy, operation, schemas)
  const acceptFor = createAccept(operation.answers)

  const read: RequestReader = ({ req, match, query: received }, bound) => {
    const findings: Findings = []
    const path = new Map(bound.path)
    readPath(match?.names ?? [], match?.raw ?? [], path, findings)
    const query = readQuery(received, findings)
    if (query === null) return problem('malformed-request', { errors: findings, reason: 'query-malformed' })
    const headers: OutgoingHeaders = { accept: acceptFor(req.headers.accept) }
    readHeaders(req.headers, headers, findings)
    const cookie = readCookies(req.headers.cookie, findings)
    if (findings.length > 0) return problem('invalid-request', { errors: findings, reason: 'parameter-invalid' })
    if (cookie !== null) headers['cookie'] = cookie
    for (const [name, text] of bound.headers) headers[name] = text
    query.push(...bound.query)
    return { path, query, headers }
  }

  return (exchange, bound) => {
    work.begin()
    try {
      return read(exchange, bound)
    } catch (error) {
      if (error instanceof TooMuchWork) return tooMuch
      throw error
    } finally {
      work.end()
    }
  }
}
