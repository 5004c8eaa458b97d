import type { JsonObject, JsonValue } from '../../../read/types.ts'
import type { Translated } from '../schemas/index.ts'
import { type Draft, isList, isObject, isText, put } from '../schemas/values.ts'
import { type Components, composedOf, replaced, requiredWithout, targetOf } from './components.ts'

/**
 * The schema of an object without the members that the gateway sets (`bind`). Where a `$ref` declares them, its target
 * is inlined, because other routes may use the component with these members.
 */
export function withoutBound(schema: Translated, members: ReadonlySet<string>, components: Components): Translated {
  const seen = new Set<JsonObject>()

  const cut = (node: Translated): Translated => {
    if (!isObject(node) || seen.has(node) || !declares(node, members, components)) return node
    seen.add(node)
    const target = targetOf(node, components)
    const inlined = isObject(target) ? cut(target) : null
    const { properties, examples } = node
    const own = replaced(node, {
      ...(isObject(inlined) ? { $ref: undefined } : {}),
      required: requiredWithout(node, members),
      ...(isObject(properties) ? { properties: withoutMembers(properties, members) } : {}),
      ...Object.fromEntries(
        ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => {
          const parts = node[keyword]
          return isList(parts) ? [[keyword, parts.map((part) => (isObject(part) ? cut(part) : part))]] : []
        }),
      ),
      ...Object.fromEntries(
        ['example', 'default'].map((keyword) => [keyword, withoutMembers(node[keyword] ?? null, members)]),
      ),
      ...(isList(examples) ? { examples: examples.map((value) => withoutMembers(value, members)) } : {}),
    })
    seen.delete(node)
    return isObject(inlined) ? { ...inlined, ...own } : own
  }
  return cut(schema)
}

/** Whether a schema, or one that it is composed of, declares or requires one of these members. */
function declares(schema: JsonObject, members: ReadonlySet<string>, components: Components): boolean {
  const seen = new Set<JsonObject>()
  const visit = (node: JsonObject): boolean => {
    if (seen.has(node)) return false
    seen.add(node)
    const { properties, required } = node
    if (isObject(properties) && Object.keys(properties).some((name) => members.has(name))) return true
    if (isList(required) && required.some((name) => isText(name) && members.has(name))) return true
    for (const other of composedOf(node, components)) if (visit(other)) return true
    return false
  }
  return visit(schema)
}

/** An object, or an example of one, without some of its members. */
export function withoutMembers(value: JsonValue, members: ReadonlySet<string>): JsonValue {
  if (!isObject(value)) return value
  const copy: Draft = {}
  for (const [name, member] of Object.entries(value)) if (!members.has(name)) put(copy, name, member)
  return copy
}
