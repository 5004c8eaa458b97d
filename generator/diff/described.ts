import { targetOf } from './comparison.ts'
import { type JsonObject, listOf, membersOf } from './document.ts'

/**
 * Makes the test whether a schema of a document says which members or elements its values have, or that they have none. The values of
 * other schemas may be anything, objects with members of any name, or lists of anything.
 */
export function createDescribed(document: JsonObject): (schema: unknown) => boolean {
  /** `null`: being found. */
  const known = new Map<unknown, boolean | null>()

  const find = (schema: unknown): boolean | null => {
    if (typeof schema === 'boolean') return !schema
    const found = known.get(schema)
    if (found !== undefined) return found
    known.set(schema, null)
    const node = membersOf(schema)
    const result = describes(node) || isDescribedByParts(node)
    known.set(schema, result)
    return result
  }

  const isDescribedByParts = (node: JsonObject): boolean => {
    const target = typeof node['$ref'] === 'string' ? [targetOf({ $ref: node['$ref'] }, document)] : []
    if ([...target, ...listOf(node['allOf'])].some((part) => find(part) === true)) return true
    for (const name of ['anyOf', 'oneOf']) {
      const choice = listOf(node[name])
      // A schema that is its own alternative adds none.
      if (choice.length > 0 && choice.every((one) => find(one) !== false)) return true
    }
    const { if: condition, then, else: otherwise } = node
    return condition !== undefined && [condition, then].some((one) => find(one) === true) && find(otherwise) === true
  }

  return (schema) => find(schema) === true
}

/** Whether the keywords of a schema itself tell it. */
function describes(node: JsonObject): boolean {
  const types = [node['type'] ?? []].flat()
  const isScalar = types.length > 0 && !types.includes('object') && !types.includes('array')
  return (
    isScalar ||
    ['const', 'enum', 'items', 'prefixItems', 'unevaluatedItems'].some((name) => Object.hasOwn(node, name)) ||
    ['additionalProperties', 'unevaluatedProperties'].some((name) => Object.hasOwn(node, name)) ||
    ['properties', 'patternProperties'].some((name) => Object.keys(membersOf(node[name])).length > 0)
  )
}
