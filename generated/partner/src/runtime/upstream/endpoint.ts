import type { Dispatcher } from 'undici'
import Client from 'undici/lib/dispatcher/client.js'
import { InLine, Line } from '../support/line.ts'
import { Connections } from './connections.ts'
import { createConnector } from './connector.ts'
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
  /** Maximum number of calls whose answer has not begun, or is read whole. */
  readonly max: number
  /** Maximum number of calls that wait until one of those ends, and milliseconds that each may wait. */
  readonly queue: number
  readonly wait: number
  /** Maximum number of calls whose answer may be passed on as it arrives, from their beginning to the end of the answer. */
  readonly streams: number
  readonly tls: ClientCertificate | null
}

/** A call that waits for a connection. */
export abstract class Waiting extends InLine {
  /** Whether its answer may be passed on as it arrives. */
  abstract readonly passes: boolean
  /** `performance.now()` when it began to wait. */
  since = 0
  /** Starts the call: a connection is free. */
  abstract start(): void
  /** Ends the call: it has waited too long. */
  abstract refuse(): void
}

/**
 * One address of a service: its connections, and the bulkhead in front of them. undici gets at most as many calls as it may have
 * connections, so that a waiting call can leave the queue at any time. A call whose answer is passed on leaves the bulkhead with the head:
 * the answer may last for hours, and other calls must not wait for it. Such calls are counted before they begin, because many of them may
 * begin at the same time (rule F29).
 */
export class Endpoint {
  /** Prefix of all paths at this address; `''`, or starts with a slash and does not end with one. */
  readonly base: string
  readonly #connections: Connections
  readonly #max: number
  readonly #queue: number
  readonly #wait: number
  readonly #streams: number
  readonly #waiting = new Line<Waiting>()
  #running = 0
  /** Calls whose answer may be passed on: waiting, running, or passing it on. */
  #streaming = 0
  #timer: NodeJS.Timeout | null = null
  #refusedUntil = 0

  constructor({ url, max, queue, wait, streams, tls }: EndpointOptions) {
    this.base = url.pathname.replace(/\/$/, '')
    this.#max = max
    this.#queue = queue
    this.#wait = wait
    this.#streams = streams
    const connectionOptions = {
      pipelining: 1,
      connect: createConnector({
        timeout: numbers.connect,
        keepAliveInitialDelay: 30_000,
        allowH2: false,
        ...tls,
      }),
      keepAliveTimeout: numbers.keepAlive,
      keepAliveMaxTimeout: numbers.keepAliveMax,
      maxHeaderSize: 16_384,
      // The deadline of the call, the upload clock of its body and the relay of its answer measure these times.
      headersTimeout: 0,
      bodyTimeout: 0,
      allowH2: false,
    }
    this.#connections = new Connections(max + streams, () => new Client(url.origin, connectionOptions))
  }

  /** Whether it refused a connection within the last `penalty` ms. */
  refused(now: number): boolean {
    return now < this.#refusedUntil
  }

  refuse(now: number): void {
    this.#refusedUntil = now + numbers.penalty
  }

  /** Whether it takes no further call. `passes`: the call's answer may be passed on as it arrives. */
  isFull(passes: boolean): boolean {
    if (passes && this.#streaming >= this.#streams) return true
    return this.#running >= this.#max && this.#waiting.length >= this.#queue
  }

  /** Starts a call now, or when another one ends. Call `release` once for each started call. The endpoint must not be full. */
  enter(call: Waiting): void {
    if (call.passes) this.#streaming++
    if (this.#running < this.#max) {
      this.#running++
      call.start()
    } else {
      call.since = performance.now()
      this.#waiting.join(call)
      if (this.#timer === null) this.#await(this.#wait)
    }
  }

  /** Removes a waiting call. False: the call has started. */
  leave(call: Waiting): boolean {
    const left = this.#waiting.leave(call)
    if (left && call.passes) this.#streaming--
    return left
  }

  /** Gives the place of a started call whose answer is being passed on to the call that has waited longest. */
  pass(): void {
    const next = this.#waiting.next()
    if (next === null) this.#running--
    else next.start()
  }

  /** Ends a started call. `passed`: it has given its place away by `pass`. */
  release(call: Waiting, passed: boolean): void {
    if (call.passes) this.#streaming--
    if (!passed) this.pass()
  }

  /** Refuses the calls that have waited for too long, in `time` ms. All wait equally long, so one timer serves them all. */
  #await(time: number): void {
    this.#timer = setTimeout(() => {
      this.#timer = null
      const due = performance.now() - this.#wait
      for (let first = this.#waiting.first; first !== null; first = this.#waiting.first) {
        if (first.since > due) {
          this.#await(first.since - due)
          return
        }
        this.leave(first)
        first.refuse()
      }
    }, time)
  }

  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    this.#connections.dispatch(options, handler)
  }

  destroy(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer)
    return this.#connections.destroy()
  }
}
