import { Attempt, type AttemptParts } from '../attempt/attempt.ts'
import { crowded } from '../crowded.ts'
import type { Endpoint } from '../endpoint.ts'
import type { EndCause } from '../failures.ts'
import { type Failure, type Order, over, type Result, type Running, type Sink, type Transport } from '../transport.ts'
import type { Endpoints } from './endpoints.ts'

const none: readonly Endpoint[] = []

/**
 * The innermost transport of a service: sends an order to one of its endpoints. If that cannot be reached, nothing was sent, so the
 * next one is tried whatever the method (rule F1). A request that was sent is not repeated.
 */
export function toEndpoints(endpoints: Endpoints, parts: AttemptParts): Transport {
  const { only } = endpoints
  if (only !== null) return (order, sink) => attemptAt(only, order, sink, parts)
  return (order, sink) => {
    const search = new Search(order, sink, endpoints, parts)
    search.next(crowded)
    return search
  }
}

/** For a single endpoint: the result of the attempt is the result of the call. */
function attemptAt(endpoint: Endpoint, order: Order, sink: Sink, parts: AttemptParts): Running {
  if (endpoint.isFull(order.passes)) {
    sink.settled(crowded)
    return over
  }
  const attempt = new Attempt(order, endpoint, parts, sink)
  attempt.begin()
  return attempt
}

class Search implements Sink, Running {
  readonly #order: Order
  readonly #sink: Sink
  readonly #endpoints: Endpoints
  readonly #parts: AttemptParts
  /** The endpoint being tried, and those tried before it. */
  #endpoint: Endpoint | null = null
  #tried: readonly Endpoint[] = none
  #attempt: Attempt | null = null

  constructor(order: Order, sink: Sink, endpoints: Endpoints, parts: AttemptParts) {
    this.#order = order
    this.#sink = sink
    this.#endpoints = endpoints
    this.#parts = parts
  }

  /** `failure` is the result if no endpoint is left. */
  next(failure: Failure): void {
    const endpoint = this.#endpoints.choose(this.#tried, this.#order.passes)
    if (endpoint === null) {
      this.#sink.settled(failure)
      return
    }
    this.#endpoint = endpoint
    // Assigned before `begin`, which may settle the attempt synchronously.
    this.#attempt = new Attempt(this.#order, endpoint, this.#parts, this)
    this.#attempt.begin()
  }

  sending(): void {
    this.#sink.sending()
  }

  responded(time: number): void {
    this.#sink.responded(time)
  }

  settled(result: Result): void {
    const endpoint = this.#endpoint
    if (endpoint === null || result.kind !== 'failure' || !wasRefused(result)) {
      this.#sink.settled(result)
      return
    }
    endpoint.refuse(performance.now())
    this.#tried = [...this.#tried, endpoint]
    this.next(result)
  }

  cancel(cause: EndCause): void {
    this.#attempt?.cancel(cause)
  }
}

/** Whether the endpoint could not be reached. False if the gateway is shutting down or its own request is invalid. */
function wasRefused({ sent, problem }: Failure): boolean {
  return !sent && problem.name !== 'unavailable' && problem.name !== 'internal'
}
