import type { Characters } from './characters.ts'

/** A regular expression as a tree. `text` is source that is valid with the flag `u`. */
export type Expression =
  /** One character. `null`: a property such as `\p{L}`, whose characters are not computed. */
  | { readonly kind: 'set'; readonly set: Characters | null; readonly text: string }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' }
  /** `\b` or `\B`. */
  | { readonly kind: 'boundary'; readonly text: string }
  | { readonly kind: 'sequence'; readonly items: readonly Expression[] }
  | { readonly kind: 'choice'; readonly options: readonly Expression[] }
  | {
      readonly kind: 'repeat'
      readonly of: Expression
      readonly min: number
      readonly max: number
      readonly lazy: boolean
    }
  | { readonly kind: 'group'; readonly of: Expression; readonly open: string }
  | { readonly kind: 'look'; readonly of: Expression; readonly open: string }
  | { readonly kind: 'reference'; readonly text: string }

/** Source text of a tree, valid with the flag `u`. */
export function print(expression: Expression): string {
  switch (expression.kind) {
    case 'set':
    case 'boundary':
    case 'reference':
      return expression.text
    case 'start':
      return '^'
    case 'end':
      return '$'
    case 'sequence':
      return expression.items.map(print).join('')
    case 'choice':
      return expression.options.map(print).join('|')
    case 'group':
    case 'look':
      return `${expression.open}${print(expression.of)})`
    case 'repeat':
      return `${print(expression.of)}${count(expression.min, expression.max)}${expression.lazy ? '?' : ''}`
  }
}

function count(min: number, max: number): string {
  if (min === 0 && max === Number.POSITIVE_INFINITY) return '*'
  if (min === 1 && max === Number.POSITIVE_INFINITY) return '+'
  if (min === 0 && max === 1) return '?'
  if (min === max) return `{${min}}`
  return max === Number.POSITIVE_INFINITY ? `{${min},}` : `{${min},${max}}`
}
