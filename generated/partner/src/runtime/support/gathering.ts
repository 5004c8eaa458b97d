const none: Buffer = Buffer.alloc(0)

/** The least room of a buffer whose final length is not known. */
const least = 16_384

/**
 * Pieces of a body, gathered in one buffer. Kept apart, pieces of one byte would take more than a hundred times their length, and
 * joining them at the end would take their length again. A body that arrives in one piece is not copied.
 */
export class Gathering {
  readonly #stated: number
  readonly #most: number
  #bytes = none
  #size = 0

  /** `stated`: its length, if it is known. `most`: the bytes that are gathered at most. */
  constructor(stated: number | null, most: number) {
    this.#stated = stated ?? 0
    this.#most = most
  }

  get size(): number {
    return this.#size
  }

  /** Bytes of memory with a further piece of this length. */
  room(length: number): number {
    const size = this.#size + length
    if (size <= this.#bytes.length || this.#size === 0) return Math.max(size, this.#bytes.length)
    return size <= this.#stated ? this.#stated : Math.max(size, Math.min(Math.max(2 * size, least), this.#most))
  }

  add(piece: Buffer): void {
    const size = this.#size + piece.length
    if (this.#size === 0) {
      this.#bytes = piece
    } else {
      if (size > this.#bytes.length) {
        // Memory that is not written to takes none: a client that only states a length gets none.
        const larger = Buffer.allocUnsafeSlow(this.room(piece.length))
        this.#bytes.copy(larger, 0, 0, this.#size)
        this.#bytes = larger
      }
      piece.copy(this.#bytes, this.#size)
    }
    this.#size = size
  }

  /** Everything that was added. */
  whole(): Buffer {
    return this.#size === this.#bytes.length ? this.#bytes : this.#bytes.subarray(0, this.#size)
  }
}
