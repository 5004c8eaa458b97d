import { canonical } from '../equality.ts'
import { ARRAY, kindOf, OBJECT } from '../kinds.ts'
import { type Node, valuesAt } from '../node.ts'
import type { Project } from './project.ts'

/**
 * Leaves out objects and lists that differ from each value of `enum` or `const`: the listed values are all that these schemas describe.
 * Compares what `project` leaves. Other values that are not listed pass: services add such values.
 */
export function listedOnly(nodes: readonly Node[], project: Project): Project {
  const lists = nodes.map(valuesAt).filter((values) => values !== null)
  let known: readonly ReadonlySet<string>[] | null = null
  return (value) => {
    const projected = project(value)
    if (projected === undefined || (kindOf(projected) & (OBJECT | ARRAY)) === 0) return projected
    known ??= lists.map((values) => new Set(values.map(canonical)))
    const text = canonical(projected)
    return known.every((values) => values.has(text)) ? projected : undefined
  }
}
