import type { EndCause } from '../upstream/failures.ts'
import {
  type Order,
  over,
  type Policy,
  type Result,
  type Running,
  type Sink,
  type Transport,
} from '../upstream/transport.ts'
import { problem } from '../words/problems.ts'
import type { Credentials } from './index.ts'

/** Adds a service's named credentials to each call, in order. A call whose credentials cannot be obtained is not sent. */
export function withCredentials(apply: Credentials['apply'], service: string, names: readonly string[]): Policy {
  return (next) => (order, sink) => {
    const refusal = apply(order.caller, service, names, order.request.headers)
    if (refusal === undefined) return next(order, sink)
    if ('kind' in refusal) {
      sink.settled(refusal)
      return over
    }
    const call = new WaitingCall(sink)
    refusal.then(
      (failed) => {
        if (failed === undefined) call.begin(next, order)
        else call.settled(failed)
      },
      (error: unknown) => call.fail(error),
    )
    return call
  }
}

/** A call whose credentials are being obtained, then the call itself. After its end it passes no event on. */
class WaitingCall implements Sink, Running {
  readonly #sink: Sink
  #next: Running | null = null
  #sent = false
  /** It was settled or cancelled. */
  #ended = false
  #cancelled: EndCause | null = null

  constructor(sink: Sink) {
    this.#sink = sink
  }

  begin(next: Transport, order: Order): void {
    if (this.#ended) return
    try {
      this.#next = next(order, this)
    } catch (error) {
      this.fail(error)
    }
    // It was cancelled by the sink, before `next` returned.
    if (this.#cancelled !== null) this.#next?.cancel(this.#cancelled)
  }

  sending(): void {
    if (this.#ended) return
    this.#sent = true
    this.#sink.sending()
  }

  responded(time: number): void {
    if (!this.#ended) this.#sink.responded(time)
  }

  settled(result: Result): void {
    if (this.#ended) return
    this.#ended = true
    this.#sink.settled(result)
  }

  /** Ends the call with a fault of the gateway. */
  fail(error: unknown): void {
    this.settled({ kind: 'failure', problem: problem('internal', { reason: 'step-failed' }), sent: this.#sent, error })
  }

  cancel(cause: EndCause): void {
    this.#ended = true
    this.#cancelled = cause
    this.#next?.cancel(cause)
  }
}
