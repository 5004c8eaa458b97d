import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { ended } from './failures.ts'

function ignore(): void {}

/**
 * A client's body as a stream for a service, limited to a number of bytes. undici destroys the stream that it sends: if that were
 * the request itself, the client's connection would close before the error could be answered.
 */
export class ClientBody extends Readable {
  readonly #source: IncomingMessage
  #left: number
  #tooLarge = false

  /** `cap` in bytes. */
  constructor(source: IncomingMessage, cap: number) {
    super({ highWaterMark: 65_536 })
    this.#source = source
    this.#left = cap
    source.on('data', this.#onData)
    source.on('end', this.#onEnd)
    source.on('close', this.#onClose)
    source.pause()
    // Until undici reads the stream, no other listener handles the error of a client that disconnects.
    this.on('error', ignore)
  }

  /** Whether it exceeded its cap. */
  get tooLarge(): boolean {
    return this.#tooLarge
  }

  override _read(): void {
    this.#source.resume()
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#source.off('data', this.#onData)
    this.#source.off('end', this.#onEnd)
    this.#source.off('close', this.#onClose)
    callback(error)
  }

  readonly #onData = (chunk: Buffer): void => {
    this.#left -= chunk.length
    if (this.#left < 0) {
      this.#tooLarge = true
      this.destroy(ended['too-large'])
    } else if (!this.push(chunk)) {
      this.#source.pause()
    }
  }

  readonly #onEnd = (): void => {
    this.push(null)
  }

  readonly #onClose = (): void => {
    if (!this.#source.complete) this.destroy(ended.gone)
  }
}
