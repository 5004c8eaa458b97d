import { pointedAt } from '../../support/index.ts'
import type { JsonObject, JsonValue } from '../types.ts'
import { hasType, isList, isObject } from './json.ts'

/** The target of a schema's `$ref` within gateway.schema.json; a schema without `$ref` is returned unchanged. */
export function resolveSchema(schema: JsonObject, root: JsonObject): JsonObject {
  const reference = schema['$ref']
  if (typeof reference !== 'string') return schema
  const target = pointedAt(root, reference) as JsonValue | undefined
  return isObject(target) ? resolveSchema(target, root) : {}
}

/** The alternatives of an `anyOf` or `oneOf`, with nested `anyOf`s flattened. */
export function branchesOf(alternatives: readonly JsonValue[], root: JsonObject): readonly JsonObject[] {
  return alternatives
    .filter((one) => isObject(one))
    .flatMap((alternative) => {
      const branch = resolveSchema(alternative, root)
      return isList(branch['anyOf']) ? branchesOf(branch['anyOf'], root) : [branch]
    })
}

/** Whether a value has the `type` of a branch of alternatives, or is in its `enum`. Its members may still be invalid. */
export function couldBe(value: JsonValue, branch: JsonObject): boolean {
  const allowed = branch['enum']
  if (isList(allowed)) return allowed.includes(value)
  const type = branch['type']
  return typeof type === 'string' && hasType(value, type)
}

/** The constant property `type` that identifies a branch of alternatives, or `null`. */
export function tagOf(branch: JsonObject): JsonValue | null {
  const type = isObject(branch['properties']) ? branch['properties']['type'] : undefined
  return isObject(type) ? (type['const'] ?? null) : null
}

/** Whether a definition of the schema has a property. */
export function propertyNamed(name: string, definition: string, root: JsonObject): boolean {
  const properties = pointedAt(root, `#/$defs/${definition}/properties`)
  return typeof properties === 'object' && properties !== null && Object.hasOwn(properties, name)
}
