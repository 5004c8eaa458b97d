import { SyntaxFinding, type Token, tokenize } from './tokens.ts'

/** The syntax tree of a `when`, with the offset (from 0) and the text of every part. */
export type Syntax = { readonly at: number; readonly text: string } & (
  | { readonly kind: 'reference'; readonly root: string; readonly names: readonly string[] }
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'list'; readonly of: readonly Syntax[] }
  | {
      readonly kind: 'comparison'
      readonly operator: '==' | '!=' | 'in'
      readonly left: Syntax
      readonly right: Syntax
    }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Syntax[] }
  | { readonly kind: 'not'; readonly of: Syntax }
)

/** Largest depth of nested brackets and `not`. */
const depthLimit = 32

/**
 * Parses an expression:
 *
 *     either     = both *( "or" both )
 *     both       = negated *( "and" negated )
 *     negated    = "not" negated / comparison
 *     comparison = operand [ ( "==" / "!=" / "in" ) operand ]
 *     operand    = reference / text / number / "true" / "false" / "null" / list / "(" either ")"
 *     list       = "[" operand *( "," operand ) "]"       only after "in"
 */
export function parseExpression(text: string): Syntax | SyntaxFinding {
  const tokens = tokenize(text)
  if (tokens instanceof SyntaxFinding) return tokens
  const parser = createParser(text, tokens)
  try {
    return parser()
  } catch (error) {
    if (error instanceof SyntaxFinding) return error
    throw error
  }
}

function createParser(text: string, tokens: readonly Token[]): () => Syntax {
  let position = 0
  let depth = 0
  const end: Token = { kind: 'end', at: text.length, text: '' }
  const peek = (): Token => tokens[position] ?? end
  const isSign = (sign: string): boolean => peek().kind === 'sign' && peek().text === sign
  const accept = (sign: string): boolean => {
    if (!isSign(sign)) return false
    position++
    return true
  }
  const since = (at: number): string => {
    const last = tokens[position - 1] ?? end
    return text.slice(at, last.at + last.text.length)
  }
  const fail = (expected: string): SyntaxFinding => {
    const token = peek()
    return new SyntaxFinding(
      token.at,
      token.kind === 'end'
        ? `It ends where ${expected} is expected.`
        : `Expected ${expected}, found \`${token.text}\`.`,
    )
  }

  return () => {
    const whole = either()
    if (peek().kind !== 'end') throw fail('`and`, `or` or the end')
    return whole
  }

  function either(): Syntax {
    return junction('or', both)
  }

  function both(): Syntax {
    return junction('and', negated)
  }

  function junction(kind: 'and' | 'or', part: () => Syntax): Syntax {
    const at = peek().at
    const first = part()
    const of = [first]
    while (accept(kind)) of.push(part())
    return of.length === 1 ? first : { kind, at, text: since(at), of }
  }

  function negated(): Syntax {
    const { at } = peek()
    if (!accept('not')) return comparison()
    return deeper(() => {
      const of = negated()
      return { kind: 'not', at, text: since(at), of }
    })
  }

  function comparison(): Syntax {
    const { at } = peek()
    const left = operand()
    const operator = operatorHere()
    if (operator === null) return left
    position++
    const right = operator === 'in' && isSign('[') ? listOf() : operand()
    for (const side of [left, right]) {
      if (isCondition(side)) throw new SyntaxFinding(side.at, 'Claims, inputs and values are compared, not conditions.')
    }
    if (operatorHere() !== null)
      throw new SyntaxFinding(peek().at, 'Comparisons cannot be chained: join them by `and`.')
    return { kind: 'comparison', at, text: since(at), operator, left, right }
  }

  function operatorHere(): '==' | '!=' | 'in' | null {
    const { kind, text: sign } = peek()
    return kind === 'sign' && (sign === '==' || sign === '!=' || sign === 'in') ? sign : null
  }

  function listOf(): Syntax {
    const { at } = peek()
    position++
    const of = [operand()]
    while (accept(',')) of.push(operand())
    if (!accept(']')) throw fail('`,` or `]`')
    return { kind: 'list', at, text: since(at), of }
  }

  function operand(): Syntax {
    const token = peek()
    if (token.kind === 'reference') {
      position++
      return { kind: 'reference', at: token.at, text: token.text, ...token.reference }
    }
    if (token.kind === 'literal') {
      position++
      return { kind: 'literal', at: token.at, text: token.text, value: token.value }
    }
    if (!accept('(')) throw fail('a claim, an input or a value')
    return deeper(() => {
      const inner = either()
      if (!accept(')')) throw fail('`)`')
      return inner
    })
  }

  function deeper(part: () => Syntax): Syntax {
    if (++depth > depthLimit) throw new SyntaxFinding(peek().at, 'It is nested too deeply.')
    const result = part()
    depth--
    return result
  }
}

function isCondition(syntax: Syntax): boolean {
  return syntax.kind !== 'reference' && syntax.kind !== 'literal' && syntax.kind !== 'list'
}
