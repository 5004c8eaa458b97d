import { losesDigits } from './decimal.ts'
import { NameSteps } from './nameSteps.ts'
import { isObject, JsonNumber, type JsonValue, member } from './value.ts'
import { work } from './work.ts'

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y
const escapeSequence = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
const loneSurrogate = /\p{Surrogate}/u

/** Whether a text has half of a surrogate pair. */
export function hasLoneSurrogate(text: string): boolean {
  return loneSurrogate.test(text)
}

/** Maximum characters of a number in a request: the time of exact arithmetic grows with the digits. */
export const maxNumber = 1_000

/** What parsing takes beside reading the text (rule P15). */
const stepsOf = { container: 4, member: 1 } as const

/** A recursive-descent parser of JSON text (RFC 8259). After a failure, `fault` is the reason and `position` the place. */
export class Reader {
  readonly #text: string
  readonly #depth: number
  readonly #strict: boolean
  readonly #names = new NameSteps()
  position = 0
  fault = ''
  exact = false

  constructor(text: string, depth: number, strict: boolean) {
    this.#text = text
    this.#depth = depth
    this.#strict = strict
  }

  /** The one value of the whole text; `undefined` after a failure. */
  document(): JsonValue | undefined {
    const value = this.#value(0)
    if (value === undefined) return undefined
    if (this.#peek() !== -1) return this.#fail('has more after its end')
    return value
  }

  #fail(detail: string): undefined {
    if (this.fault === '') this.fault = detail
    return undefined
  }

  /** The next character that is not white space, without consuming it; -1 at the end. */
  #peek(): number {
    const text = this.#text
    while (this.position < text.length) {
      const code = text.charCodeAt(this.position)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return code
      this.position += 1
    }
    return -1
  }

  #value(depth: number): JsonValue | undefined {
    switch (this.#peek()) {
      case 0x7b:
        return depth < this.#depth ? this.#object(depth + 1) : this.#fail('is nested too deeply')
      case 0x5b:
        return depth < this.#depth ? this.#array(depth + 1) : this.#fail('is nested too deeply')
      case 0x22:
        return this.#string()
      case 0x74:
        return this.#word('true', true)
      case 0x66:
        return this.#word('false', false)
      case 0x6e:
        return this.#word('null', null)
      case -1:
        return this.#fail('ends too early')
      default:
        return this.#number()
    }
  }

  #word(word: string, value: boolean | null): boolean | null | undefined {
    if (!this.#text.startsWith(word, this.position)) return this.#fail('is not JSON')
    this.position += word.length
    return value
  }

  #number(): number | JsonNumber | undefined {
    number.lastIndex = this.position
    const text = number.exec(this.#text)?.[0]
    if (text === undefined) return this.#fail('is not JSON')
    if (this.#strict && text.length > maxNumber) return this.#fail('has a number with too many digits')
    this.position += text.length
    if (!losesDigits(text)) return Number(text)
    this.exact = true
    return new JsonNumber(text)
  }

  /** A string, with `position` at its opening quote. */
  #string(): string | undefined {
    const text = this.#text
    const start = this.position
    let escaped = false
    for (let at = start + 1; at < text.length; at += 1) {
      const code = text.charCodeAt(at)
      if (code === 0x22) {
        this.position = at + 1
        if (!escaped) return text.slice(start + 1, at)
        const value: string = JSON.parse(text.slice(start, at + 1))
        if (!this.#strict || !hasLoneSurrogate(value)) return value
        this.position = start
        return this.#fail('has half a surrogate pair')
      }
      if (code === 0x5c) {
        escapeSequence.lastIndex = at
        const found = escapeSequence.exec(text)?.[0]
        this.position = at
        if (found === undefined) return this.#fail('has an unknown escape')
        escaped = true
        at += found.length - 1
      } else if (code < 0x20) {
        this.position = at
        return this.#fail('has a control character in a string')
      }
    }
    this.position = text.length
    return this.#fail('ends too early')
  }

  #array(depth: number): readonly JsonValue[] | undefined {
    work.spend(stepsOf.container)
    this.position += 1
    if (this.#peek() === 0x5d) {
      this.position += 1
      return []
    }
    let items: JsonValue[] | null = null
    for (;;) {
      work.spend(stepsOf.member)
      const item = this.#value(depth)
      if (item === undefined) return undefined
      // A list that begins with its first item takes no space for sixteen more.
      if (items === null) items = [item]
      else items.push(item)
      const next = this.#peek()
      if (next !== 0x2c && next !== 0x5d) return this.#fail(next === -1 ? 'ends too early' : 'is not JSON')
      this.position += 1
      if (next === 0x5d) return items
    }
  }

  #object(depth: number): JsonValue | undefined {
    const members: Record<string, JsonValue> = {}
    work.spend(stepsOf.container)
    this.position += 1
    if (this.#peek() === 0x7d) {
      this.position += 1
      return members
    }
    for (;;) {
      if (this.#peek() !== 0x22) return this.#fail(this.#peek() === -1 ? 'ends too early' : 'is not JSON')
      const start = this.position
      const name = this.#string()
      if (name === undefined) return undefined
      work.spend(this.#strict ? this.#names.of(name) : stepsOf.member)
      if (this.#strict && !this.#mayHave(members, name, start)) return undefined
      if (this.#peek() !== 0x3a) return this.#fail(this.#peek() === -1 ? 'ends too early' : 'is not JSON')
      this.position += 1
      const value = this.#value(depth)
      if (value === undefined) return undefined
      if (this.#strict && name === 'constructor' && isObject(value) && member(value, 'prototype') !== undefined) {
        this.position = start
        return this.#fail('has a name that is not accepted')
      }
      // Assigning `__proto__` would set the prototype. The strict mode has refused it before; the lenient mode drops it.
      if (name !== '__proto__') members[name] = value
      const next = this.#peek()
      if (next !== 0x2c && next !== 0x7d) return this.#fail(next === -1 ? 'ends too early' : 'is not JSON')
      this.position += 1
      if (next === 0x7d) return members
    }
  }

  #mayHave(members: Readonly<Record<string, JsonValue>>, name: string, start: number): boolean {
    if (name !== '__proto__' && !Object.hasOwn(members, name)) return true
    this.position = start
    this.#fail(name === '__proto__' ? 'has a name that is not accepted' : 'has a name twice')
    return false
  }
}
