import { checkFraming } from '../admission/framing.ts'
import { createHeaderCheck } from '../admission/headers.ts'
import { isCleanQuery, readTarget } from '../admission/target.ts'
import type { Step } from '../exchange/exchange.ts'
import { isCleanPath } from '../words/cleanPath.ts'
import { problem } from '../words/problems.ts'

const malformed = problem('malformed-request')
const unknownMethod = problem('method-not-allowed', {
  headers: { allow: 'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT' },
  close: true,
})

/**
 * Refuses ambiguous requests (rules P1, P3, P5, P6, R1, R5) and sets the path and query of the exchange. `secrets` are the
 * headers that carry credentials. `semicolons`: whether any route takes matrix parameters.
 */
export function createAdmit(secrets: readonly string[], semicolons: boolean): Step {
  const checkHeaders = createHeaderCheck(secrets)
  return (exchange) => {
    const { req } = exchange
    const refusal =
      checkHeaders(req.rawHeaders) ??
      checkFraming(req.httpVersion, req.headers['transfer-encoding'], req.headers['content-length'])
    if (refusal !== undefined) return refusal

    const method = req.method ?? ''
    if (!methods.has(method)) return unknownMethod
    const target = readTarget(method, req.url ?? '', req.headers.host)
    if ('kind' in target) return target
    if (target.path !== '*' && !isCleanPath(target.path)) return malformed
    if (!semicolons && target.path.includes(';')) return malformed
    if (target.query !== '' && !isCleanQuery(target.query)) return malformed
    exchange.path = target.path
    exchange.query = target.query
    return undefined
  }
}

/** Other methods that Node.js can parse, such as TRACE and CONNECT, are refused. */
const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
