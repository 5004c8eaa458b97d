import { work } from '../json/index.ts'
import type { Schema } from '../vocabulary.ts'
import { foldTarget } from '../words/foldedNames.ts'
import { foldingSteps, foldText } from '../words/folding.ts'
import { isSchema, type Node, schemaMapAt } from './node.ts'
import { applying, belowOf, isClosed, reach } from './outline.ts'
import type { Schemas } from './schemas.ts'

/** Finds the guarded member that a service may set by a name; `undefined`: none, or the schema declares the name. */
export type GuardedName = (name: string) => string | undefined

/**
 * Makes the search for names by which a service may set a guarded member of a value: one of `bound`, one that the schema marks as
 * `readOnly`, or one that has such a member within it (rule P13). `null`: no such name can be sent, because no member is guarded,
 * or because undeclared members are refused.
 */
export type GuardedNames = (schema: Schema, bound: readonly string[]) => GuardedName | null

export function createGuardedNames(schemas: Schemas): GuardedNames {
  /** Whether a value of a schema has a member that is `readOnly`, at any level. */
  const known = new Map<Schema, boolean>()

  /** Settles a schema and all that it leads to. Each is expanded once, whatever the number of references to it. */
  const settle = (start: Schema): void => {
    const found = new Set([start])
    const users = new Map<Schema, Schema[]>()
    const holding = new Set<Schema>()
    // Iteration over a set includes the members that are added meanwhile.
    for (const schema of found) {
      if (known.get(schema) === true) holding.add(schema)
      if (typeof schema === 'boolean' || known.has(schema)) continue
      const below = belowOf(schema)
      if (below.some((one) => schemas.marks(one, 'readOnly'))) holding.add(schema)
      for (const next of [...applying(schemas, schema), ...below]) {
        found.add(next)
        const before = users.get(next)
        if (before === undefined) users.set(next, [schema])
        else before.push(schema)
      }
    }
    for (const schema of found) if (!known.has(schema)) known.set(schema, false)
    for (const schema of holding) {
      known.set(schema, true)
      for (const user of users.get(schema) ?? []) holding.add(user)
    }
  }

  /** Whether a schema is `readOnly`, or a value of it has a member at any level that is. */
  const holdsGuarded = (schema: Schema): boolean => {
    if (!known.has(schema)) settle(schema)
    return known.get(schema) === true || schemas.marks(schema, 'readOnly')
  }

  return (schema, bound) => {
    const nodes = reach(schemas, [schema])
    const declared = new Set<string>()
    const guarded = new Map<string, string>()
    for (const [name, of] of nodes.flatMap((node) => schemaMapAt(node, 'properties'))) {
      declared.add(name)
      if (holdsGuarded(of)) guarded.set(foldText(name), name)
    }
    for (const name of bound) guarded.set(foldText(name), name)
    if (guarded.size === 0 || (isClosed(schemas, schema) && !nodes.some(admitsOthers))) return null
    return (name) => {
      if (declared.has(name)) return undefined
      work.spend(foldingSteps(name))
      return guarded.get(foldTarget(name))
    }
  }
}

/** Whether a schema describes members without listing their names. */
function admitsOthers(node: Node): boolean {
  const others = ['additionalProperties', 'unevaluatedProperties'].map((keyword) => node[keyword])
  return others.some((of) => isSchema(of) && of !== false) || schemaMapAt(node, 'patternProperties').length > 0
}
