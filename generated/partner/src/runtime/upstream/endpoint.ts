import type { Dispatcher } from 'undici'
import Pool from 'undici/lib/dispatcher/pool.js'
import type { ClientCertificate } from './tls.ts'

/** Milliseconds. */
const numbers = {
  connect: 2_000,
  keepAlive: 4_000,
  /** What a service may ask for by `Keep-Alive: timeout`. */
  keepAliveMax: 30_000,
  /** How long an endpoint that refused a connection comes last. */
  penalty: 1_000,
} as const

export interface EndpointOptions {
  readonly url: URL
  /** Connections at most. */
  readonly max: number
  /** Calls that may wait for a connection. */
  readonly queue: number
  readonly tls: ClientCertificate | null
}

/** A call that waits for a connection. */
export interface Waiting {
  /** Starts it, now that there is room. */
  start(): void
}

/**
 * One address of a service: its connections, and the bulkhead in front of them. No more calls are handed to undici than there
 * are connections, so that a call that waits can leave the queue at any time.
 */
export class Endpoint {
  /** Path that comes before a service's own; `''` or starting and not ending with a slash. */
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
      // The gateway's own deadline and idle timer come first; these are for what they cannot see.
      headersTimeout: 300_000,
      bodyTimeout: 0,
      allowH2: false,
    })
  }

  /** Whether it refused a connection a moment ago. */
  refused(now: number): boolean {
    return now < this.#refusedUntil
  }

  refuse(now: number): void {
    this.#refusedUntil = now + numbers.penalty
  }

  get full(): boolean {
    return this.#running >= this.#max && this.#waiting.size >= this.#queue
  }

  /** Starts a call now, or when there is room; call `release` once for each call that started. Must not be `full`. */
  enter(call: Waiting): void {
    if (this.#running < this.#max) {
      this.#running++
      call.start()
    } else {
      this.#waiting.add(call)
    }
  }

  /** Gives up waiting. False: the call has started. */
  leave(call: Waiting): boolean {
    return this.#waiting.delete(call)
  }

  /** Ends a call that started; the one that waited longest starts. */
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
