import type { Cut } from '../../observe/cut.ts'
import type { StreamKind } from '../../words/streamKinds.ts'
import type { BodyStream, End, Receiver } from '../answer.ts'
import type { EventStreams } from '../streams.ts'
import type { TransferLimits } from '../transport.ts'

/** The source of a relay's bytes. */
export interface RelaySource {
  /** The head has been passed on, and the body is still arriving. */
  passing(): void
  /** Continues after `push` returned false. */
  resume(): void
  /** Ends the transfer; nothing is pushed afterwards. */
  stop(): void
  /** The relay ended the transfer before its end. */
  cut(cut: Cut): void
}

/** A body that is forwarded. */
export interface RelayedBody {
  /** `null`: it is complete as a whole only. */
  readonly kind: StreamKind | null
  /** Milliseconds without a byte of the service that end the transfer. */
  readonly idle: number
  /** Milliseconds that end the transfer. */
  readonly lifetime: number
}

/** Milliseconds: between comments in a silent event stream; without a byte taken by the client. */
const period = 15_000
const clientPatience = 30_000
/** Bytes buffered before the head of the response is written. */
const ahead = 65_536

const heartbeat = Buffer.from(':\n\n')
const boundary = { events: /(?:\n\n|\r\r|\r\n\r\n)$/, lines: /\n$/ } as const

/** The limits of a body of this kind. */
export function relayedBody(kind: StreamKind | null, { idle, streamIdle, lifetime }: TransferLimits): RelayedBody {
  return { kind, idle: kind === null ? idle : streamIdle, lifetime }
}

/**
 * Forwards a body as it arrives. The status cannot change after the first byte. If the body breaks off or either side stalls, the
 * connection is destroyed, so that the client detects the incomplete answer (rules F6, F7, F17).
 * Streams end between two items at a shutdown and at the end of their lifetime. A silent event stream gets comments (rule S4).
 */
export class Relay implements BodyStream {
  readonly #source: RelaySource
  readonly #body: RelayedBody
  readonly #streams: EventStreams
  /** Set once the head of the response is written. */
  #receiver: Receiver | null = null
  #chunks: Buffer[] = []
  #size = 0
  #state: 'collecting' | 'piping' | 'over' = 'collecting'
  #ended = false
  #failed = false
  #blocked = false
  /** Why a stream ends at the next boundary of its items; `null`: it goes on. */
  #ending: Cut | null = null
  /** `performance.now()`: of the head, of the last byte that arrived or was taken, and of the last comment. */
  #started = 0
  #last = 0
  #commented = 0
  /** Whether a stream is between two items. */
  #between = true
  #timer: NodeJS.Timeout | null = null
  /** The inactivity timeout of the connection, which this class replaces. */
  #socketTimeout = 0

  /** Streams are registered in `streams` while they are open. */
  constructor(source: RelaySource, body: RelayedBody, streams: EventStreams) {
    this.#source = source
    this.#body = body
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
    this.#last = performance.now()
    if (this.#receiver !== null) this.#write(this.#receiver, chunk)
    if (this.#last - this.#started >= this.#body.lifetime) this.#endSoon('gateway-lifetime')
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
    if (this.#state !== 'piping') return
    if (this.#receiver !== null) this.#receiver.cut = 'service-broke-off'
    this.#abort()
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
    this.#source.passing()
    const paused = this.#blocked
    this.#blocked = false
    this.#started = this.#last = this.#commented = performance.now()
    this.#wait(this.#started)
    if (this.#body.kind !== null) {
      this.#streams.add(this.#onShutdown)
      // A stream may be silent for longer than other connections.
      const { socket } = res
      this.#socketTimeout = socket?.timeout ?? 0
      socket?.setTimeout(0)
      if (socket?.readableEnded !== true) socket?.once('end', this.#onClientEnd)
    }
    res.on('drain', this.#onDrain)
    res.on('close', this.#onClose)
    // Sends the head. `flushHeaders` would encode its bytes beyond ASCII again.
    if (this.#chunks.length === 0) res.write('', 'latin1')
    for (const chunk of this.#chunks) this.#write(receiver, chunk)
    this.#chunks = []
    if (paused && !this.#blocked) this.#source.resume()
    if (this.#body.kind !== null && res.socket?.readableEnded === true) this.#onClientEnd()
  }

  #write(receiver: Receiver, chunk: Buffer): void {
    const { kind } = this.#body
    let part = chunk
    if (this.#ending !== null && kind === 'lines') {
      const line = chunk.indexOf(10)
      if (line >= 0) part = chunk.subarray(0, line + 1)
    }
    receiver.bytes += part.length
    this.#blocked = !receiver.res.write(part)
    if (kind !== null) this.#between = boundary[kind].test(part.toString('latin1', Math.max(part.length - 4, 0)))
    if (this.#ending !== null && this.#between) this.#endAs(this.#ending)
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
    if (this.#body.kind === null) return
    this.#streams.delete(this.#onShutdown)
    const socket = this.#receiver?.res.socket
    socket?.setTimeout(this.#socketTimeout)
    socket?.off('end', this.#onClientEnd)
  }

  /** Ends a stream between two items, and another body at once. A client drops an incomplete event, but not a line. */
  #endSoon(cut: Cut): void {
    if (this.#state !== 'piping') return
    if (this.#body.kind === null) this.#cut(cut)
    else if (this.#body.kind === 'events' || this.#between) this.#endAs(cut)
    else this.#ending = cut
  }

  #endAs(cut: Cut): void {
    if (this.#receiver !== null) this.#receiver.cut = cut
    this.#source.stop()
    this.#finish()
  }

  #cut(cut: Cut): void {
    if (this.#receiver !== null) this.#receiver.cut = cut
    this.#source.cut(cut)
    this.#source.stop()
    this.#abort()
  }

  readonly #onDrain = (): void => {
    this.#blocked = false
    this.#last = performance.now()
    if (!this.#ended) this.#source.resume()
  }

  /** Has an effect only if the client disconnected: after a complete answer everything has stopped already. */
  readonly #onClose = (): void => {
    this.#leave()
  }

  /** A client that sends nothing more may still read an answer, but it would never be known that it left a stream. */
  readonly #onClientEnd = (): void => {
    this.#endSoon('client-left')
  }

  readonly #onShutdown = (): void => {
    this.#endSoon('gateway-drain')
  }

  readonly #check = (): void => {
    const now = performance.now()
    const silent = now - this.#last
    if (this.#blocked && silent >= clientPatience) this.#cut('client-stalled')
    else if (!this.#blocked && silent >= this.#body.idle) this.#cut('service-silent')
    else {
      const over = now - this.#started - this.#body.lifetime
      // A line that does not end does not prolong the lifetime.
      if (over >= period && this.#ending !== null) this.#cut('gateway-lifetime')
      else if (over >= 0) this.#endSoon('gateway-lifetime')
      if (this.#state !== 'piping') return
      if (this.#body.kind === 'events' && !this.#blocked && this.#between) this.#comment(now)
      this.#wait(now)
    }
  }

  #comment(now: number): void {
    if (now - Math.max(this.#last, this.#commented) < period) return
    this.#commented = now
    this.#receiver?.res.write(heartbeat)
  }

  /** Until something can be due at the earliest. */
  #wait(now: number): void {
    const rest = (this.#blocked ? clientPatience : this.#body.idle) - (now - this.#last)
    const comment = period - (now - Math.max(this.#last, this.#commented))
    const lifetime = this.#started + this.#body.lifetime - now
    const next = Math.min(rest, comment > 0 ? comment : period, ...(lifetime > 0 ? [lifetime] : []))
    this.#timer = setTimeout(this.#check, Math.max(next, 1))
  }
}
