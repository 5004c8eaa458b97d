import type { Exchange, Outcome } from '../exchange/exchange.ts'
import type { Observer } from '../observe/observer.ts'
import { completeHeaders, type PreparedHeaders } from '../requests/outgoing.ts'
import type { Treat } from '../upstream/answer.ts'
import { ClientBody } from '../upstream/clientBody.ts'
import type { Reason } from '../upstream/failures.ts'
import type { ServiceRequest } from '../upstream/request.ts'
import type { Order, Result, Running, Sink, Transport } from '../upstream/transport.ts'
import type { Route } from '../vocabulary.ts'
import { problem } from '../words/problems.ts'

/** What a call needs to know of its route. */
export interface PreparedCall {
  readonly route: Route
  /** Adds the route's credentials and calls its service. */
  readonly transport: Transport
  readonly outgoing: PreparedHeaders
  readonly treat: Treat
}

const internal = problem('internal')
const tooLarge = problem('content-too-large')

/**
 * Sends what `validate` made to the route's service. Works only for a request that `authorize` has decided on: a table of steps
 * that lost its guard answers 500 and sends nothing.
 */
export function createCall(
  observer: Pick<Observer, 'callUndecided'>,
): (exchange: Exchange, prepared: PreparedCall) => Outcome | Promise<Outcome> {
  return (exchange, { route, transport, outgoing, treat }) => {
    const { request, decision, req } = exchange
    if (decision === null || request === null) {
      observer.callUndecided({ requestId: exchange.requestId, route: route.id })
      return internal
    }
    completeHeaders(exchange, request.headers, outgoing)
    const body = request.body === 'stream' ? streamOf(exchange, request, route.request.maxBody) : request.body
    if (body === undefined) return tooLarge
    const { timeout } = route
    const order = { caller: exchange, request, body, timeout, headOnly: req.method === 'HEAD', treat }
    return new Promise((resolve, reject) => {
      new Delivery(exchange, order, resolve, reject).begin(transport)
    })
  }
}

/** The client's body on its way; `undefined`: it is longer than `cap` bytes. */
function streamOf({ req }: Exchange, request: ServiceRequest, cap: number): ClientBody | undefined {
  const length = Number(req.headers['content-length'] ?? 0)
  if (length > cap) return undefined
  // undici frames the body by itself; given a length it also checks it.
  if (length > 0) request.headers['content-length'] = String(length)
  return new ClientBody(req, cap)
}

/** Brings what comes of a call to its exchange. Ends with `answered` when the client has gone (rule F15). */
class Delivery implements Sink, Running {
  readonly #exchange: Exchange
  readonly #order: Order
  readonly #resolve: (outcome: Outcome) => void
  readonly #reject: (error: unknown) => void
  #call: Running | null = null
  #settled = false

  constructor(exchange: Exchange, order: Order, resolve: (outcome: Outcome) => void, reject: (error: unknown) => void) {
    this.#exchange = exchange
    this.#order = order
    this.#resolve = resolve
    this.#reject = reject
  }

  begin(transport: Transport): void {
    this.#exchange.running = this
    this.#call = transport(this.#order, this)
  }

  sending(): void {}

  responded(time: number): void {
    this.#exchange.serviceTime = time
  }

  settled(result: Result): void {
    if (result.kind === 'answer') {
      this.#settled = true
      this.#exchange.answer = result
      this.#resolve(undefined)
      return
    }
    this.#end()
    if (result.kind === 'problem') this.#resolve(result)
    else if (result.error === undefined) this.#resolve(result.problem)
    else this.#reject(result.error)
  }

  /** The client has gone. */
  cancel(reason: Reason): void {
    this.#call?.cancel(reason)
    if (this.#settled) return
    this.#end()
    this.#resolve('answered')
  }

  /** Ends without an answer: the rest of an upload is of no use. */
  #end(): void {
    this.#settled = true
    const { body } = this.#order
    if (!(body instanceof ClientBody)) return
    this.#call?.cancel('answered')
    body.destroy()
  }
}
