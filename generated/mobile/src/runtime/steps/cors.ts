import type { Step } from '../exchange/exchange.ts'
import type { CorsPolicy } from '../http/cors.ts'
import type { Responder } from '../http/responder.ts'

export interface PreflightTarget {
  /** Methods of the path; empty: there is nothing at this path. */
  methods(path: string): readonly string[]
  /** Lower-case names of the headers that the routes of the path take. */
  headers(path: string): readonly string[]
}

/**
 * Answers preflights, before any credential is asked for: browsers send none with them. What actual requests need is added to
 * every answer, problems included, by the responder. `null`: the client has no cross-origin access, and preflights are
 * requests like others.
 */
export function createCorsStep(policy: CorsPolicy | null, target: PreflightTarget, responder: Responder): Step {
  if (policy === null) return () => undefined
  return (exchange) => {
    const { method, headers } = exchange.req
    if (
      method !== 'OPTIONS' ||
      headers.origin === undefined ||
      headers['access-control-request-method'] === undefined
    ) {
      return undefined
    }
    const methods = target.methods(exchange.path)
    if (methods.length === 0) return undefined
    const fields: string[] = []
    policy.preflight(headers.origin, methods, target.headers(exchange.path), fields)
    responder.head(exchange, 204, fields, 'access-control-request-method, access-control-request-headers')
    exchange.res.end()
    return 'answered'
  }
}
