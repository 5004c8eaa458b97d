import { Gathering } from '../../support/gathering.ts'
import { Text } from './text.ts'

/** Bytes of an answer that are worked on in one turn of the event loop. */
export const pieceSize = 65_536

/** Bytes left out of a text up to which it may be kept in memory with its result: the request is counted without them (rule F27). */
const uncopied = 4_096

const beyondAscii = /[^\x00-\x7f]/

/** Where an object or array was left: three numbers of its own. */
type Place = readonly [number, number, number]

/**
 * One pass over a text, with parts replaced on the way. It pauses between two items of an array each time a piece has been read: a
 * scan then returns false with `isPaused`. To go on, the same scan is called again. Each object and array on the way to the item
 * takes the place it has kept, the outermost first.
 */
export class Pass extends Text {
  isPaused = false
  /** Whether the schema of the whole text has no simple form. */
  isLeft = false
  readonly #piece: number
  /** Position at which it is time to pause. */
  #due: number
  readonly #places: Place[] = []
  /** The result of earlier pieces. */
  #written: Gathering | null = null
  #kept = ''
  /** Start of the text that is kept but not yet copied to `#kept`. */
  #from = this.at

  /** `piece`: bytes that are read before the pass pauses. */
  constructor(bytes: Buffer, piece: number) {
    super(bytes)
    this.#piece = this.#due = piece
  }

  /** Leaves the whole text to the parser. Returns false, the result of the scan. */
  leave(): false {
    this.isLeft = true
    return false
  }

  /** Whether the pass pauses here. */
  pauses(): boolean {
    if (this.at < this.#due) return false
    this.isPaused = true
    return true
  }

  /** Keeps the place of an object or array that a scan leaves, if this is for a pause. Returns false, the result of that scan. */
  keepPlace(place: Place): false {
    if (this.isPaused) this.#places.push(place)
    return false
  }

  /** The place where the object or array that is scanned next was left; `undefined`: it is scanned from its start. */
  takePlace(): Place | undefined {
    return this.#places.length === 0 ? undefined : this.#places.pop()
  }

  /** Whether the scan that is called next has been left in a pause. */
  get isResumed(): boolean {
    return this.#places.length > 0
  }

  /** Ends a pause. */
  resume(): void {
    this.replace(this.at, this.at)
    this.#written ??= new Gathering(this.bytes.length, Number.POSITIVE_INFINITY)
    this.#written.add(Buffer.from(this.#kept, 'latin1'))
    this.#kept = ''
    this.#due = this.at + this.#piece
    this.isPaused = false
  }

  /** Replaces the text from `start` to `end` by `instead`. */
  replace(start: number, end: number, instead = ''): void {
    this.#kept += this.text.slice(this.#from, start)
    if (instead !== '') this.#kept += beyondAscii.test(instead) ? Buffer.from(instead).toString('latin1') : instead
    this.#from = end
  }

  /**
   * The text with all replacements: bytes if it was longer than a piece, else text with one character for each byte. It is a copy
   * where much is left out, because a part of a text keeps the whole text in memory.
   */
  get result(): Buffer | string {
    const { bytes, text } = this
    const isLong = bytes.length > this.#piece
    if (this.#from === 0) return isLong ? bytes : text
    const rest = this.#kept + text.slice(this.#from)
    if (!isLong && text.length - rest.length <= uncopied) return rest
    const copy = Buffer.from(rest, 'latin1')
    if (!isLong) return copy.toString('latin1')
    if (this.#written === null) return copy
    this.#written.add(copy)
    return this.#written.whole()
  }
}
