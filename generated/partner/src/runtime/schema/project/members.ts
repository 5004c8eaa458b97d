import { type JsonObject, type JsonValue, work } from '../../json/index.ts'
import type { Schema } from '../../vocabulary.ts'
import { type Node, schemaAt, schemaMapAt } from '../node.ts'
import { describesObjects } from '../outline.ts'
import type { Test } from '../patterns.ts'
import type { Schemas } from '../schemas.ts'
import { keep, type Project, type ProjectorOf } from './project.ts'
import { mentions } from './view.ts'

interface Part {
  readonly properties: ReadonlyMap<string, Schema>
  readonly patterns: readonly { readonly matches: Test; readonly schema: Schema }[]
  readonly additional: Schema | undefined
  readonly unevaluated: Schema | undefined
  readonly mentions: readonly string[]
}

interface Scope {
  readonly schemas: Schemas
  readonly pattern: (source: string) => Test
  readonly withheld: 'writeOnly' | null
}

/** Steps of going through an object, of a member, and of finding the declarations of one by patterns, beside one for each (rule P15). */
const stepsOf = { visit: 3, member: 3, search: 25 } as const

/** Projects objects to the members that any of the schemas declares; `keep` when none of them declares members. */
export function membersOf(
  nodes: readonly Node[],
  { schemas, pattern, withheld }: Scope,
  projectorOf: ProjectorOf,
): Project {
  if (!nodes.some(describesObjects)) return keep
  const parts = nodes.map((node) => partOf(node, pattern))
  const names = new Set(parts.flatMap((part) => [...part.properties.keys(), ...part.mentions]))
  const patterned = parts.reduce((sum, { patterns }) => sum + patterns.length, 0)
  const known = new Map<string, Project | null>()
  let others: Project | null | undefined

  const find = (name: string): Project | null => {
    const declared = declarationsOf(parts, name)
    if (declared === null) return null
    // A member that one of several declarations marks is withheld.
    if (withheld !== null && declared.some((schema) => schemas.marks(schema, withheld))) return null
    return projectorOf(declared)
  }
  const lookUp = (name: string): Project | null => {
    if (names.has(name)) {
      const found = find(name)
      known.set(name, found)
      return found
    }
    if (patterned > 0) {
      work.spend(stepsOf.search + patterned)
      return find(name)
    }
    if (others === undefined) others = find(name)
    return others
  }

  return (value) => {
    const source = value as JsonObject
    // Made at the first member that is not kept as it is.
    let kept: Record<string, JsonValue> | null = null
    work.spend(stepsOf.visit)
    for (const name in source) {
      work.spend(stepsOf.member)
      const of = source[name]
      const remembered = known.get(name)
      const project = remembered === undefined ? lookUp(name) : remembered
      const isKept = project !== null && of !== undefined && name !== '__proto__'
      const projected = isKept && project !== keep ? project(of) : isKept ? of : undefined
      if (projected !== of) kept ??= membersBefore(name, source)
      if (kept !== null && projected !== undefined) kept[name] = projected
    }
    return kept ?? source
  }
}

function membersBefore(end: string, source: JsonObject): Record<string, JsonValue> {
  const before: Record<string, JsonValue> = {}
  for (const name in source) {
    if (name === end) break
    const of = source[name]
    if (of !== undefined) before[name] = of
  }
  return before
}

function partOf(node: Node, pattern: (source: string) => Test): Part {
  return {
    properties: new Map(schemaMapAt(node, 'properties')),
    patterns: schemaMapAt(node, 'patternProperties').map(([source, schema]) => ({ matches: pattern(source), schema })),
    additional: schemaAt(node, 'additionalProperties'),
    unevaluated: schemaAt(node, 'unevaluatedProperties'),
    mentions: mentions(node),
  }
}

/** The schemas that declare a member of that name; `null`: it is not declared. */
function declarationsOf(parts: readonly Part[], name: string): readonly Schema[] | null {
  const found: Schema[] = []
  for (const part of parts) {
    const before = found.length
    const property = part.properties.get(name)
    if (property !== undefined) found.push(property)
    for (const { matches, schema } of part.patterns) if (matches(name)) found.push(schema)
    if (found.length === before && part.additional !== undefined && part.additional !== false) {
      found.push(part.additional)
    }
  }
  if (found.length > 0) return found
  for (const { unevaluated } of parts) if (unevaluated !== undefined && unevaluated !== false) found.push(unevaluated)
  if (found.length > 0) return found
  return parts.some((part) => part.mentions.includes(name)) ? [true] : null
}
