import type { ServerResponse } from 'node:http'
import type { BodyStream, End, Exchange } from '../exchange/exchange.ts'

/** Where a relay's bytes come from. */
export interface RelaySource {
  /** Goes on after `push` said no. */
  resume(): void
  /** Ends the transfer; nothing is pushed afterwards. */
  stop(): void
}

/** Milliseconds without a byte, and how many such periods in a row are borne. */
const period = 15_000
const patience = { service: 1, client: 2, events: 20 } as const
/** Bytes kept before the head of the response is written. */
const ahead = 65_536

const heartbeat = Buffer.from(':\n\n')

/** Event streams under way: a gateway that shuts down ends them, since they would not end by themselves. */
export type EventStreams = Set<() => void>

/**
 * Passes a body on as it arrives. Once its first byte is out no status can change any more: a body that breaks off, or a side
 * that stands still, destroys the connection, so that the client sees that the answer is not whole (rules F6, F7, F17).
 * Event streams may be silent for long; they get a comment now and then, between events (rule S4).
 */
export class Relay implements BodyStream {
  readonly #exchange: Exchange
  readonly #res: ServerResponse
  readonly #source: RelaySource
  readonly #streams: EventStreams | null
  #chunks: Buffer[] = []
  #size = 0
  #state: 'collecting' | 'piping' | 'over' = 'collecting'
  #ended = false
  #failed = false
  #blocked = false
  #still = 0
  /** Whether an event stream stands between two events. */
  #between = true
  #timer: NodeJS.Timeout | null = null

  /** `streams`: the body is an event stream, and is listed there while it runs. */
  constructor(exchange: Exchange, source: RelaySource, streams: EventStreams | null) {
    this.#exchange = exchange
    this.#res = exchange.res
    this.#source = source
    this.#streams = streams
  }

  get failed(): boolean {
    return this.#failed
  }

  /** Takes the next bytes; false: wait for `resume`. */
  push(chunk: Buffer): boolean {
    if (this.#state === 'over') return true
    if (this.#state === 'collecting') {
      this.#chunks.push(chunk)
      this.#size += chunk.length
      this.#blocked = this.#size >= ahead
      return !this.#blocked
    }
    this.#still = 0
    this.#timer?.refresh()
    this.#write(chunk)
    return !this.#blocked
  }

  /** All has arrived. */
  end(): void {
    this.#ended = true
    if (this.#state === 'piping') this.#finish()
  }

  /** The rest will not arrive. */
  fail(): void {
    this.#failed = true
    if (this.#state === 'piping') this.#abort()
  }

  pipe(end: End): void {
    const res = this.#res
    if (this.#failed) {
      this.#abort()
    } else if (this.#ended) {
      this.#state = 'over'
      const [only] = this.#chunks
      this.#exchange.bytes = this.#size
      end(res, only !== undefined && this.#chunks.length === 1 ? only : Buffer.concat(this.#chunks))
    } else {
      this.#start()
    }
  }

  discard(): void {
    this.#state = 'over'
    this.#chunks = []
    if (!this.#ended) this.#source.stop()
  }

  #start(): void {
    this.#state = 'piping'
    const paused = this.#blocked
    this.#blocked = false
    this.#timer = setTimeout(this.#onStill, period)
    this.#streams?.add(this.#onShutdown)
    this.#res.on('drain', this.#onDrain)
    this.#res.on('close', this.#onClose)
    if (this.#chunks.length === 0) this.#res.flushHeaders()
    for (const chunk of this.#chunks) this.#write(chunk)
    this.#chunks = []
    if (paused && !this.#blocked) this.#source.resume()
  }

  #write(chunk: Buffer): void {
    this.#exchange.bytes += chunk.length
    this.#blocked = !this.#res.write(chunk)
    if (this.#streams !== null)
      this.#between = /(?:\n\n|\r\r|\r\n\r\n)$/.test(chunk.toString('latin1', chunk.length - 4))
  }

  #finish(): void {
    this.#state = 'over'
    this.#tidy()
    this.#res.end()
  }

  #abort(): void {
    this.#state = 'over'
    this.#tidy()
    this.#res.destroy()
  }

  #tidy(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#streams?.delete(this.#onShutdown)
  }

  readonly #onDrain = (): void => {
    this.#blocked = false
    this.#still = 0
    this.#timer?.refresh()
    if (!this.#ended) this.#source.resume()
  }

  /** Only after the client left: an answer that is complete has been tidied up. */
  readonly #onClose = (): void => {
    this.#state = 'over'
    this.#tidy()
  }

  readonly #onShutdown = (): void => {
    this.#source.stop()
    this.#finish()
  }

  readonly #onStill = (): void => {
    this.#still++
    const events = this.#streams !== null
    if (this.#still >= (this.#blocked ? patience.client : events ? patience.events : patience.service)) {
      this.#source.stop()
      this.#abort()
      return
    }
    if (events && !this.#blocked && this.#between) this.#res.write(heartbeat)
    this.#timer?.refresh()
  }
}
