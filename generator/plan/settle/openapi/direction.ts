import type { JsonObject, JsonValue } from '../../../read/types.ts'
import type { Translated } from '../schemas/index.ts'
import { subschemas } from '../schemas/subschemas.ts'
import { isList, isObject, isText } from '../schemas/values.ts'
import { withoutBound } from './binding.ts'
import { type Components, composedOf, referredNames, replaced, requiredWithout, targetOf } from './components.ts'

/** Where a schema is used: in requests, in answers, or in both. */
export type Direction = 'request' | 'answer' | 'both'

/** Which members a direction has. */
export interface Directions {
  /** The schema without the members that this direction does not have. Schemas within it are not changed. */
  pruned(schema: JsonObject, direction: Direction): JsonObject
  /** Whether a schema, or one that it refers to, has members that this direction does not have. */
  hides(schema: Translated, direction: Direction): boolean
}

/**
 * Answers have no `writeOnly` members, and requests no `readOnly` ones. A schema that is used in both directions keeps
 * all members and the keywords.
 */
export function createDirections(components: Components): Directions {
  const isAbsent = (member: JsonValue, direction: Direction): boolean => {
    if (direction === 'answer') return has(member, 'writeOnly')
    return has(member, 'readOnly') && (direction === 'request' || has(member, 'writeOnly'))
  }

  /** Absent members that a schema declares, or that a schema for the same value declares. */
  const absentNames = (schema: JsonObject, direction: Direction): ReadonlySet<string> => {
    const names = new Set<string>()
    const seen = new Set<JsonObject>()
    const visit = (node: JsonObject): void => {
      if (seen.has(node)) return
      seen.add(node)
      for (const [name, member] of membersOf(node, 'properties')) if (isAbsent(member, direction)) names.add(name)
      for (const other of composedOf(node, components)) visit(other)
    }
    visit(schema)
    return names
  }

  /**
   * Names that one part of `allOf` marks as absent, and another part declares without the mark, or requires. The gateway
   * refuses or withholds them.
   */
  const disputedNames = (schema: JsonObject, direction: Direction): ReadonlySet<string> => {
    const absent = new Set<string>()
    const present = new Set<string>()
    const seen = new Set<JsonObject>()
    const visit = (node: JsonValue | undefined): void => {
      if (!isObject(node) || seen.has(node)) return
      seen.add(node)
      const members = new Map(membersOf(node, 'properties'))
      for (const [name, member] of members) (isAbsent(member, direction) ? absent : present).add(name)
      const required = isList(node['required']) ? node['required'].filter(isText) : []
      for (const name of required) if (!members.has(name)) present.add(name)
      visit(targetOf(node, components))
      if (isList(node['allOf'])) for (const part of node['allOf']) visit(part)
    }
    visit(schema)
    return new Set([...absent].filter((name) => present.has(name)))
  }

  const pruned = (written: JsonObject, direction: Direction): JsonObject => {
    const schema = undisputed(written, direction)
    const present = (keyword: string): JsonObject =>
      Object.fromEntries(membersOf(schema, keyword).filter(([, member]) => !isAbsent(member, direction)))
    return replaced(schema, {
      ...(isList(schema['required']) ? { required: requiredWithout(schema, absentNames(schema, direction)) } : {}),
      ...(isObject(schema['properties']) ? { properties: present('properties') } : {}),
      ...(isObject(schema['patternProperties']) ? { patternProperties: present('patternProperties') } : {}),
      ...(isAbsent(schema['additionalProperties'] ?? true, direction) ? { additionalProperties: false } : {}),
    })
  }

  /** The schema without names that its parts disagree about. */
  const undisputed = (schema: JsonObject, direction: Direction): JsonObject => {
    if (direction === 'both' || !isList(schema['allOf'])) return schema
    const names = disputedNames(schema, direction)
    const without = names.size === 0 ? schema : withoutBound(schema, names, components)
    return isObject(without) ? without : schema
  }

  /** Whether members are absent in the schema itself, and the names of the components that it refers to. */
  const inspect = (
    schema: JsonObject,
    direction: Direction,
  ): { readonly own: boolean; readonly names: readonly string[] } => {
    const names = new Set<string>()
    const visit = (node: Translated): boolean => {
      if (!isObject(node)) return false
      for (const name of referredNames(node)) names.add(name)
      const members = [...membersOf(node, 'properties'), ...membersOf(node, 'patternProperties')].map(
        ([, member]) => member,
      )
      let own = [...members, node['additionalProperties'] ?? true].some((member) => isAbsent(member, direction))
      for (const below of subschemas(node)) own = visit(below) || own
      return own
    }
    return { own: visit(schema), names: [...names] }
  }

  const hiding: Partial<Record<Direction, ReadonlySet<string>>> = {}

  const hides = (schema: Translated, direction: Direction): boolean => {
    if (!isObject(schema) || direction === 'both') return false
    hiding[direction] ??= spread(components, (component) => inspect(component, direction))
    const names = hiding[direction]
    const { own, names: referred } = inspect(schema, direction)
    return own || referred.some((name) => names.has(name))
  }

  return { pruned, hides }
}

/** The components for which `own` is true, and those that lead to one. */
export function spread(
  components: Components,
  inspect: (schema: JsonObject) => { readonly own: boolean; readonly names: readonly string[] },
): ReadonlySet<string> {
  const users = new Map<string, string[]>()
  const found = new Set<string>()
  for (const [name, schema] of components) {
    if (!isObject(schema)) continue
    const { own, names } = inspect(schema)
    if (own) found.add(name)
    for (const referred of names) users.set(referred, [...(users.get(referred) ?? []), name])
  }
  for (const name of found) for (const user of users.get(name) ?? []) found.add(user)
  return found
}

/** Checks the member's own schema only: `createMarks` has copied marks there. */
function has(member: JsonValue, mark: 'readOnly' | 'writeOnly'): boolean {
  return isObject(member) && member[mark] === true
}

function membersOf(schema: JsonObject, keyword: string): readonly (readonly [string, JsonValue])[] {
  const members = schema[keyword]
  return isObject(members) ? Object.entries(members) : []
}
