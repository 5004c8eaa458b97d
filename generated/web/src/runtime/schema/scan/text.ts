const quote = 0x22
const maxDepth = 64
const fraction = /-?(?:0|[1-9]\d*)(?:\.\d+)?/y

/** Backslashes, and characters that a string contains only escaped. Line breaks and tabs between values are among them. */
export const unusual = /[\\\x00-\x1f]/

/**
 * A JSON text (RFC 8259) that is read once, from left to right, with parts replaced on the way. Only for texts without `unusual`
 * characters: a string then ends at the next quotation mark, and the text between the marks is its value. Other syntax that is
 * not supported, such as spaces between values, makes a method return false or NaN: the text is then left to the parser.
 */
export class Text {
  readonly text: string
  /** Position of the next character to read. */
  at = 0
  #kept = ''
  /** Start of the text that is kept but not yet copied to `#kept`. */
  #from = 0

  constructor(text: string) {
    this.text = text
  }

  /** The next character; NaN at the end. */
  get next(): number {
    return this.text.charCodeAt(this.at)
  }

  take(code: number): boolean {
    if (this.text.charCodeAt(this.at) !== code) return false
    this.at += 1
    return true
  }

  word(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false
    this.at += word.length
    return true
  }

  /** Reads a string. Its value begins one character after the start. False: there is none. */
  string(): boolean {
    if (this.text.charCodeAt(this.at) !== quote) return false
    const end = this.text.indexOf('"', this.at + 1)
    if (end < 0) return false
    this.at = end + 1
    return true
  }

  /** Reads a number that a double holds exactly. NaN: there is none, or it is left to the parser. */
  number(): number {
    fraction.lastIndex = this.at
    if (!fraction.test(this.text)) return Number.NaN
    const end = fraction.lastIndex
    const code = this.text.charCodeAt(end) | 0x20
    if (end - this.at > 15 || code === 0x65) return Number.NaN
    const value = Number(this.text.slice(this.at, end))
    this.at = end
    return value
  }

  /** Reads a value of any kind. False: it is not well-formed, or is left to the parser. */
  value(depth = 0): boolean {
    switch (this.next) {
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
        return !Number.isNaN(this.number())
    }
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

  /** Replaces the text from `start` to `end` by `instead`. */
  replace(start: number, end: number, instead = ''): void {
    this.#kept += this.text.slice(this.#from, start) + instead
    this.#from = end
  }

  /** The text with all replacements. */
  get result(): string {
    return this.#from === 0 ? this.text : this.#kept + this.text.slice(this.#from)
  }
}
