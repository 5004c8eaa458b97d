import type { Expression } from '../../../../templates/runtime/vocabulary.ts'
import type { At } from '../../../model/types.ts'
import { compileExpression, type ExpressionFinding, type Inputs } from '../expression/compile.ts'
import { parseExpression } from '../expression/parser.ts'
import { SyntaxFinding } from '../expression/tokens.ts'

/** A compiled `when` of the manifest, and its errors. */
export interface ConditionDraft {
  readonly source: At<string>
  /** `null`: it cannot be parsed. */
  readonly expression: Expression | null
  readonly findings: readonly ExpressionFinding[]
}

/** Compiles a condition for a route with these inputs. */
export function readCondition(source: At<string>, inputs: Inputs): ConditionDraft {
  const syntax = parseExpression(source.value)
  if (syntax instanceof SyntaxFinding) {
    const { at, message } = syntax
    return { source, expression: null, findings: [{ code: 'GW3010', at, message, hint: null }] }
  }
  return { source, ...compileExpression(syntax, inputs) }
}
