import type { Origins } from './tree.ts'
import type { JsonValue, Refusal } from './types.ts'

/** Origins and refusals of the nodes of one service's documents, by identity. */
export interface NodeFacts {
  readonly origins: Origins
  readonly refusals: WeakMap<object, Refusal>
}

/** A copy in which no object occurs twice, so that a change at one place affects no other. Copies origins and refusals too. */
export function unshared<T extends JsonValue>(value: T, facts: NodeFacts): T {
  if (typeof value !== 'object' || value === null) return value
  const copy: object = Array.isArray(value)
    ? value.map((item: JsonValue) => unshared(item, facts))
    : Object.fromEntries(Object.entries(value).map(([name, member]) => [name, unshared(member as JsonValue, facts)]))
  const origin = facts.origins.get(value)
  if (origin !== undefined) facts.origins.set(copy, origin)
  const refusal = facts.refusals.get(value)
  if (refusal !== undefined) facts.refusals.set(copy, refusal)
  return copy as T
}
