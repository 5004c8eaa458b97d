import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'
import type { Exchange, Outcome, Treatment } from '../exchange/exchange.ts'
import { type Problem, type ProblemName, problem } from '../words/problems.ts'
import { ClientBody } from './clientBody.ts'
import { decodeBody, isPassable, isPlain } from './decode.ts'
import type { Endpoint, Waiting } from './endpoint.ts'
import { ended, failureCode, failureName, type Reason } from './failures.ts'
import type { Upstream } from './index.ts'
import { type EventStreams, Relay, type RelaySource } from './relay.ts'

/** One call of a service: what is sent, how long it may take, and what becomes of the answer. */
export interface Order {
  readonly exchange: Exchange
  readonly upstream: Upstream
  readonly method: Dispatcher.HttpMethod
  /** Path and query below the endpoint's base. */
  readonly path: string
  readonly headers: Record<string, string | string[]>
  readonly body: Buffer | ClientBody | null
  /** Milliseconds until the answer's head, and until its end where it must be read whole. */
  readonly timeout: number
  readonly treat: (status: number, contentType: string | undefined, exchange: Exchange) => Treatment
  readonly streams: EventStreams
  /** Told about every failure of an endpoint, for the log. */
  readonly report: (exchange: Exchange, service: string, code: string) => void
}

/** Bytes of an unwanted body that are read to keep the connection; a longer one costs the connection. */
const worthReading = 65_536

const busy = problem('unavailable', { headers: { 'retry-after': '1' } })

/**
 * Sends a call and prepares its answer in `exchange.answer`. An endpoint that cannot be reached was sent nothing, so the next
 * one is tried whatever the method (rule F1); a call that was sent is not repeated. Ends with `answered` when the client
 * has gone (rule F15).
 */
export function forward(order: Order): Promise<Outcome> {
  return new Promise((resolve) => {
    new Forwarding(order, resolve).next()
  })
}

class Forwarding implements Dispatcher.DispatchHandler, Waiting, RelaySource {
  readonly #order: Order
  readonly #resolve: (outcome: Outcome) => void
  readonly #tried: Endpoint[] = []
  #timer: NodeJS.Timeout | null
  /** What the call occupies, until it is released. */
  #endpoint: Endpoint | null = null
  #controller: Dispatcher.DispatchController | null = null
  /** `performance.now()` when it was handed to the endpoint. */
  #sent = 0
  #settled = false
  /** Set when nobody wants the answer any more. */
  #cancelled: Reason | null = null
  #shape: Treatment | null = null
  #headers: IncomingHttpHeaders = {}
  #relay: Relay | null = null
  readonly #chunks: Buffer[] = []
  #size = 0

  constructor(order: Order, resolve: (outcome: Outcome) => void) {
    this.#order = order
    this.#resolve = resolve
    this.#timer = setTimeout(this.#onDeadline, order.timeout)
    order.exchange.onAbort = this.#onGone
  }

  /** Tries the next endpoint. */
  next(failure: ProblemName | null = null): void {
    const endpoint = this.#order.upstream.choose(this.#tried)
    if (endpoint === null) {
      this.#settle(failure === null ? busy : problem(failure))
      return
    }
    this.#endpoint = endpoint
    endpoint.enter(this)
  }

  start(): void {
    const { method, path, headers, body } = this.#order
    this.#sent = performance.now()
    this.#endpoint?.dispatch({ method, path: this.#endpoint.base + path, headers, body }, this)
  }

  // ------------------------------------------------------------------------------------------ undici's events

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    const { body } = this.#order
    if (this.#cancelled !== null) controller.abort(ended[this.#cancelled])
    // The client decides how long its body takes; the server's own timeout watches it (rule P7).
    else if (body instanceof ClientBody) {
      this.#stopTimer()
      body.once('end', () => {
        if (this.#shape === null) this.#timer = setTimeout(this.#onDeadline, this.#order.timeout)
      })
    }
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200 || this.#cancelled !== null) return
    const { exchange, treat, streams } = this.#order
    exchange.serviceTime = performance.now() - this.#sent
    const type = headers['content-type']
    const shape = Array.isArray(type) ? broken : treat(status, type, exchange)
    this.#shape = shape
    this.#headers = headers
    if (shape.kind === 'problem') {
      this.#settle(withRetryAfter(shape.problem, status, headers['retry-after']))
    } else if (shape.kind === 'empty') {
      exchange.answer = { shape, headers, body: null }
      this.#settle(undefined)
    } else if (shape.kind === 'pass') {
      if (!isPassable(headers['content-encoding'])) {
        this.#refuse('encoding')
        return
      }
      const events = type?.startsWith('text/event-stream') === true
      this.#relay = new Relay(exchange, this, events ? streams : null)
      exchange.answer = { shape, headers, body: this.#relay }
      this.#settle(undefined)
    }
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#relay !== null) {
      if (!this.#relay.push(chunk)) controller.pause()
      return
    }
    this.#size += chunk.length
    if (this.#settled) {
      if (this.#size > worthReading) this.#cancel('answered')
      return
    }
    if (this.#size > this.#order.upstream.maxAnswer) this.#refuse('too-large')
    else this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    this.#release()
    this.#relay?.end()
    if (this.#settled || this.#shape?.kind !== 'project') return
    const [only] = this.#chunks
    const bytes = this.#chunks.length === 1 && only !== undefined ? only : Buffer.concat(this.#chunks)
    const encoding = this.#headers['content-encoding']
    if (isPlain(encoding)) {
      this.#deliver(bytes)
      return
    }
    decodeBody(bytes, encoding, this.#order.upstream.maxAnswer, (plain) => {
      if (plain === null) this.#refuse('encoding')
      else this.#deliver(plain)
    })
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const endpoint = this.#endpoint
    this.#release()
    if (this.#cancelled !== null) return
    const { body, exchange, report, upstream } = this.#order
    if (body instanceof ClientBody && body.tooLarge) {
      this.#settle(problem('content-too-large'))
      this.#relay?.fail()
      return
    }
    report(exchange, upstream.name, failureCode(error))
    const name = failureName(error)
    // Before the request has started not one byte of it has left.
    if (this.#controller === null && endpoint !== null && name !== 'unavailable' && name !== 'internal') {
      endpoint.refuse(performance.now())
      this.#tried.push(endpoint)
      this.next(name)
      return
    }
    this.#settle(name === 'unavailable' ? busy : problem(name))
    this.#relay?.fail()
  }

  // ------------------------------------------------------------------------------------------ the relay's wishes

  resume(): void {
    this.#controller?.resume()
  }

  stop(): void {
    this.#cancel('answered')
  }

  // ------------------------------------------------------------------------------------------ ends

  readonly #onDeadline = (): void => {
    const { exchange, report, upstream } = this.#order
    report(exchange, upstream.name, 'deadline')
    this.#cancel('deadline')
    this.#settle(late)
  }

  readonly #onGone = (): void => {
    this.#cancel('gone')
    this.#settle('answered')
  }

  #deliver(body: Buffer): void {
    if (this.#shape?.kind !== 'project') return
    this.#order.exchange.answer = { shape: this.#shape, headers: this.#headers, body }
    this.#settle(undefined)
  }

  /** The service's answer cannot be used. */
  #refuse(code: string): void {
    const { exchange, report, upstream } = this.#order
    report(exchange, upstream.name, code)
    this.#cancel('answered')
    this.#settle(bad)
  }

  #settle(outcome: Outcome): void {
    this.#stopTimer()
    if (this.#settled) return
    this.#settled = true
    const { body } = this.#order
    if (outcome !== undefined && body instanceof ClientBody) {
      // The rest of the upload is of no use to anybody.
      this.#cancel('answered')
      body.destroy()
    }
    this.#resolve(outcome)
  }

  /** Stops the call, wherever it is. One that undici has not started yet is aborted when it does. */
  #cancel(reason: Reason): void {
    if (this.#cancelled !== null || this.#endpoint === null) return
    this.#cancelled = reason
    if (this.#endpoint.leave(this)) this.#endpoint = null
    else this.#controller?.abort(ended[reason])
  }

  #release(): void {
    this.#endpoint?.release()
    this.#endpoint = null
  }

  #stopTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }
}

const bad: Problem = problem('bad-gateway')
const late: Problem = problem('gateway-timeout')
const broken: Treatment = { kind: 'problem', problem: bad }

/** How long a service wants to be left alone goes on with the problem that stands for its answer. */
function withRetryAfter(of: Problem, status: number, retryAfter: string | undefined): Problem {
  if ((status !== 429 && status !== 503) || retryAfter === undefined || !/^[0-9]{1,6}$/.test(retryAfter)) return of
  return { ...of, headers: { ...of.headers, 'retry-after': retryAfter } }
}
