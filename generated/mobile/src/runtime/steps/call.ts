import type { Exchange, Outcome, Treatment } from '../exchange/exchange.ts'
import type { Log } from '../observe/log.ts'
import { completeHeaders, type OutgoingPlan } from '../requests/outgoing.ts'
import { ClientBody } from '../upstream/clientBody.ts'
import { forward } from '../upstream/forwarding.ts'
import type { Upstream } from '../upstream/index.ts'
import type { EventStreams } from '../upstream/relay.ts'
import type { Route } from '../vocabulary.ts'
import { type Problem, problem } from '../words/problems.ts'

/** What a call needs to know of its route. */
export interface CallPlan {
  readonly route: Route
  readonly upstream: Upstream
  readonly outgoing: OutgoingPlan
  readonly treat: (status: number, contentType: string | undefined, exchange: Exchange) => Treatment
}

export interface CallOptions {
  readonly log: Log
  readonly streams: EventStreams
  /** Adds what lets the gateway in at a service (`credentials/`). */
  readonly apply: (
    exchange: Exchange,
    service: string,
    names: readonly string[],
    headers: Record<string, string | string[]>,
  ) => Problem | undefined | Promise<Problem | undefined>
}

const internal = problem('internal')

/**
 * Sends what `validate` made to the route's service. Works only for a request that `authorize` has decided on: a table of steps
 * that lost its guard answers 500 and sends nothing.
 */
export function createCall({
  log,
  streams,
  apply,
}: CallOptions): (exchange: Exchange, plan: CallPlan) => Outcome | Promise<Outcome> {
  const report = (exchange: Exchange, service: string, code: string): void => {
    log.warn({ id: exchange.requestId, service, code }, 'a call of a service failed')
  }

  const send = (exchange: Exchange, plan: CallPlan): Outcome | Promise<Outcome> => {
    const { req, request } = exchange
    if (request === null) return internal
    const { route, upstream, treat } = plan
    let body: Buffer | ClientBody | null = null
    if (request.body === 'stream') {
      const length = Number(req.headers['content-length'] ?? 0)
      if (length > route.request.maxBody) return problem('content-too-large')
      // undici frames the body by itself; given a length it also checks it.
      if (length > 0) request.headers['content-length'] = String(length)
      body = new ClientBody(req, route.request.maxBody)
    } else {
      body = request.body
    }
    return forward({
      exchange,
      upstream,
      method: request.method,
      path: request.path,
      headers: request.headers,
      body,
      timeout: route.timeout,
      treat,
      streams,
      report,
    })
  }

  return (exchange, plan) => {
    const { request, decision } = exchange
    if (decision === null || request === null) {
      log.error(
        { id: exchange.requestId, route: plan.route.id },
        'reached a service without an access decision; nothing was sent',
      )
      return internal
    }
    const { action } = plan.route
    completeHeaders(exchange, request.headers, plan.outgoing)
    if (action.credentials.length === 0) return send(exchange, plan)
    const refusal = apply(exchange, action.service, action.credentials, request.headers)
    if (refusal === undefined) return send(exchange, plan)
    if ('kind' in refusal) return refusal
    return refusal.then((late) => late ?? send(exchange, plan))
  }
}
