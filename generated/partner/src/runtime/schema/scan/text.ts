import { hasLoneSurrogate, JsonNumber, losesDigits } from '../../json/index.ts'

const quote = 0x22
const backslash = 0x5c
const maxDepth = 64
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y
const escapeSequence = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

/** Bits of `#seen` beside those of the bytes themselves. */
const escaped = 0x100
const special = escaped | 0x80

/**
 * A JSON text (RFC 8259) in UTF-8 that is read once, from left to right. Positions are those of bytes; `text` has one
 * character for each. A method that returns false has found something that is not well-formed, or that is
 * nested too deeply: the text is then left to the parser.
 */
export class Text {
  readonly bytes: Buffer
  readonly text: string
  /** Position of the next byte to read. */
  at: number
  /** What the last string contains: the bits of all its bytes, and `escaped`. */
  #seen = 0

  constructor(bytes: Buffer) {
    this.bytes = bytes
    this.text = bytes.toString('latin1')
    // A byte order mark is ignored.
    this.at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  }

  /** Passes white space. The next byte; -1 at the end. */
  peek(): number {
    const { bytes } = this
    let code = bytes[this.at] ?? -1
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) {
      this.at += 1
      code = bytes[this.at] ?? -1
    }
    return code
  }

  take(code: number): boolean {
    if (this.peek() !== code) return false
    this.at += 1
    return true
  }

  word(word: string): boolean {
    this.peek()
    if (!this.text.startsWith(word, this.at)) return false
    this.at += word.length
    return true
  }

  /** Passes these bytes, without white space before them. */
  takeAll(expected: Buffer): boolean {
    const { bytes, at } = this
    for (let i = 0; i < expected.length; i++) if (bytes[at + i] !== expected[i]) return false
    this.at = at + expected.length
    return true
  }

  /** Reads a string. Its text begins one byte after its start. */
  string(): boolean {
    if (this.peek() !== quote) return false
    const { bytes } = this
    let at = this.at + 1
    let seen = 0
    for (;;) {
      const code = bytes[at] ?? 0
      if (code === quote) break
      if (code < 0x20) return false
      seen |= code
      at += 1
      if (code !== backslash) continue
      escapeSequence.lastIndex = at - 1
      if (!escapeSequence.test(this.text)) return false
      at = escapeSequence.lastIndex
      seen |= escaped
    }
    this.at = at + 1
    this.#seen = seen
    return true
  }

  /** Whether the last string is ASCII without escapes: its text is then its value. */
  get isPlain(): boolean {
    return (this.#seen & special) === 0
  }

  /** The value of the last string, which starts there. */
  valueFrom(start: number): string {
    if ((this.#seen & special) === 0) return this.text.slice(start + 1, this.at - 1)
    const text = this.bytes.toString('utf8', start, this.at)
    return (this.#seen & escaped) === 0 ? text.slice(1, -1) : (JSON.parse(text) as string)
  }

  /** Whether the last string, which starts there, has no half of a surrogate pair; only an escape can be one. */
  isUnicodeFrom(start: number): boolean {
    return (this.#seen & escaped) === 0 || !hasLoneSurrogate(this.valueFrom(start))
  }

  /** Reads a number; as text if a double does not hold it exactly. `undefined`: there is none, or one of more than `most` characters. */
  number(most = Number.POSITIVE_INFINITY): number | JsonNumber | undefined {
    const { bytes } = this
    const negative = this.peek() === 0x2d
    const start = negative ? this.at + 1 : this.at
    let at = start
    let value = 0
    let code = bytes[at] ?? 0
    while (code >= 0x30 && code <= 0x39) {
      value = value * 10 + code - 0x30
      at += 1
      code = bytes[at] ?? 0
    }
    const digits = at - start
    const isOther = code === 0x2e || (code | 0x20) === 0x65 || (digits > 1 && bytes[start] === 0x30)
    if (digits === 0 || digits > 15 || isOther) return this.#otherNumber(most)
    this.at = at
    return negative ? -value : value
  }

  #otherNumber(most: number): number | JsonNumber | undefined {
    number.lastIndex = this.at
    if (!number.test(this.text)) return undefined
    // Exact arithmetic on a long number takes much longer than reading it.
    if (number.lastIndex - this.at > most) return undefined
    const text = this.text.slice(this.at, number.lastIndex)
    this.at = number.lastIndex
    return losesDigits(text) ? new JsonNumber(text) : Number(text)
  }

  /** Reads a value of any kind. */
  value(depth = 0): boolean {
    switch (this.peek()) {
      case quote:
        return this.string()
      case 0x7b:
        return depth < maxDepth && this.#members(depth + 1)
      case 0x5b:
        return depth < maxDepth && this.#items(depth + 1)
      case 0x74:
        return this.word('true')
      case 0x66:
        return this.word('false')
      case 0x6e:
        return this.word('null')
      default:
        return this.#passNumber()
    }
  }

  /** Passes a number: whether a double holds it is asked only of numbers that are checked. */
  #passNumber(): boolean {
    number.lastIndex = this.at
    if (!number.test(this.text)) return false
    this.at = number.lastIndex
    return true
  }

  #members(depth: number): boolean {
    this.at += 1
    if (this.take(0x7d)) return true
    do {
      if (!this.string() || !this.take(0x3a) || !this.value(depth)) return false
    } while (this.take(0x2c))
    return this.take(0x7d)
  }

  #items(depth: number): boolean {
    this.at += 1
    if (this.take(0x5d)) return true
    do {
      if (!this.value(depth)) return false
    } while (this.take(0x2c))
    return this.take(0x5d)
  }
}
