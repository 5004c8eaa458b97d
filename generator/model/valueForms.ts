import type { JsonObject, JsonValue } from '../read/types.ts'
import type { Origin } from '../support/index.ts'
import { isObject, isReference, type Located, type Source } from './source.ts'
import type { SchemaNode } from './types.ts'

/**
 * The form of a value, as far as parameter styles distinguish it. `flat` lists and objects contain plain values only, `deep` ones may
 * contain lists or objects. `plain` includes values about which nothing is known.
 */
export type ValueForm = 'plain' | 'flat list' | 'deep list' | 'flat object' | 'deep object'

/** The form of a value alone, whatever its items and members are. */
type Kind = 'plain' | 'list' | 'object'

/** Alternatives and parts within each other that are looked into. */
const MOST_LEVELS = 100

/** Every form that values of a schema may have. */
export function formsOf({ schema, origin }: SchemaNode, source: Source): ReadonlySet<ValueForm> {
  const forms = new Set<ValueForm>()
  const typed = typedIn(schema, origin, source)
  if (typed.length === 0) forms.add('plain')
  for (const { kind, inner, origin: near } of typed) {
    const isDeep = inner.some((one) => typedIn(one, near, source).some((found) => found.kind !== 'plain'))
    forms.add(kind === 'plain' ? kind : `${isDeep ? 'deep' : 'flat'} ${kind}`)
  }
  return forms
}

/** A kind of values, and the schemas of their items or members. */
interface Typed {
  readonly kind: Kind
  readonly inner: readonly JsonValue[]
  readonly origin: Origin
}

/**
 * The kinds that a schema, or its alternatives and parts, admit. Items and members are not looked into, and each schema is visited
 * once, so that schemas which refer to themselves often take no longer than others.
 */
function typedIn(start: JsonValue, near: Origin, source: Source): readonly Typed[] {
  const seen = new Set<JsonValue>()
  /** A reference with notes of its own gives a copy of its target each time, so targets are told apart by their places. */
  const identity = (schema: JsonValue, { value, origin }: Located): JsonValue =>
    isReference(schema) ? `${origin.file}#${origin.pointer}` : value
  const visit = (schema: JsonValue, outer: Origin, level: number): readonly Typed[] => {
    const followed = source.follow(schema, outer)
    const plain: Typed = { kind: 'plain', inner: [], origin: outer }
    if (level > MOST_LEVELS || followed.kind === 'refused' || !isObject(followed.value)) return [plain]
    const { value: node, origin } = followed
    const key = identity(schema, followed)
    if (seen.has(key)) return []
    seen.add(key)
    const types = typesOf(node)
    if (types.length > 0) {
      return types.map((type) => {
        if (type === 'array') return { kind: 'list', inner: itemsOf(node), origin }
        return type === 'object' ? { kind: type, inner: membersOf(node), origin } : plain
      })
    }
    const within = (keyword: string): readonly Typed[] =>
      listOf(node[keyword]).flatMap((one) => visit(one, origin, level + 1))
    const alternatives = [...within('oneOf'), ...within('anyOf')]
    const composed = [...alternatives, ...within('allOf').filter(({ kind }) => kind !== 'plain')]
    const isOpen = ['oneOf', 'anyOf'].every((keyword) => listOf(node[keyword]).length === 0)
    return composed.length > 0 || !isOpen ? composed : [plain]
  }
  return visit(start, near, 0)
}

/** `type`, or the type that `properties` or `items` implies. */
function typesOf(node: JsonObject): readonly string[] {
  const type = node['type']
  if (typeof type === 'string') return [type]
  if (Array.isArray(type)) return type.filter((item) => typeof item === 'string' && item !== 'null')
  if (node['properties'] !== undefined) return ['object']
  return node['items'] === undefined ? [] : ['array']
}

function itemsOf(node: JsonObject): readonly JsonValue[] {
  const { items } = node
  return [...(items === undefined ? [] : [items]), ...listOf(node['prefixItems'])]
}

function membersOf(node: JsonObject): readonly JsonValue[] {
  const properties = node['properties']
  const additional = node['additionalProperties']
  return [...(isObject(properties) ? Object.values(properties) : []), ...(isObject(additional) ? [additional] : [])]
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : []
}
