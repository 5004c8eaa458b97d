import type { BodyStream, End, Receiver } from '../answer.ts'
import type { EventStreams } from '../streams.ts'

/** The source of a relay's bytes. */
export interface RelaySource {
  /** Continues after `push` returned false. */
  resume(): void
  /** Ends the transfer; nothing is pushed afterwards. */
  stop(): void
}

/** Milliseconds without a byte; and the number of such periods in a row that ends the transfer. */
const period = 15_000
const patience = { service: 1, client: 2, events: 20 } as const
/** Bytes buffered before the head of the response is written. */
const ahead = 65_536

const heartbeat = Buffer.from(':\n\n')

/**
 * Forwards a body as it arrives. The status cannot change after the first byte. If the body breaks off or either side stalls, the
 * connection is destroyed, so that the client detects the incomplete answer (rules F6, F7, F17).
 * Event streams may be idle for longer; each idle period adds a comment between two events (rule S4).
 */
export class Relay implements BodyStream {
  readonly #source: RelaySource
  readonly #streams: EventStreams | null
  /** Set once the head of the response is written. */
  #receiver: Receiver | null = null
  #chunks: Buffer[] = []
  #size = 0
  #state: 'collecting' | 'piping' | 'over' = 'collecting'
  #ended = false
  #failed = false
  #blocked = false
  #still = 0
  /** Whether an event stream is between two events. */
  #between = true
  #timer: NodeJS.Timeout | null = null

  /** `streams`: set for an event stream, which is registered there while it is open. */
  constructor(source: RelaySource, streams: EventStreams | null) {
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
    if (this.#receiver !== null) this.#write(this.#receiver, chunk)
    return !this.#blocked
  }

  /** The body is complete. */
  end(): void {
    this.#ended = true
    if (this.#state === 'piping') this.#finish()
  }

  /** The rest will not arrive. */
  fail(): void {
    this.#failed = true
    if (this.#state === 'piping') this.#abort()
  }

  pipe(receiver: Receiver, end: End): void {
    if (this.#failed) {
      this.#state = 'over'
      receiver.res.destroy()
    } else if (this.#ended) {
      this.#state = 'over'
      const [only] = this.#chunks
      receiver.bytes = this.#size
      end(receiver.res, only !== undefined && this.#chunks.length === 1 ? only : Buffer.concat(this.#chunks))
    } else {
      this.#receiver = receiver
      this.#start(receiver)
    }
  }

  discard(): void {
    this.#state = 'over'
    this.#chunks = []
    if (!this.#ended) this.#source.stop()
  }

  #start(receiver: Receiver): void {
    const { res } = receiver
    this.#state = 'piping'
    const paused = this.#blocked
    this.#blocked = false
    this.#timer = setTimeout(this.#onStill, period)
    this.#streams?.add(this.#onShutdown)
    res.on('drain', this.#onDrain)
    res.on('close', this.#onClose)
    if (this.#chunks.length === 0) res.flushHeaders()
    for (const chunk of this.#chunks) this.#write(receiver, chunk)
    this.#chunks = []
    if (paused && !this.#blocked) this.#source.resume()
  }

  #write(receiver: Receiver, chunk: Buffer): void {
    receiver.bytes += chunk.length
    this.#blocked = !receiver.res.write(chunk)
    if (this.#streams !== null)
      this.#between = /(?:\n\n|\r\r|\r\n\r\n)$/.test(chunk.toString('latin1', chunk.length - 4))
  }

  #finish(): void {
    this.#leave()
    this.#receiver?.res.end()
  }

  #abort(): void {
    this.#leave()
    this.#receiver?.res.destroy()
  }

  #leave(): void {
    this.#state = 'over'
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#streams?.delete(this.#onShutdown)
  }

  readonly #onDrain = (): void => {
    this.#blocked = false
    this.#still = 0
    this.#timer?.refresh()
    if (!this.#ended) this.#source.resume()
  }

  /** Has an effect only if the client disconnected: after a complete answer everything has stopped already. */
  readonly #onClose = (): void => {
    this.#leave()
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
    if (events && !this.#blocked && this.#between) this.#receiver?.res.write(heartbeat)
    this.#timer?.refresh()
  }
}
