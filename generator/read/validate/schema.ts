import { pointedAt } from '../../support/index.ts'
import type { JsonObject, JsonValue } from '../types.ts'
import { hasType, isList, isObject } from './json.ts'

/** The schema that a `$ref` of gateway.schema.json means; any other schema is itself. */
export function resolveSchema(schema: JsonObject, root: JsonObject): JsonObject {
  const reference = schema['$ref']
  if (typeof reference !== 'string') return schema
  const target = pointedAt(root, reference) as JsonValue | undefined
  return isObject(target) ? resolveSchema(target, root) : {}
}

/** The alternatives of an `anyOf` or `oneOf`, those of alternatives among them. */
export function branchesOf(alternatives: readonly JsonValue[], root: JsonObject): readonly JsonObject[] {
  return alternatives.filter(isObject).flatMap((alternative) => {
    const branch = resolveSchema(alternative, root)
    return isList(branch['anyOf']) ? branchesOf(branch['anyOf'], root) : [branch]
  })
}

/** Whether a value is of the kind that a branch of alternatives is about, right or wrong in itself. */
export function couldBe(value: JsonValue, branch: JsonObject): boolean {
  const allowed = branch['enum']
  if (isList(allowed)) return allowed.includes(value)
  const type = branch['type']
  return typeof type === 'string' && hasType(value, type)
}

/** The `type` that tells a branch of alternatives from the others, or `null`. */
export function tagOf(branch: JsonObject): JsonValue | null {
  const type = isObject(branch['properties']) ? branch['properties']['type'] : undefined
  return isObject(type) ? (type['const'] ?? null) : null
}

/** Where the vocabulary has a property that was written elsewhere, in words; `null` when nowhere. */
export function placesOf(name: string, root: JsonObject): string | null {
  const homes: Readonly<Record<string, string>> = {
    service: 'a service',
    client: 'a client',
    options: 'an entry of `expose`',
    access: '`access`',
  }
  for (const [definition, words] of Object.entries(homes)) {
    const properties = pointedAt(root, `#/$defs/${definition}/properties`)
    if (typeof properties === 'object' && properties !== null && Object.hasOwn(properties, name)) return words
  }
  return null
}
