import type { Dispatcher } from 'undici'
import Pool from 'undici/lib/dispatcher/pool.js'
import type { ClientCertificate } from './tls.ts'

/** Milliseconds. */
const numbers = {
  connect: 2_000,
  keepAlive: 4_000,
  /** Upper limit for a service's `Keep-Alive: timeout`. */
  keepAliveMax: 30_000,
  /** How long an endpoint that refused a connection is tried last. */
  penalty: 1_000,
} as const

export interface EndpointOptions {
  readonly url: URL
  /** Maximum number of connections. */
  readonly max: number
  /** Maximum number of calls that wait for a connection. */
  readonly queue: number
  readonly tls: ClientCertificate | null
}

/** A call that waits for a connection. */
export interface Waiting {
  /** Starts the call: a connection is free. */
  start(): void
}

/**
 * One address of a service: its connections, and the bulkhead in front of them. undici gets at most as many calls as there
 * are connections, so that a waiting call can leave the queue at any time.
 */
export class Endpoint {
  /** Prefix of all paths at this address; `''`, or starts with a slash and does not end with one. */
  readonly base: string
  readonly #pool: Dispatcher
  readonly #max: number
  readonly #queue: number
  readonly #waiting = new Set<Waiting>()
  #running = 0
  #refusedUntil = 0

  constructor({ url, max, queue, tls }: EndpointOptions) {
    this.base = url.pathname.replace(/\/$/, '')
    this.#max = max
    this.#queue = queue
    this.#pool = new Pool(url.origin, {
      connections: max,
      pipelining: 1,
      connect: {
        timeout: numbers.connect,
        keepAliveInitialDelay: 30_000,
        ...tls,
      },
      keepAliveTimeout: numbers.keepAlive,
      keepAliveMaxTimeout: numbers.keepAliveMax,
      maxHeaderSize: 16_384,
      // The gateway's own deadline and idle timer expire first; these cover what they do not measure.
      headersTimeout: 300_000,
      bodyTimeout: 0,
      allowH2: false,
    })
  }

  /** Whether it refused a connection within the last `penalty` ms. */
  refused(now: number): boolean {
    return now < this.#refusedUntil
  }

  refuse(now: number): void {
    this.#refusedUntil = now + numbers.penalty
  }

  get full(): boolean {
    return this.#running >= this.#max && this.#waiting.size >= this.#queue
  }

  /** Starts a call now, or when a connection is free. Call `release` once per started call. The endpoint must not be `full`. */
  enter(call: Waiting): void {
    if (this.#running < this.#max) {
      this.#running++
      call.start()
    } else {
      this.#waiting.add(call)
    }
  }

  /** Removes a waiting call. False: the call has started. */
  leave(call: Waiting): boolean {
    return this.#waiting.delete(call)
  }

  /** Ends a started call, and starts the one that has waited longest. */
  release(): void {
    const [next] = this.#waiting
    if (next === undefined) {
      this.#running--
      return
    }
    this.#waiting.delete(next)
    next.start()
  }

  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    this.#pool.dispatch(options, handler)
  }

  destroy(): Promise<void> {
    return this.#pool.destroy()
  }
}
