import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'
import type { Cut } from '../../observe/cut.ts'
import type { Observer } from '../../observe/observer.ts'
import { Gathering } from '../../support/gathering.ts'
import { type HeldBytes, noRoom } from '../../support/heldBytes.ts'
import { type Problem, problem } from '../../words/problems.ts'
import { type StreamKind, streamKindOf } from '../../words/streamKinds.ts'
import type { Treatment } from '../answer.ts'
import { ClientBody } from '../clientBody.ts'
import { crowded } from '../crowded.ts'
import { type Endpoint, Waiting } from '../endpoint.ts'
import { type EndCause, ended, failureCode, failureProblem } from '../failures.ts'
import type { EventStreams } from '../streams.ts'
import type { Order, Result, Running, Sink } from '../transport.ts'
import { decodeBody, isPassable, isPlain } from './decode.ts'
import { Relay, type RelaySource, relayedBody } from './relay.ts'

/** Shared by all attempts at one service. */
export interface AttemptParts {
  /** Name of the service. */
  readonly service: string
  /** Maximum bytes of an answer that is read whole. */
  readonly maxAnswer: number
  readonly streams: EventStreams
  readonly held: HeldBytes
  readonly observer: Observer
}

/** Bytes of an unneeded body that are read to keep the connection; above that the connection is closed. */
const worthReading = 65_536

/** `Content-Type` is there more than once. */
const ambiguous: Treatment = { kind: 'problem', problem: problem('bad-gateway', { reason: 'answer-media-type' }) }

/**
 * One dispatch of an order to one endpoint: turns undici's events into an answer or a failure. It never retries; that is done in
 * `call/nextEndpoint.ts`.
 */
export class Attempt extends Waiting implements Dispatcher.DispatchHandler, RelaySource, Running {
  readonly #order: Order
  readonly #parts: AttemptParts
  readonly #sink: Sink
  /** The endpoint that the attempt occupies or waits for; `null` after that. */
  #endpoint: Endpoint | null
  #controller: Dispatcher.DispatchController | null = null
  /** `performance.now()` at the dispatch. */
  #dispatched = 0
  #settled = false
  #stopped: EndCause | null = null
  #treatment: Treatment | null = null
  #headers: IncomingHttpHeaders | null = null
  #relay: Relay | null = null
  /** Whether the answer is being passed on, so that another call has the place. */
  #passed = false
  /** Only for a body that is read whole; and the bytes that are held for it. */
  #body: Gathering | null = null
  #claimed = 0
  /** Bytes of a body that were read and dropped. */
  #dropped = 0

  constructor(order: Order, endpoint: Endpoint, parts: AttemptParts, sink: Sink) {
    super()
    this.#order = order
    this.#endpoint = endpoint
    this.#parts = parts
    this.#sink = sink
  }

  get passes(): boolean {
    return this.#order.passes
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

  refuse(): void {
    this.#endpoint = null
    this.#settle(crowded)
  }

  /** Stops the attempt. If undici has not started it yet, it is aborted when it starts. */
  cancel(cause: EndCause): void {
    this.#settled = true
    this.#stop(cause)
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
    const treatment = Array.isArray(type)
      ? ambiguous
      : treat(status, type, headOnly, headers, this.#order.caller.requestId)
    this.#treatment = treatment
    this.#headers = headers
    switch (treatment.kind) {
      case 'problem':
        if (treatment.code !== undefined) this.#report(treatment.code)
        this.#settle(treatment.problem)
        break
      case 'empty':
        this.#settle({ kind: 'answer', treatment, headers, body: null })
        break
      case 'pass':
        if (!isPassable(headers['content-encoding'])) {
          this.#refuse('answer-encoding')
          break
        }
        this.#relay = new Relay(this, relayedBody(kindOf(headers), this.#order.transfer), this.#parts.streams)
        this.#settle({ kind: 'answer', treatment, headers, body: this.#relay })
        break
      case 'project':
        this.#gather(headers)
    }
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#relay !== null) {
      if (!this.#relay.push(chunk)) controller.pause()
      return
    }
    const body = this.#body
    if (this.#settled || body === null) {
      this.#dropped += chunk.length
      if (this.#dropped > worthReading) this.#stop('answered')
      return
    }
    if (body.size + chunk.length > this.#parts.maxAnswer) this.#refuse('answer-too-large')
    else if (this.#claim(body.room(chunk.length))) body.add(chunk)
  }

  onResponseEnd(): void {
    this.#release()
    this.#relay?.end()
    const body = this.#body
    // The attempt may stay in memory until the client has taken the answer.
    this.#body = null
    if (this.#settled || body === null) return
    const bytes = body.whole()
    const encoding = this.#headers?.['content-encoding']
    if (isPlain(encoding)) {
      this.#deliver(bytes)
      return
    }
    const { maxAnswer } = this.#parts
    // Not more than for an answer that is not encoded: there is room for that of one route, however low `maxHeld` is.
    const claim = (size: number): boolean => this.#claim(Math.min(bytes.length + size, maxAnswer))
    decodeBody(bytes, encoding, maxAnswer, claim, (plain) => {
      if (plain === null) this.#refuse('answer-encoding')
      else this.#deliver(plain)
    })
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#release()
    if (this.#stopped !== null) return
    const { body } = this.#order
    const fault = body instanceof ClientBody ? body.fault : null
    if (fault !== null) this.#settle(fault)
    else {
      this.#report(failureCode(error))
      // No byte is sent before undici starts the request.
      const sent = this.#controller !== null
      this.#fail(failureProblem(error, sent), sent)
    }
    this.#relay?.fail()
  }

  // ------------------------------------------------------------------------------------------ the relay's source

  resume(): void {
    this.#controller?.resume()
  }

  passing(): void {
    if (!this.passes) return
    this.#passed = true
    this.#endpoint?.pass()
  }

  stop(): void {
    this.#stop('answered')
  }

  cut(cut: Cut): void {
    const { service, observer } = this.#parts
    observer.transferCut({ requestId: this.#order.caller.requestId, service, cut })
  }

  // ------------------------------------------------------------------------------------------ ends

  /** Begins to read a body whole. The room for a stated length is claimed before any of it is read (rule F27). */
  #gather(headers: IncomingHttpHeaders): void {
    const { maxAnswer } = this.#parts
    const length = headers['content-length']
    const stated = typeof length === 'string' ? Number(length) : null
    if (stated !== null && stated > maxAnswer) this.#refuse('answer-too-large')
    else if (stated === null || this.#claim(stated)) this.#body = new Gathering(stated, maxAnswer)
  }

  /** Claims room up to so many bytes. False: the call has ended, because there is none. */
  #claim(bytes: number): boolean {
    if (this.#settled) return false
    if (bytes <= this.#claimed) return true
    if (!this.#parts.held.claim(this.#order.caller, bytes - this.#claimed)) {
      this.#report('no-room')
      this.#stop('answered')
      this.#settle({ kind: 'failure', problem: noRoom, sent: true })
      return false
    }
    this.#claimed = bytes
    return true
  }

  #deliver(body: Buffer): void {
    const treatment = this.#treatment
    if (treatment?.kind !== 'project') return
    const { expected } = this.#order
    expected.bytes = Math.max(body.length, expected.bytes - (expected.bytes >> 3))
    this.#settle({ kind: 'answer', treatment, headers: this.#headers ?? {}, body })
  }

  /** The service's answer cannot be used. */
  #refuse(reason: 'answer-encoding' | 'answer-too-large'): void {
    if (this.#settled) return
    this.#report(reason)
    this.#stop('answered')
    this.#fail(problem('bad-gateway', { reason }), true)
  }

  #fail(problem: Problem, sent: boolean): void {
    this.#settle({ kind: 'failure', problem, sent })
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

  #stop(cause: EndCause): void {
    if (this.#stopped !== null || this.#endpoint === null) return
    this.#stopped = cause
    if (this.#endpoint.leave(this)) this.#endpoint = null
    else this.#controller?.abort(ended[cause])
  }

  #release(): void {
    this.#endpoint?.release(this, this.#passed)
    this.#endpoint = null
  }
}

/** A stream with a length must not end earlier. */
function kindOf(headers: IncomingHttpHeaders): StreamKind | null {
  return headers['content-length'] === undefined ? streamKindOf(headers['content-type']) : null
}
