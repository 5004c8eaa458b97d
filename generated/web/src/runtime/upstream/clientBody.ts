import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import type { Cut } from '../observe/cut.ts'
import { UploadClock, type UploadFault, type UploadLimits } from '../support/uploadClock.ts'
import { type Problem, problem } from '../words/problems.ts'
import { ended } from './failures.ts'

/** Limits of a client's body that is passed on. */
export interface ClientBodyLimits extends UploadLimits {
  /** Bytes. */
  readonly bytes: number
  /** Milliseconds in which the service may take nothing. */
  readonly patience: number
}

const faults: Readonly<Record<UploadFault, { readonly problem: Problem; readonly cut: Cut }>> = {
  silent: { problem: problem('request-timeout', { close: true }), cut: 'client-silent' },
  slow: { problem: problem('request-timeout', { close: true }), cut: 'client-slow' },
  stalled: { problem: problem('gateway-timeout', { reason: 'service-stalled' }), cut: 'service-stalled' },
}
const tooLarge = problem('content-too-large')

function ignore(): void {}

/**
 * A client's body as a stream for a service, within limits. undici destroys the stream that it sends: if that were the request
 * itself, the client's connection would close before the error could be answered.
 */
export class ClientBody extends Readable {
  readonly #source: IncomingMessage
  readonly #clock: UploadClock
  #left: number
  #fault: Problem | null = null
  #cut: Cut | null = null

  /** `started`: `performance.now()` at the arrival of the request. */
  constructor(source: IncomingMessage, limits: ClientBodyLimits, started: number) {
    super({ highWaterMark: 65_536 })
    this.#source = source
    this.#left = limits.bytes
    this.#clock = new UploadClock(started, limits, limits.patience, this.#onLate)
    source.on('data', this.#onData)
    source.on('end', this.#onEnd)
    source.on('close', this.#onClose)
    source.pause()
    // Until undici reads the stream, no other listener handles the error of a client that disconnects.
    this.on('error', ignore)
  }

  /** The problem of the body that ended the stream. */
  get fault(): Problem | null {
    return this.#fault
  }

  /** Which limit of time it exceeded. */
  get cut(): Cut | null {
    return this.#cut
  }

  override _read(): void {
    this.#clock.taken()
    this.#source.resume()
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#clock.stop()
    this.#source.off('data', this.#onData)
    this.#source.off('end', this.#onEnd)
    this.#source.off('close', this.#onClose)
    callback(error)
  }

  readonly #onData = (chunk: Buffer): void => {
    this.#left -= chunk.length
    if (this.#left < 0) {
      this.#fault = tooLarge
      this.destroy(ended['too-large'])
      return
    }
    const taken = this.push(chunk)
    this.#clock.progress(!taken)
    if (!taken) this.#source.pause()
  }

  readonly #onEnd = (): void => {
    this.#clock.stop()
    this.push(null)
  }

  readonly #onClose = (): void => {
    if (!this.#source.complete) this.destroy(ended.gone)
  }

  readonly #onLate = (fault: UploadFault): void => {
    this.#fault = faults[fault].problem
    this.#cut = faults[fault].cut
    this.destroy(ended.late)
  }
}
