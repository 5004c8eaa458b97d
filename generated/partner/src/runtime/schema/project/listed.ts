import type { JsonValue } from '../../json/index.ts'
import { canonical } from '../equality.ts'
import { ARRAY, kindOf, OBJECT } from '../kinds.ts'
import type { Node } from '../node.ts'
import type { Project } from './project.ts'

/**
 * Leaves out objects and lists that differ from each value of `enum` or `const`: the listed values are all that these schemas describe.
 * Compares what `project` leaves of both. Other values that are not listed pass: services add such values.
 */
export function listedOnly(nodes: readonly Node[], project: Project): Project {
  const lists = nodes.flatMap(({ enum: values, const: value }) => [
    ...(Array.isArray(values) ? [values as readonly JsonValue[]] : []),
    ...(value === undefined ? [] : [[value as JsonValue]]),
  ])
  let known: readonly ReadonlySet<string>[] | null = null
  return (value) => {
    const projected = project(value)
    if (projected === undefined || (kindOf(projected) & (OBJECT | ARRAY)) === 0) return projected
    known ??= lists.map((values) => new Set(values.map((one) => canonical(project(one) ?? one))))
    const text = canonical(projected)
    return known.every((values) => values.has(text)) ? projected : undefined
  }
}
