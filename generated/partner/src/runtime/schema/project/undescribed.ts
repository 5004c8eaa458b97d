import { ARRAY, OBJECT, typesOf } from '../kinds.ts'
import type { Node } from '../node.ts'
import { applying, belowOf, describesArrays, describesObjects } from '../outline.ts'
import type { Schemas } from '../schemas.ts'

/**
 * The kind of values that is left out although schemas without `type` admit it: arrays where only members are described, objects
 * where only items are. Such a value passes as it is, unless the schemas withhold anything: it may consist of what they describe.
 */
export function withheldKinds(nodes: readonly Node[], schemas: Schemas, withheld: 'writeOnly' | null): number {
  const objects = nodes.some(describesObjects)
  if (withheld === null || objects === nodes.some(describesArrays)) return 0
  if (nodes.some((node) => typesOf(node) !== null)) return 0
  return withholds(nodes, schemas, withheld) ? (objects ? ARRAY : OBJECT) : 0
}

function withholds(nodes: readonly Node[], schemas: Schemas, withheld: 'writeOnly'): boolean {
  const reached = new Set(nodes)
  for (const node of reached) {
    for (const schema of [...applying(schemas, node), ...belowOf(node)]) {
      if (typeof schema === 'boolean') continue
      if (schema[withheld] === true) return true
      reached.add(schema)
    }
  }
  return false
}
