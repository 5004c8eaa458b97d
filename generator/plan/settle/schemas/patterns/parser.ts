import { type Characters, classes, complement, dot, eitherCase, one, union } from './characters.ts'
import type { Expression } from './syntax.ts'

export interface Parsed {
  readonly expression: Expression
  /** Constructs of other engines that were read: `(?i)`, `\A`, `\Z`, `(?P<name>`. */
  readonly foreign: readonly string[]
}

/** Deeper nesting is not parsed. */
const maxDepth = 100

/**
 * Parses a regular expression leniently: ECMAScript with or without the flag `u`, and a few constructs of other engines
 * whose meaning is unambiguous. `null` for anything else. It does not check that the source is valid as written; the
 * engine does.
 */
export function parse(source: string): Parsed | null {
  const parser = new Parser(source)
  try {
    return { expression: parser.all(), foreign: [...parser.foreign] }
  } catch (error) {
    if (error instanceof Unreadable) return null
    throw error
  }
}

class Unreadable extends Error {}

const escapes: ReadonlyMap<string, number> = new Map([
  ['t', 0x9],
  ['n', 0xa],
  ['v', 0xb],
  ['f', 0xc],
  ['r', 0xd],
])

class Parser {
  readonly foreign = new Set<string>()
  readonly #text: readonly string[]
  #at = 0
  #depth = 0
  #anyCase = false

  constructor(source: string) {
    this.#text = [...source]
  }

  all(): Expression {
    if (this.#take('(?i)')) {
      this.foreign.add('(?i)')
      this.#anyCase = true
    }
    const expression = this.#choice()
    if (this.#at < this.#text.length) throw new Unreadable()
    return expression
  }

  #peek(ahead = 0): string {
    return this.#text[this.#at + ahead] ?? ''
  }

  #next(): string {
    const character = this.#peek()
    if (character === '') throw new Unreadable()
    this.#at += 1
    return character
  }

  #take(expected: string): boolean {
    if (![...expected].every((character, at) => this.#peek(at) === character)) return false
    this.#at += expected.length
    return true
  }

  /** Matches a pattern at this place, within the next 80 characters. For ASCII text only. */
  #match(pattern: RegExp): RegExpExecArray | null {
    const found = pattern.exec(this.#text.slice(this.#at, this.#at + 80).join(''))
    if (found !== null) this.#at += found[0].length
    return found
  }

  #choice(): Expression {
    this.#depth += 1
    if (this.#depth > maxDepth) throw new Unreadable()
    const options = [this.#sequence()]
    while (this.#take('|')) options.push(this.#sequence())
    this.#depth -= 1
    const [only] = options
    return options.length === 1 && only !== undefined ? only : { kind: 'choice', options }
  }

  #sequence(): Expression {
    const items: Expression[] = []
    while (this.#peek() !== '' && this.#peek() !== '|' && this.#peek() !== ')') items.push(this.#quantified())
    const [only] = items
    return items.length === 1 && only !== undefined ? only : { kind: 'sequence', items }
  }

  #quantified(): Expression {
    const of = this.#atom()
    const counts = this.#counts()
    if (counts === null) return of
    if (of.kind === 'start' || of.kind === 'end' || of.kind === 'boundary' || of.kind === 'look') throw new Unreadable()
    const lazy = this.#take('?')
    if (this.#peek() === '+' || this.#peek() === '*' || this.#peek() === '?') throw new Unreadable()
    return { kind: 'repeat', of, ...counts, lazy }
  }

  #counts(): { readonly min: number; readonly max: number } | null {
    if (this.#take('*')) return { min: 0, max: Number.POSITIVE_INFINITY }
    if (this.#take('+')) return { min: 1, max: Number.POSITIVE_INFINITY }
    if (this.#take('?')) return { min: 0, max: 1 }
    const found = this.#match(/^\{(\d+)(?:(,)(\d*))?\}/)
    if (found === null) return null
    const min = Number(found[1])
    const max = found[2] === undefined ? min : found[3] === '' ? Number.POSITIVE_INFINITY : Number(found[3])
    if (min > max) throw new Unreadable()
    return { min, max }
  }

  #atom(): Expression {
    const character = this.#next()
    switch (character) {
      case '^':
        return { kind: 'start' }
      case '$':
        return { kind: 'end' }
      case '.':
        return { kind: 'set', set: dot, text: '.' }
      case '(':
        return this.#group()
      case '[':
        return this.#class()
      case '\\':
        return this.#escape()
      case '*':
      case '+':
      case '?':
        throw new Unreadable()
      default:
        return this.#literal(character.codePointAt(0) ?? 0)
    }
  }

  #literal(code: number): Expression {
    const set = this.#cased(one(code))
    return { kind: 'set', set, text: set.length === 1 ? quoted(code) : `[${ranges(set)}]` }
  }

  #cased(set: Characters): Characters {
    return this.#anyCase ? eitherCase(set) : set
  }

  #group(): Expression {
    const outer = this.#anyCase
    const look = this.#match(/^\?(?:<?[=!])/)
    let open = '('
    if (look !== null) open = `(${look[0]}`
    else if (this.#take('?:')) open = '(?:'
    else if (this.#take('?i:')) {
      this.foreign.add('(?i:')
      this.#anyCase = true
      open = '(?:'
    } else {
      const name = this.#match(/^\?(P?)<([A-Za-z_$][\w$]*)>/)
      if (name !== null) {
        if (name[1] === 'P') this.foreign.add('(?P<')
        open = `(?<${name[2]}>`
      } else if (this.#peek() === '?') throw new Unreadable()
    }
    const of = this.#choice()
    if (!this.#take(')')) throw new Unreadable()
    this.#anyCase = outer
    return look === null ? { kind: 'group', of, open } : { kind: 'look', of, open }
  }

  #escape(): Expression {
    const character = this.#peek()
    const set = classes.get(character)
    if (set !== undefined) {
      this.#at += 1
      return { kind: 'set', set, text: `\\${character}` }
    }
    if (this.#take('b')) return { kind: 'boundary', text: '\\b' }
    if (this.#take('B')) return { kind: 'boundary', text: '\\B' }
    const property = this.#property()
    if (property !== null) return { kind: 'set', set: null, text: property }
    if (this.#take('A')) return this.#anchor('\\A', 'start')
    if (this.#take('Z')) return this.#anchor('\\Z', 'end')
    if (this.#take('z')) return this.#anchor('\\z', 'end')
    const reference = this.#match(/^(?:[1-9]\d*|k<[A-Za-z_$][\w$]*>)/)
    if (reference !== null) return { kind: 'reference', text: `\\${reference[0]}` }
    return this.#literal(this.#escaped())
  }

  #anchor(spelling: string, kind: 'start' | 'end'): Expression {
    this.foreign.add(spelling)
    return { kind }
  }

  #property(): string | null {
    const found = this.#match(/^[pP]\{[\w=]+\}/)
    return found === null ? null : `\\${found[0]}`
  }

  /** The code point of an escape. The backslash has been consumed. */
  #escaped(): number {
    const hexadecimal = this.#match(/^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\})/)
    if (hexadecimal !== null) {
      return this.#pair(Number.parseInt(hexadecimal[1] ?? hexadecimal[2] ?? hexadecimal[3] ?? '', 16))
    }
    const control = this.#match(/^c([A-Za-z])/)
    if (control !== null) return (control[1] ?? '').charCodeAt(0) % 32
    const character = this.#next()
    if (character === '0' && !/\d/.test(this.#peek())) return 0
    const known = escapes.get(character)
    if (known !== undefined) return known
    // An escaped character that is neither a letter nor a digit is that character. Letters without a meaning would be
    // too, but are more likely a mistake.
    if (/[0-9A-Za-z]/.test(character)) throw new Unreadable()
    return character.codePointAt(0) ?? 0
  }

  /** Two escapes that are the halves of a surrogate pair are one code point, as with the flag `u`. */
  #pair(high: number): number {
    if (high < 0xd800 || high > 0xdbff) return high
    const low = this.#match(/^\\u(d[c-f][0-9a-f]{2})/i)
    return low === null ? high : (high - 0xd800) * 0x400 + (Number.parseInt(low[1] ?? '', 16) - 0xdc00) + 0x10000
  }

  #class(): Expression {
    const negated = this.#take('^')
    const items: { readonly set: Characters | null; readonly text: string; readonly code: number | null }[] = []
    while (!this.#take(']')) {
      const item = this.#classItem()
      const isRange = this.#peek() === '-' && this.#peek(1) !== ']' && item.code !== null
      if (!isRange) {
        items.push(item)
        continue
      }
      this.#at += 1
      const end = this.#classItem()
      if (end.code === null) items.push(item, { set: one(0x2d), text: '\\-', code: 0x2d }, end)
      else if (end.code < (item.code ?? 0)) throw new Unreadable()
      else items.push({ set: one(item.code ?? 0, end.code), text: `${item.text}-${end.text}`, code: null })
    }
    const known = items.flatMap(({ set }) => (set === null ? [] : [set]))
    if (known.length < items.length) {
      return { kind: 'set', set: null, text: `[${negated ? '^' : ''}${items.map(({ text }) => text).join('')}]` }
    }
    const plain = union(...known)
    const set = this.#cased(plain)
    const text = this.#anyCase ? ranges(set) : items.map((item) => item.text).join('')
    return { kind: 'set', set: negated ? complement(set) : set, text: `[${negated ? '^' : ''}${text}]` }
  }

  #classItem(): { readonly set: Characters | null; readonly text: string; readonly code: number | null } {
    const character = this.#next()
    let code = character.codePointAt(0) ?? 0
    if (character === '\\') {
      const set = classes.get(this.#peek())
      if (set !== undefined) return { set, text: `\\${this.#next()}`, code: null }
      const property = this.#property()
      if (property !== null) return { set: null, text: property, code: null }
      code = this.#take('b') ? 0x8 : this.#escaped()
    }
    return { set: one(code), text: quoted(code, '\\]^-['), code }
  }
}

/** A code point in source text. `special`: the characters that need a backslash. */
function quoted(code: number, special = '^$\\.*+?()[]{}|/'): string {
  const character = String.fromCodePoint(code)
  if (special.includes(character)) return `\\${character}`
  // Visible ASCII, spaces and visible characters beyond ASCII as they are; all others as escapes.
  if (/^[\x20-\x7e]$|^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character)) return character
  const digits = code.toString(16)
  if (code <= 0xff) return `\\x${digits.padStart(2, '0')}`
  return code <= 0xffff ? `\\u${digits.padStart(4, '0')}` : `\\u{${digits}}`
}

function ranges(set: Characters): string {
  const special = '\\]^-['
  return set
    .map(([from, to]) => (from === to ? quoted(from, special) : `${quoted(from, special)}-${quoted(to, special)}`))
    .join('')
}
