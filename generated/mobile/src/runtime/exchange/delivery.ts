import { ClientBody } from '../upstream/clientBody.ts'
import type { EndCause } from '../upstream/failures.ts'
import type { Order, Result, Running, Sink, Transport } from '../upstream/transport.ts'
import type { Exchange, Outcome } from './exchange.ts'

/** Passes the result of a call to its exchange. Ends with `answered` if the client has disconnected (rule F15). */
export class Delivery implements Sink, Running {
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

  /** The client has disconnected. */
  cancel(cause: EndCause): void {
    this.#call?.cancel(cause)
    if (this.#settled) return
    this.#end()
    this.#resolve('answered')
  }

  /** Ends without an answer; cancels the rest of an upload. */
  #end(): void {
    this.#settled = true
    const { body } = this.#order
    if (!(body instanceof ClientBody)) return
    this.#exchange.cut ??= body.cut
    this.#call?.cancel('answered')
    body.destroy()
  }
}
