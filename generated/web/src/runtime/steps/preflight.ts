import type { Exchange, Step } from '../exchange/exchange.ts'
import type { CorsPolicy } from '../http/cors.ts'
import type { Responder } from '../http/responder.ts'
import { problem } from '../words/problems.ts'

export interface PreflightTarget {
  /** Methods of the path; empty: no route has this path. */
  methods(path: string): readonly string[]
  /** Lower-case names of the headers that the routes of the path accept. */
  headers(path: string): readonly string[]
}

const nothing = problem('not-found')

/** Whether a request is a preflight (Fetch Standard, CORS-preflight request). */
export function isPreflight({ req, path }: Exchange): boolean {
  if (req.method !== 'OPTIONS') return false
  return req.headers.origin !== undefined && req.headers['access-control-request-method'] !== undefined && path !== '*'
}

/**
 * Answers preflights before authentication, since browsers send no credentials with them. The responder adds the CORS fields of
 * all other answers, problems included. `null`: the client has no cross-origin access, and no request reaches this step.
 */
export function createPreflight(policy: CorsPolicy | null, target: PreflightTarget, responder: Responder): Step {
  if (policy === null) return () => undefined
  return (exchange) => {
    const methods = target.methods(exchange.path)
    if (methods.length === 0) return nothing
    const fields: string[] = []
    policy.preflight(exchange.req.headers.origin, methods, target.headers(exchange.path), fields)
    responder.head(exchange, 204, fields, 'access-control-request-method, access-control-request-headers')
    exchange.res.end()
    return 'answered'
  }
}
