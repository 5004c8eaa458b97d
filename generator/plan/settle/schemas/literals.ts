import type { JsonObject, JsonValue } from '../../../read/types.ts'
import { type Draft, isList, isObject, put } from './values.ts'

/**
 * Whether a value has a member that readers of the contract take for a reference, although it is data. They would look for its target,
 * which is not in the contract.
 */
export function looksLikeReference(value: JsonValue): boolean {
  if (isList(value)) return value.some(looksLikeReference)
  if (!isObject(value)) return false
  return typeof value['$ref'] === 'string' || Object.values(value).some(looksLikeReference)
}

/** Takes values that look like references out of a schema: examples and defaults are left out, `const` and `enum` are said otherwise. */
export function withoutReferences(schema: Draft): Draft {
  const { default: usual, example, examples, const: only, enum: listed } = schema
  if (usual !== undefined && looksLikeReference(usual)) delete schema['default']
  if (example !== undefined && looksLikeReference(example)) delete schema['example']
  if (isList(examples) && examples.some(looksLikeReference)) {
    const left = examples.filter((value) => !looksLikeReference(value))
    if (left.length === 0) delete schema['examples']
    else schema['examples'] = left
  }
  const parts: JsonValue[] = []
  if (only !== undefined && looksLikeReference(only)) {
    delete schema['const']
    parts.push(exactly(only))
  }
  if (isList(listed) && listed.some(looksLikeReference)) {
    delete schema['enum']
    const plain = listed.filter((value) => !looksLikeReference(value))
    const others = listed.filter(looksLikeReference).map(exactly)
    parts.push({ anyOf: [...(plain.length === 0 ? [] : [{ enum: plain }]), ...others] })
  }
  const { allOf } = schema
  if (parts.length > 0) schema['allOf'] = [...(isList(allOf) ? allOf : []), ...parts]
  return schema
}

/** A schema that only one value fits. */
function exactly(value: JsonValue): JsonObject {
  if (!looksLikeReference(value)) return { const: value }
  if (isList(value)) {
    return { type: 'array', prefixItems: value.map(exactly), minItems: value.length, maxItems: value.length }
  }
  const properties: Draft = {}
  for (const [name, member] of Object.entries(value as JsonObject)) put(properties, name, exactly(member))
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false }
}
