import type { JsonObject, JsonValue } from '../read/types.ts'
import type { Origin } from '../support/index.ts'
import { isObject, type Source } from './source.ts'
import type { SchemaNode } from './types.ts'

/**
 * The form of a value, as far as parameter styles distinguish it. `flat` lists and objects contain plain values only, `deep` ones may
 * contain lists or objects. `plain` includes values about which nothing is known.
 */
export type ValueForm = 'plain' | 'flat list' | 'deep list' | 'flat object' | 'deep object'

const MOST_LEVELS = 12

/** Every form that values of a schema may have. */
export function formsOf({ schema, origin }: SchemaNode, source: Source): ReadonlySet<ValueForm> {
  return new Set(forms(schema, origin, source, 0))
}

function forms(schema: JsonValue, origin: Origin, source: Source, level: number): readonly ValueForm[] {
  if (level > MOST_LEVELS) return ['plain']
  const followed = source.follow(schema, origin)
  if (followed.kind === 'refused' || !isObject(followed.value)) return ['plain']
  const node = followed.value
  const inner = (value: JsonValue | undefined): readonly ValueForm[] =>
    value === undefined ? [] : forms(value, followed.origin, source, level + 1)

  const types = typesOf(node)
  if (types.length > 0) {
    return types.map((type) => {
      if (type === 'array')
        return [node['items'], ...listOf(node['prefixItems'])].flatMap(inner).some(isNested) ? 'deep list' : 'flat list'
      if (type === 'object') return membersOf(node).flatMap(inner).some(isNested) ? 'deep object' : 'flat object'
      return 'plain'
    })
  }
  const alternatives = [...listOf(node['oneOf']), ...listOf(node['anyOf'])]
  const parts = listOf(node['allOf']).flatMap(inner)
  const composed = [...alternatives.flatMap(inner), ...parts.filter((form) => form !== 'plain')]
  return composed.length > 0 ? composed : ['plain']
}

/** `type`, or the type that `properties` or `items` implies. */
function typesOf(node: JsonObject): readonly string[] {
  const type = node['type']
  if (typeof type === 'string') return [type]
  if (Array.isArray(type)) return type.filter((item) => typeof item === 'string' && item !== 'null')
  if (node['properties'] !== undefined) return ['object']
  return node['items'] === undefined ? [] : ['array']
}

function membersOf(node: JsonObject): readonly JsonValue[] {
  const properties = node['properties']
  const additional = node['additionalProperties']
  return [...(isObject(properties) ? Object.values(properties) : []), ...(isObject(additional) ? [additional] : [])]
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : []
}

function isNested(form: ValueForm): boolean {
  return form !== 'plain'
}
