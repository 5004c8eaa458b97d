import type { Expression } from '../../../../templates/runtime/vocabulary.ts'
import { type Code, suggestion } from '../../../support/index.ts'
import { typesOfClaim } from '../claims.ts'
import { type JsonType, type SchemaFacts, typeWords } from '../schemaFacts.ts'
import type { Syntax } from './parser.ts'

/** Inputs that a client may send on a route, with the facts of their schemas. Header names in any case. */
export interface Inputs {
  readonly path: ReadonlyMap<string, SchemaFacts>
  readonly query: ReadonlyMap<string, SchemaFacts>
  readonly header: ReadonlyMap<string, SchemaFacts>
}

/** An error in an expression. `at`: its offset, from 0. */
export interface ExpressionFinding {
  readonly code: Code
  readonly at: number
  readonly message: string
  readonly hint: string | null
}

const never: Expression = { kind: 'literal', value: false }

/** Compiles syntax to an `Expression` of the runtime, and finds its errors for a route with these inputs. */
export function compileExpression(
  syntax: Syntax,
  inputs: Inputs,
): { readonly expression: Expression; readonly findings: readonly ExpressionFinding[] } {
  const findings: ExpressionFinding[] = []
  const refuse = (code: Code, { at }: Syntax, message: string, hint: string | null = null): void => {
    findings.push({ code, at, message, hint })
  }
  return { expression: condition(syntax), findings }

  function condition(node: Syntax): Expression {
    switch (node.kind) {
      case 'and':
      case 'or':
        return { kind: node.kind, of: node.of.map(condition) }
      case 'not':
        return { kind: 'not', of: condition(node.of) }
      case 'comparison':
        return node.operator === 'in' ? membership(node.left, node.right) : equality(node)
      case 'reference':
        return truth(node)
      default:
        refuse('GW3014', node, `\`${node.text}\` is not a condition.`, 'Compare it with a claim or an input.')
        return never
    }
  }

  function truth(node: Syntax): Expression {
    const found = operand(node)
    const { expression, types } = found
    if (found === refused) return expression
    if (expression.kind !== 'principal') {
      refuse('GW3012', node, `\`${node.text}\` is a string, not a condition.`, `Write \`${node.text} == '...'\`.`)
    } else if (types !== null && !types.has('boolean')) {
      refuse(
        'GW3012',
        node,
        `\`${node.text}\` is ${typeWords(types)} and not a condition.`,
        `Write \`${node.text} == '...'\`.`,
      )
    }
    return expression
  }

  function equality(node: Syntax & { kind: 'comparison' }): Expression {
    const [left, right] = [operand(node.left), operand(node.right)]
    compare(node.left, left, node.right, right)
    return { kind: node.operator === '==' ? 'equal' : 'unequal', left: left.expression, right: right.expression }
  }

  function membership(left: Syntax, right: Syntax): Expression {
    const member = operand(left)
    if (right.kind === 'list') {
      const of = right.of.map((item) => {
        const value = operand(item)
        if (value !== refused && value.expression.kind !== 'literal')
          refuse('GW3013', item, 'A list contains values only.', 'Join comparisons by `or` instead.')
        compare(left, member, item, value)
        return { kind: 'equal', left: member.expression, right: value.expression } as const
      })
      return { kind: 'or', of }
    }
    const list = operand(right)
    if (list === refused) return never
    if (list.expression.kind !== 'principal') {
      refuse(
        'GW3013',
        right,
        `\`${right.text}\` is not a list.`,
        "The right side of `in` is a claim (`$principal.groups`) or a list (`['a', 'b']`).",
      )
    } else if (list.types !== null && !list.types.has('array')) {
      refuse('GW3013', right, `\`${right.text}\` is ${typeWords(list.types)}, no list.`, 'Compare it by `==`.')
    } else if (sameText(left, right)) {
      refuse('GW3014', left, `\`${left.text} in ${right.text}\` compares a value with itself.`)
    }
    return { kind: 'in', left: member.expression, right: list.expression }
  }

  /** Refuses two sides that can never be equal, or whose comparison has a constant result. */
  function compare(left: Syntax, a: Operand, right: Syntax, b: Operand): void {
    if (a === refused || b === refused) return
    if (a.expression.kind === 'literal' && b.expression.kind === 'literal') {
      refuse('GW3014', left, `\`${left.text}\` and \`${right.text}\` are both constants, so the result is constant.`)
      return
    }
    if (sameText(left, right)) {
      refuse('GW3014', left, `\`${left.text}\` is compared with itself.`)
      return
    }
    for (const [node, side, other] of [
      [left, a, b],
      [right, b, a],
    ] as const) {
      if (side.expression.kind === 'request' && side.types !== null && !scalar(side.types)) {
        refuse('GW3012', node, `\`${node.text}\` is ${typeWords(side.types)} and cannot be compared.`)
        return
      }
      if (
        side.expression.kind === 'literal' &&
        other.values !== null &&
        !other.values.includes(side.expression.value)
      ) {
        const node = side === a ? left : right
        const known = other.values.map(String)
        refuse(
          'GW3012',
          node,
          `${node.text} is none of the values of \`${(side === a ? right : left).text}\`.`,
          suggestion(String(side.expression.value), known),
        )
        return
      }
    }
    if (a.types === null || b.types === null) return
    const { types } = b
    if (![...a.types].some((type) => types.has(type))) {
      refuse(
        'GW3012',
        right,
        `\`${left.text}\` is ${typeWords(a.types)} and \`${right.text}\` is ${typeWords(b.types)}: they are never equal.`,
        spellingHint(left, a, right, b),
      )
    }
  }

  function operand(node: Syntax): Operand {
    if (node.kind === 'literal') {
      const type = node.value === null ? 'null' : (typeof node.value as JsonType)
      return { expression: { kind: 'literal', value: node.value }, types: new Set([type]), values: null }
    }
    if (node.kind !== 'reference') return refused
    if (node.root === 'principal' && node.names.length > 0) {
      return { expression: { kind: 'principal', claim: node.names }, types: typesOfClaim(node.names), values: null }
    }
    const [place = '', name = '', ...more] = node.names
    if (
      node.root !== 'request' ||
      !(place === 'path' || place === 'query' || place === 'header') ||
      name === '' ||
      more.length > 0
    ) {
      refuse(
        'GW3011',
        node,
        `\`${node.text}\` is not an input or a claim.`,
        'There are `$principal.<claim>` and `$request.path|query|header.<name>`.',
      )
      return refused
    }
    return input(node, place, name)
  }

  function input(node: Syntax, place: 'path' | 'query' | 'header', name: string): Operand {
    const known = inputs[place]
    const key =
      place === 'header' ? [...known.keys()].find((header) => header.toLowerCase() === name.toLowerCase()) : name
    const found = key === undefined ? undefined : known.get(key)
    if (key === undefined || found === undefined) {
      const where = { path: 'path parameter', query: 'query parameter', header: 'header' }[place]
      refuse('GW3011', node, `A client sends no ${where} \`${name}\` on this route.`, suggestion(name, known.keys()))
      return refused
    }
    const types = found.types === null ? null : new Set([...found.types].filter((type) => type !== 'null'))
    return { expression: { kind: 'request', in: place, name: key }, types, values: found.values }
  }
}

interface Operand extends SchemaFacts {
  readonly expression: Expression
}

/** An operand with an error that was already reported. */
const refused: Operand = { expression: never, types: null, values: null }

/** A hint about missing or surplus quotes. */
function spellingHint(left: Syntax, a: Operand, right: Syntax, b: Operand): string | null {
  const [literal, node, other] = b.expression.kind === 'literal' ? [b.expression, right, a] : [a.expression, left, b]
  if (literal.kind !== 'literal') return null
  if (typeof literal.value !== 'string')
    return other.types?.has('string') ? `Write strings in quotes: \`'${node.text}'\`.` : null
  return `Only strings are written in quotes: \`${literal.value}\`.`
}

function sameText(a: Syntax, b: Syntax): boolean {
  return a.kind === 'reference' && b.kind === 'reference' && a.text === b.text
}

function scalar(types: ReadonlySet<JsonType>): boolean {
  return types.has('string') || types.has('number') || types.has('boolean')
}
