import { Delivery } from '../exchange/delivery.ts'
import type { Exchange, Outcome } from '../exchange/exchange.ts'
import type { Observer } from '../observe/observer.ts'
import { completeHeaders, type PreparedHeaders } from '../requests/outgoing.ts'
import type { Treat } from '../upstream/answer.ts'
import { ClientBody, type ClientBodyLimits } from '../upstream/clientBody.ts'
import type { ServiceRequest } from '../upstream/request.ts'
import type { ExpectedAnswer, TransferLimits, Transport } from '../upstream/transport.ts'
import type { Route } from '../vocabulary.ts'
import { problem } from '../words/problems.ts'

/** Data of a route for its call, prepared once. */
export interface PreparedCall {
  readonly route: Route
  /** Milliseconds. */
  readonly timeout: number
  readonly transfer: TransferLimits
  readonly upload: ClientBodyLimits
  /** Adds the route's credentials and calls its service. */
  readonly transport: Transport
  readonly outgoing: PreparedHeaders
  readonly treat: Treat
  /** Whether an answer may be passed on as it arrives. */
  readonly passes: boolean
  readonly expected: ExpectedAnswer
}

const internal = problem('internal', { reason: 'decision-missing' })
const tooLarge = problem('content-too-large')

/**
 * Sends the request that `validate` built to the route's service. Requires a decision of `authorize`: if the table of steps lacks
 * that step, the answer is 500 and nothing is sent.
 */
export function createCall(
  observer: Pick<Observer, 'callUndecided'>,
): (exchange: Exchange, prepared: PreparedCall) => Outcome | Promise<Outcome> {
  return (exchange, { route, timeout, transfer, upload, transport, outgoing, treat, passes, expected }) => {
    const { request, decision, req } = exchange
    const headOnly = req.method === 'HEAD'
    if (decision === null || request === null) {
      observer.callUndecided({ requestId: exchange.requestId, route: route.id })
      return internal
    }
    completeHeaders(exchange, request.headers, outgoing)
    const body = request.body === 'stream' ? streamOf(exchange, request, upload) : request.body
    if (body === undefined) return tooLarge
    const order = { caller: exchange, request, body, timeout, transfer, headOnly, treat, passes, expected }
    return new Promise((resolve, reject) => {
      new Delivery(exchange, order, resolve, reject).begin(transport)
    })
  }
}

/** The client's body as a stream; `undefined`: its `Content-Length` exceeds the limit. */
function streamOf(
  { req, started }: Exchange,
  request: ServiceRequest,
  limits: ClientBodyLimits,
): ClientBody | undefined {
  const length = Number(req.headers['content-length'] ?? 0)
  if (length > limits.bytes) return undefined
  // undici frames the body itself; if a length is given, it also checks that.
  if (length > 0) request.headers['content-length'] = String(length)
  return new ClientBody(req, limits, started)
}
