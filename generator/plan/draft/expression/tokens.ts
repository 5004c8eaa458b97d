import { type Reference, readReference, referencePattern } from './reference.ts'

/** A token of a `when`. `at`: its offset, from 0. */
export type Token = { readonly at: number; readonly text: string } & (
  | { readonly kind: 'reference'; readonly reference: Reference }
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  /** `and`, `or`, `not`, `in`, `==`, `!=`, brackets, comma. */
  | { readonly kind: 'sign' }
  | { readonly kind: 'end' }
)

/** A syntax error and its offset. */
export class SyntaxFinding {
  readonly at: number
  readonly message: string

  constructor(at: number, message: string) {
    this.at = at
    this.message = message
  }
}

const space = /\s+/y
const quoted = /'[^']*'|"[^"]*"/y
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?![\w.])/y
const word = /[A-Za-z]+/y
const sign = /==|!=|[(),[\]]/y

const constants: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
])
const operators: ReadonlySet<string> = new Set(['and', 'or', 'not', 'in'])

/** Operators of other languages, with hints. */
const mistaken: ReadonlyMap<string, string> = new Map([
  ['=', 'Write `==` for equality.'],
  ['&', 'Write `and`.'],
  ['|', 'Write `or`.'],
  ['!', 'Write `not`, or `!=` for inequality.'],
  ['<', 'Only `==`, `!=` and `in` are supported.'],
  ['>', 'Only `==`, `!=` and `in` are supported.'],
])

/** Splits an expression into tokens, the last one being `end`. */
export function tokenize(text: string): readonly Token[] | SyntaxFinding {
  const tokens: Token[] = []
  let at = 0
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at
    return pattern.exec(text)?.[0] ?? null
  }
  while (at < text.length) {
    const blank = take(space)
    if (blank !== null) {
      at += blank.length
      continue
    }
    const token = next(at)
    if (token instanceof SyntaxFinding) return token
    tokens.push(token)
    at += token.text.length
  }
  tokens.push({ kind: 'end', at, text: '' })
  return tokens

  function next(at: number): Token | SyntaxFinding {
    const reference = take(referencePattern)
    if (reference !== null) return { kind: 'reference', at, text: reference, reference: readReference(reference) }
    const string = take(quoted)
    if (string !== null) return { kind: 'literal', at, text: string, value: string.slice(1, -1) }
    const digits = take(number)
    if (digits !== null) return { kind: 'literal', at, text: digits, value: Number(digits) }
    const symbol = take(sign)
    if (symbol !== null) return { kind: 'sign', at, text: symbol }
    const name = take(word)
    if (name !== null && operators.has(name)) return { kind: 'sign', at, text: name }
    const constant = name === null ? undefined : constants.get(name)
    if (name !== null && constant !== undefined) return { kind: 'literal', at, text: name, value: constant }
    return new SyntaxFinding(
      at,
      `${name === null ? `\`${text.charAt(at)}\`` : `\`${name}\``} is not expected here. ${hint(at, name)}`,
    )
  }

  function hint(at: number, name: string | null): string {
    if (name !== null) return 'Write strings in quotes, inputs as `$request....`, claims as `$principal....`.'
    const character = text.charAt(at)
    if (character === "'" || character === '"') return 'The quote is not closed.'
    return (
      mistaken.get(character) ??
      'An expression has `$principal....`, `$request....`, text in quotes, numbers, `==`, `!=`, `in`, `and`, `or`, `not` and brackets.'
    )
  }
}
