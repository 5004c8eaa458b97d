import type { Expression } from '../vocabulary.ts'

/** An expression as a manifest writes it, for the log. It has names and the literals of the manifest, and no value of a caller. */
export function textOf(expression: Expression): string {
  switch (expression.kind) {
    case 'principal':
      return ['$principal', ...expression.claim].join('.')
    case 'request':
      return `$request.${expression.in}.${expression.name}`
    case 'literal':
      return typeof expression.value === 'string' ? `'${expression.value}'` : String(expression.value)
    case 'equal':
      return `${operandText(expression.left)} == ${operandText(expression.right)}`
    case 'unequal':
      return `${operandText(expression.left)} != ${operandText(expression.right)}`
    case 'in':
      return `${operandText(expression.left)} in ${operandText(expression.right)}`
    case 'and':
      return expression.of.map(operandText).join(' and ')
    case 'or':
      return expression.of.map(operandText).join(' or ')
    case 'not':
      return `not ${operandText(expression.of)}`
  }
}

function operandText(expression: Expression): string {
  const isSimple = expression.kind === 'principal' || expression.kind === 'request' || expression.kind === 'literal'
  return isSimple ? textOf(expression) : `(${textOf(expression)})`
}

/** The paths of the claims that an expression reads. */
export function claimsIn(expression: Expression): readonly (readonly string[])[] {
  switch (expression.kind) {
    case 'principal':
      return [expression.claim]
    case 'request':
    case 'literal':
      return []
    case 'equal':
    case 'unequal':
    case 'in':
      return [...claimsIn(expression.left), ...claimsIn(expression.right)]
    case 'and':
    case 'or':
      return expression.of.flatMap(claimsIn)
    case 'not':
      return claimsIn(expression.of)
  }
}
