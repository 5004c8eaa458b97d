import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'
import type { Observer } from '../../observe/observer.ts'
import { type Problem, type ProblemName, problem } from '../../words/problems.ts'
import type { Treatment } from '../answer.ts'
import { ClientBody } from '../clientBody.ts'
import type { Endpoint, Waiting } from '../endpoint.ts'
import { ended, failureCode, failureName, failureProblem, type Reason } from '../failures.ts'
import type { EventStreams } from '../streams.ts'
import type { Order, Result, Running, Sink } from '../transport.ts'
import { decodeBody, isPassable, isPlain } from './decode.ts'
import { Relay, type RelaySource } from './relay.ts'

/** Shared by all attempts at one service. */
export interface AttemptParts {
  /** Name of the service. */
  readonly service: string
  /** Maximum bytes of an answer that is read whole. */
  readonly maxAnswer: number
  readonly streams: EventStreams
  readonly observer: Observer
}

/** Bytes of an unneeded body that are read to keep the connection; above that the connection is closed. */
const worthReading = 65_536

const bad: Problem = problem('bad-gateway')
const broken: Treatment = { kind: 'problem', problem: bad }

/**
 * One dispatch of an order to one endpoint: turns undici's events into an answer or a failure. It never retries; that is done in
 * `call/nextEndpoint.ts`.
 */
export class Attempt implements Dispatcher.DispatchHandler, Waiting, RelaySource, Running {
  readonly #order: Order
  readonly #parts: AttemptParts
  readonly #sink: Sink
  /** The endpoint that the attempt occupies; `null` after its release. */
  #endpoint: Endpoint | null
  #controller: Dispatcher.DispatchController | null = null
  /** `performance.now()` at the dispatch. */
  #dispatched = 0
  #settled = false
  #stopped: Reason | null = null
  #treatment: Treatment | null = null
  #headers: IncomingHttpHeaders | null = null
  #relay: Relay | null = null
  /** Only for a body that is read whole. */
  #chunks: Buffer[] | null = null
  #size = 0

  constructor(order: Order, endpoint: Endpoint, parts: AttemptParts, sink: Sink) {
    this.#order = order
    this.#endpoint = endpoint
    this.#parts = parts
    this.#sink = sink
  }

  /** Starts now, or when the endpoint has a free connection. The endpoint must not be full. */
  begin(): void {
    this.#endpoint?.enter(this)
  }

  start(): void {
    const { request, body } = this.#order
    this.#dispatched = performance.now()
    const path = (this.#endpoint?.base ?? '') + request.path
    this.#endpoint?.dispatch({ method: request.method, path, headers: request.headers, body }, this)
  }

  /** Stops the attempt. If undici has not started it yet, it is aborted when it starts. */
  cancel(reason: Reason): void {
    this.#settled = true
    this.#stop(reason)
  }

  // ------------------------------------------------------------------------------------------ undici's events

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#stopped === null) this.#sink.sending()
    else controller.abort(ended[this.#stopped])
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200 || this.#stopped !== null) return
    const { treat, headOnly } = this.#order
    this.#sink.responded(performance.now() - this.#dispatched)
    const type = headers['content-type']
    const treatment = Array.isArray(type) ? broken : treat(status, type, headOnly)
    this.#treatment = treatment
    this.#headers = headers
    switch (treatment.kind) {
      case 'problem':
        this.#settle(withRetryAfter(treatment.problem, status, headers['retry-after']))
        break
      case 'empty':
        this.#settle({ kind: 'answer', treatment, headers, body: null })
        break
      case 'pass':
        if (!isPassable(headers['content-encoding'])) {
          this.#refuse('encoding')
          break
        }
        this.#relay = new Relay(this, type?.startsWith('text/event-stream') === true ? this.#parts.streams : null)
        this.#settle({ kind: 'answer', treatment, headers, body: this.#relay })
        break
      case 'project':
        this.#chunks = []
    }
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#relay !== null) {
      if (!this.#relay.push(chunk)) controller.pause()
      return
    }
    this.#size += chunk.length
    if (this.#settled) {
      if (this.#size > worthReading) this.#stop('answered')
    } else if (this.#size > this.#parts.maxAnswer) this.#refuse('too-large')
    else this.#chunks?.push(chunk)
  }

  onResponseEnd(): void {
    this.#release()
    this.#relay?.end()
    if (this.#settled || this.#chunks === null) return
    const [only] = this.#chunks
    const bytes = this.#chunks.length === 1 && only !== undefined ? only : Buffer.concat(this.#chunks)
    const encoding = this.#headers?.['content-encoding']
    if (isPlain(encoding)) {
      this.#deliver(bytes)
      return
    }
    decodeBody(bytes, encoding, this.#parts.maxAnswer, (plain) => {
      if (plain === null) this.#refuse('encoding')
      else this.#deliver(plain)
    })
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#release()
    if (this.#stopped !== null) return
    const { body } = this.#order
    if (body instanceof ClientBody && body.tooLarge) this.#settle(problem('content-too-large'))
    else {
      this.#report(failureCode(error))
      // No byte is sent before undici starts the request.
      this.#fail(failureName(error), this.#controller !== null)
    }
    this.#relay?.fail()
  }

  // ------------------------------------------------------------------------------------------ the relay's source

  resume(): void {
    this.#controller?.resume()
  }

  stop(): void {
    this.#stop('answered')
  }

  // ------------------------------------------------------------------------------------------ ends

  #deliver(body: Buffer): void {
    const treatment = this.#treatment
    if (treatment?.kind !== 'project') return
    this.#settle({ kind: 'answer', treatment, headers: this.#headers ?? {}, body })
  }

  /** The service's answer cannot be used. */
  #refuse(code: string): void {
    if (this.#settled) return
    this.#report(code)
    this.#stop('answered')
    this.#fail('bad-gateway', true)
  }

  #fail(name: ProblemName, sent: boolean): void {
    this.#settle({ kind: 'failure', problem: failureProblem(name), sent })
  }

  #settle(result: Result): void {
    if (this.#settled) return
    this.#settled = true
    this.#sink.settled(result)
  }

  #report(code: string): void {
    const { service, observer } = this.#parts
    observer.callFailed({ requestId: this.#order.caller.requestId, service, code })
  }

  #stop(reason: Reason): void {
    if (this.#stopped !== null || this.#endpoint === null) return
    this.#stopped = reason
    if (this.#endpoint.leave(this)) this.#endpoint = null
    else this.#controller?.abort(ended[reason])
  }

  #release(): void {
    this.#endpoint?.release()
    this.#endpoint = null
  }
}

/** Copies `Retry-After` of a service's 429 or 503 (seconds only) to the problem that replaces the answer. */
function withRetryAfter(of: Problem, status: number, retryAfter: string | undefined): Problem {
  if ((status !== 429 && status !== 503) || retryAfter === undefined || !/^[0-9]{1,6}$/.test(retryAfter)) return of
  return { ...of, headers: { ...of.headers, 'retry-after': retryAfter } }
}
