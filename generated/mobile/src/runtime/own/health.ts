import type { Step } from '../exchange/exchange.ts'
import type { Responder } from '../http/responder.ts'
import { problem } from '../words/problems.ts'

/** Paths that are the gateway's own: no route may take them. */
export const ownPaths = ['/health/live', '/health/ready', '/.well-known/jwks.json'] as const

export interface OwnOptions {
  readonly ready: () => boolean
  /** Public keys of the identity tokens that services get; `null`: there are none. */
  readonly jwks: object | null
  readonly responder: Responder
}

const wrongMethod = problem('method-not-allowed', { headers: { allow: 'GET, HEAD' } })

/**
 * Answers what is asked of the gateway itself, without credentials and for any host, since probes ask by address: whether the
 * process is alive, whether it wants traffic (rules F12, F18), and with which keys it signs.
 */
export function createOwn({ ready, jwks, responder }: OwnOptions): Step {
  const keys = jwks === null ? null : JSON.stringify(jwks)

  return (exchange) => {
    const { path } = exchange
    if (path.charCodeAt(1) !== 0x68 && path.charCodeAt(1) !== 0x2e) return undefined
    const own =
      path === '/health/live' || path === '/health/ready' || (keys !== null && path === '/.well-known/jwks.json')
    if (!own) return undefined
    const { method } = exchange.req
    if (method !== 'GET' && method !== 'HEAD') return wrongMethod
    if (path === '/health/live') responder.json(exchange, 200, '{"status":"ok"}')
    else if (path !== '/health/ready') responder.json(exchange, 200, keys ?? '')
    else if (ready()) responder.json(exchange, 200, '{"status":"ready"}')
    else responder.json(exchange, 503, '{"status":"not ready"}')
    return 'answered'
  }
}
