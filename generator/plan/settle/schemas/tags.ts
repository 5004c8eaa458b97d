import type { JsonObject, JsonValue } from '../../../read/types.ts'
import { referenceOf } from './heirs.ts'
import type { Locations, Resource, Target } from './locations.ts'
import { isList, isObject, isText, listOf, member } from './values.ts'

/** The texts that a schema allows for a member; `null`: any. */
export type Tags = (target: Pick<Target, 'node' | 'resource'>, property: string) => ReadonlySet<string> | null

/** Most schemas that are read for one answer, and most levels; beyond that any text counts as allowed. */
const most = { schemas: 2_000, levels: 40 } as const

/**
 * Reads `enum` and `const` of a member through `$ref`, `allOf` and alternatives, in schemas as written. `modern`: `const`
 * is a keyword, and other keywords beside a `$ref` count.
 */
export function createTags(locations: Locations, modern: boolean): Tags {
  const known = new Map<JsonValue, Map<string, ReadonlySet<string> | null>>()

  const read = (target: Pick<Target, 'node' | 'resource'>, property: string): ReadonlySet<string> | null => {
    let left: number = most.schemas

    const allowed = (value: JsonValue, outer: Resource, path: readonly JsonValue[], own: Own): Texts => {
      left -= 1
      if (!isObject(value) || left < 0 || path.length > most.levels || path.includes(value)) return null
      const within = locations.enter(value, outer)
      const inner = [...path, value]
      const reference = referenceOf(value)
      const to = reference === null ? null : locations.find(reference, within)
      const target = to === null ? null : allowed(to.node, to.resource, inner, own)
      if (reference !== null && !modern) return target
      const parts = listOf(value['allOf']).map((part) => allowed(part, within, inner, own))
      const alternatives = ['oneOf', 'anyOf'].map((keyword) =>
        union(listOf(value[keyword]).filter(isNotNull), (branch) => allowed(branch, within, inner, own)),
      )
      return [target, own(value, within), ...parts, ...alternatives].reduce(intersection, null)
    }

    const listed: Own = (schema) => listedIn(schema, modern)
    const ofMember: Own = (schema, within) => {
      const properties = member(schema, 'properties')
      const of = isObject(properties) ? member(properties, property) : undefined
      return of === undefined ? null : allowed(of, within, [], listed)
    }
    return allowed(target.node, target.resource, [], ofMember)
  }

  return (target, property) => {
    const before = known.get(target.node) ?? new Map<string, ReadonlySet<string> | null>()
    known.set(target.node, before)
    const found = before.has(property) ? (before.get(property) ?? null) : read(target, property)
    before.set(property, found)
    return found
  }
}

type Texts = ReadonlySet<string> | null

/** What a schema itself allows. */
type Own = (schema: JsonObject, within: Resource) => Texts

function listedIn(schema: JsonObject, modern: boolean): Texts {
  const values = member(schema, 'enum')
  const list = isList(values) ? new Set(values.filter(isText)) : null
  const only = modern ? member(schema, 'const') : undefined
  return only === undefined ? list : intersection(list, new Set(isText(only) ? [only] : []))
}

function union(branches: readonly JsonValue[], of: (branch: JsonValue) => Texts): Texts {
  const found = new Set<string>()
  for (const branch of branches) {
    const texts = of(branch)
    if (texts === null) return null
    for (const text of texts) found.add(text)
  }
  return branches.length === 0 ? null : found
}

function intersection(one: Texts, other: Texts): Texts {
  if (one === null || other === null) return one ?? other
  return new Set([...one].filter((text) => other.has(text)))
}

function isNotNull(schema: JsonValue): boolean {
  return !isObject(schema) || schema['type'] !== 'null'
}
