import type { JsonObject, JsonValue } from '../../../read/types.ts'
import type { Translated } from '../schemas/index.ts'
import { referredName } from '../schemas/references.ts'
import { type Draft, isList, isObject, isText } from '../schemas/values.ts'

export type Components = ReadonlyMap<string, Translated>

/** The component that a schema refers to. */
export function targetOf(schema: JsonObject, components: Components): Translated | undefined {
  const { $ref } = schema
  return isText($ref) ? components.get(referredName($ref)) : undefined
}

/** The names that a schema itself refers to: by `$ref`, and by the mapping of its discriminator. */
export function referredNames(schema: JsonObject): readonly string[] {
  const { $ref, discriminator } = schema
  const { mapping, defaultMapping } = isObject(discriminator) ? discriminator : {}
  return [$ref, ...Object.values(isObject(mapping) ? mapping : {}), defaultMapping].filter(isText).map(referredName)
}

/** The schemas that apply to the same value: the target of `$ref`, and the parts of `allOf`, `anyOf` and `oneOf`. */
export function* composedOf(schema: JsonObject, components: Components): Generator<JsonObject> {
  const target = targetOf(schema, components)
  if (isObject(target)) yield target
  for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
    const parts = schema[keyword]
    if (isList(parts)) yield* parts.filter((part: JsonValue) => isObject(part))
  }
}

/** `required` without some names; `undefined` when none is left. */
export function requiredWithout(schema: JsonObject, names: ReadonlySet<string>): JsonValue | undefined {
  const { required } = schema
  const left = isList(required) ? required.filter((name) => !isText(name) || !names.has(name)) : []
  return left.length === 0 ? undefined : left
}

/** A copy with other values for some keywords, in the same order. `undefined` removes a keyword. */
export function replaced(schema: JsonObject, changes: Readonly<Record<string, JsonValue | undefined>>): Draft {
  const copy: Draft = {}
  for (const [keyword, value] of Object.entries(schema)) {
    const changed = Object.hasOwn(changes, keyword) ? changes[keyword] : value
    if (changed !== undefined) copy[keyword] = changed
  }
  return copy
}
