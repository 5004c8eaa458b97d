import type { JsonObject, JsonValue } from '../../../read/types.ts'
import type { Translated } from '../schemas/index.ts'
import { type Draft, isList, isObject, isText, listOf, put } from '../schemas/values.ts'
import { type Components, composedOf, replaced, requiredWithout, targetOf } from './components.ts'

/** The most schemas that one is inlined from. Others, as of schemas that refer to each other in circles, become any value. */
const mostInlined = 5_000

/**
 * The schema of an object without the members that the gateway sets (`bind`). Where a `$ref` declares them, its target
 * is inlined, because other routes may use the component with these members.
 */
export function withoutBound(schema: Translated, members: ReadonlySet<string>, components: Components): Translated {
  const seen = new Set<JsonObject>()
  let left = mostInlined
  /** Bases whose heirs are being inlined, as these extend them. */
  const bases = new Map<JsonObject, JsonObject>()

  /**
   * Mappings name components, which are inlined here. So a discriminator becomes the values of its alternatives, or the
   * alternatives of a base: the heirs.
   */
  const withoutDiscriminator = (node: JsonObject, cutNode: JsonObject): JsonObject => {
    const { discriminator } = node
    if (!isObject(discriminator)) return cutNode
    const { propertyName, mapping } = discriminator
    const valuesOf = (reference: JsonValue | undefined): readonly string[] =>
      isObject(mapping) ? Object.keys(mapping).filter((value) => mapping[value] === reference) : []
    const selected = (part: JsonValue, reference: JsonValue | undefined): JsonValue => {
      const values = valuesOf(reference)
      if (!isText(propertyName) || values.length === 0 || reference === discriminator['defaultMapping']) return part
      return { allOf: [part, { properties: { [propertyName]: { enum: values } } }] }
    }
    const own = replaced(cutNode, { discriminator: undefined })
    const keywords = ['oneOf', 'anyOf'].filter((keyword) => isList(node[keyword]))
    for (const keyword of keywords) {
      const before = listOf(node[keyword])
      own[keyword] = listOf(cutNode[keyword]).map((part, at) => selected(part, referenceIn(before[at] ?? null)))
    }
    if (keywords.length > 0) return own
    const targets = [...new Set(Object.values(isObject(mapping) ? mapping : {}))]
    const isExtended = targets.some((reference) => {
      const heir = targetOf({ $ref: reference }, components)
      return isObject(heir) && heir !== node && seen.has(heir)
    })
    if (targets.length === 0 || isExtended) return own
    bases.set(node, own)
    const heirs = targets.map((reference) => selected(cut({ $ref: reference }), reference))
    bases.delete(node)
    return { allOf: [own, { anyOf: heirs }] }
  }

  const cut = (node: Translated): Translated => {
    const base = isObject(node) ? bases.get(node) : undefined
    if (base !== undefined) return base
    if (!isObject(node) || !declares(node, members, components)) return node
    // In a circle, as where a base lists its heirs: what it demands is demanded around it already.
    if (seen.has(node)) return {}
    left -= 1
    if (left < 0) return {}
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
    return isObject(inlined) ? { ...inlined, ...own } : withoutDiscriminator(node, own)
  }
  return cut(schema)
}

function referenceIn(schema: JsonValue): JsonValue | undefined {
  return isObject(schema) ? schema['$ref'] : undefined
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
