import type { Observer } from '../../observe/observer.ts'
import { problem } from '../../words/problems.ts'
import { ClientBody } from '../clientBody.ts'
import type { EndCause } from '../failures.ts'
import type { Failure, Order, Policy, Result, Running, Sink, Transport } from '../transport.ts'

const late: Failure = {
  kind: 'failure',
  problem: problem('gateway-timeout', { reason: 'service-late', detail: 'deadline' }),
  sent: true,
}

/**
 * Ends a call that has no answer within the order's timeout (rule F5). The time that a client takes to send its body does not
 * count; the server's request timeout limits it (rule P7).
 */
export function deadline(service: string, observer: Observer): Policy {
  return (next) => (order, sink) => {
    const call = new TimedCall(order, sink, service, observer)
    call.begin(next)
    return call
  }
}

class TimedCall implements Sink, Running {
  readonly #order: Order
  readonly #sink: Sink
  readonly #service: string
  readonly #observer: Observer
  #timer: NodeJS.Timeout | null
  #next: Running | null = null
  /** Neither the answer's head nor the end of the call has arrived. */
  #waiting = true

  constructor(order: Order, sink: Sink, service: string, observer: Observer) {
    this.#order = order
    this.#sink = sink
    this.#service = service
    this.#observer = observer
    this.#timer = setTimeout(expire, order.timeout, this)
  }

  begin(next: Transport): void {
    try {
      this.#next = next(this.#order, this)
    } catch (error) {
      this.#end()
      throw error
    }
  }

  sending(): void {
    const { body } = this.#order
    if (body instanceof ClientBody) {
      this.#stopTimer()
      body.once('end', () => {
        if (this.#waiting) this.#timer = setTimeout(expire, this.#order.timeout, this)
      })
    }
    this.#sink.sending()
  }

  responded(time: number): void {
    this.#waiting = false
    this.#sink.responded(time)
  }

  settled(result: Result): void {
    this.#end()
    this.#sink.settled(result)
  }

  cancel(cause: EndCause): void {
    this.#end()
    this.#next?.cancel(cause)
  }

  expire(): void {
    this.#observer.callFailed({
      requestId: this.#order.caller.requestId,
      service: this.#service,
      code: 'deadline',
    })
    this.#next?.cancel('deadline')
    this.settled(late)
  }

  #end(): void {
    this.#waiting = false
    this.#stopTimer()
  }

  #stopTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }
}

/** One function for all calls: a closure per call would stay in memory as long as the call. */
function expire(call: TimedCall): void {
  call.expire()
}
