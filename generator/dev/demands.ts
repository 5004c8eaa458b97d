import type { Expression } from '../../templates/runtime/vocabulary.ts'
import type { Plan } from '../plan/types.ts'
import { compareText, groupedBy } from '../support/index.ts'
import { claimInputs, claimValue } from './claimInputs.ts'

/** The requirements of all gateways on callers. Development users satisfy them, so that every rule can be tried. */
export interface Demands {
  readonly scopes: readonly string[]
  readonly roles: readonly string[]
  /**
   * Claims that inputs are bound to, owned by or compared with, with different values for each user. The inputs accept the
   * values. May contain `sub`.
   */
  identity(index: number, name: string): Readonly<Record<string, unknown>>
  /** Claims that a `when` compares with a literal. */
  readonly conditions: Readonly<Record<string, unknown>>
}

/** Collects the requirements of all clients. */
export function demandsOf(plan: Plan): Demands {
  const routes = plan.clients.flatMap((client) => client.routes.map(({ route }) => ({ client, route })))
  const rules = routes.flatMap(({ route }) => (route.access.kind === 'principal' ? [route.access] : []))
  const grants = rules.flatMap(({ anyOf }) => anyOf)
  const conditions: Record<string, unknown> = {}
  for (const condition of rules.flatMap(({ when }) => when)) collectConditions(condition, conditions)
  const inputs = routes.flatMap(({ client, route }) => claimInputs(client, route))
  const claimed = [...groupedBy(inputs, ({ claim }) => JSON.stringify(claim)).values()]

  return {
    scopes: distinct(grants.flatMap(({ scopes }) => scopes)),
    roles: distinct(grants.flatMap(({ roles }) => roles)),
    conditions,
    identity: (index, name) => {
      const claims: Record<string, unknown> = {}
      for (const uses of claimed) {
        const [first] = uses
        const value = claimValue(uses, index, name)
        if (first !== undefined && value !== undefined) writePath(claims, first.claim, value)
      }
      return claims
    },
  }
}

function collectConditions(expression: Expression, into: Record<string, unknown>): void {
  switch (expression.kind) {
    case 'and':
    case 'or':
      for (const part of expression.of) collectConditions(part, into)
      break
    case 'equal': {
      const sides = [expression.left, expression.right]
      const claim = sides.find((side) => side.kind === 'principal')
      const literal = sides.find((side) => side.kind === 'literal')
      if (claim?.kind === 'principal' && literal?.kind === 'literal') writePath(into, claim.claim, literal.value)
      break
    }
    case 'in':
      if (expression.left.kind === 'literal' && expression.right.kind === 'principal') {
        if (!['roles', 'scope'].includes(expression.right.claim.join('.'))) {
          writePath(into, expression.right.claim, [expression.left.value])
        }
      }
      break
    default:
      break
  }
}

/** Sets a nested member. An existing value is kept. */
export function writePath(object: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [name = '', ...rest] = path
  if (rest.length === 0) {
    if (!Object.hasOwn(object, name)) object[name] = value
    return
  }
  const inner = object[name]
  const next: Record<string, unknown> = typeof inner === 'object' && inner !== null ? { ...inner } : {}
  object[name] = next
  writePath(next, rest, value)
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort(compareText)
}
