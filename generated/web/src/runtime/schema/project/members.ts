import type { JsonObject, JsonValue } from '../../json/index.ts'
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

/** Projects objects to the members that any of the schemas declares; `keep` when none of them declares members. */
export function membersOf(
  nodes: readonly Node[],
  schemas: Schemas,
  pattern: (source: string) => Test,
  projectorOf: ProjectorOf,
): Project {
  if (!nodes.some(describesObjects)) return keep
  const parts = nodes.map((node) => partOf(node, pattern))
  const names = new Set(parts.flatMap((part) => [...part.properties.keys(), ...part.mentions]))
  const patterned = parts.some(({ patterns }) => patterns.length > 0)
  const known = new Map<string, Project | null>()
  let others: Project | null | undefined

  const find = (name: string): Project | null => {
    const declared = declarationsOf(parts, name)
    // A member that one of several declarations marks as `writeOnly` is withheld.
    if (declared === null || declared.some((schema) => schemas.marks(schema, 'writeOnly'))) return null
    return projectorOf(declared)
  }
  const lookUp = (name: string): Project | null => {
    if (names.has(name)) {
      const found = find(name)
      known.set(name, found)
      return found
    }
    if (patterned) return find(name)
    if (others === undefined) others = find(name)
    return others
  }

  return (value) => {
    const source = value as JsonObject
    const kept: Record<string, JsonValue> = {}
    for (const name in source) {
      const of = source[name]
      const remembered = known.get(name)
      const project = remembered === undefined ? lookUp(name) : remembered
      if (project === null || of === undefined || name === '__proto__') continue
      const projected = project === keep ? of : project(of)
      if (projected !== undefined) kept[name] = projected
    }
    return kept
  }
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
