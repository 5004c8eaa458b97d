import { type JsonValue, work } from '../../json/index.ts'
import type { Schema } from '../../vocabulary.ts'
import type { Check } from '../fault.ts'
import { ANY, ARRAY, kindOf, NULL, OBJECT } from '../kinds.ts'
import { isNeutral, valuesAt } from '../node.ts'
import { describesArrays, describesObjects } from '../outline.ts'
import type { Test } from '../patterns.ts'
import type { Schemas } from '../schemas.ts'
import { type Choice, choicesOf } from './choice.ts'
import { itemsOf } from './items.ts'
import { listedOnly } from './listed.ts'
import { membersOf } from './members.ts'
import { keep, type Project, type ProjectorOf } from './project.ts'
import { withheldKinds } from './undescribed.ts'
import { extend, type View } from './view.ts'

/**
 * Combinations of branches cached for one place. Further ones are computed each time, so that answers made to differ cannot fill
 * the memory.
 */
const maxRemembered = 256

/** Steps of choosing the branches of a value, for each choice, and of combining schemas, for each of them (rule P15). */
const stepsOf = { choice: 10, schema: 100 } as const

/**
 * Makes projections (rule O2). Where several schemas apply to a value, its members are those that any of them declares. A schema
 * that declares nothing is neutral beside others, and free-form when alone. `withheld`: the annotation of members that are removed
 * although they are declared.
 */
export function createProjectors(
  schemas: Schemas,
  compile: (schema: Schema) => Check,
  pattern: (source: string) => Test,
  withheld: 'writeOnly' | null,
): ProjectorOf {
  const identities = new Map<Schema, number>()
  const known = new Map<string, Project>()

  const keyOf = (all: readonly Schema[]): string => {
    const ids = all.map((schema) => {
      const id = identities.get(schema) ?? identities.size
      identities.set(schema, id)
      return id
    })
    return ids.sort((a, b) => a - b).join()
  }

  /** The projection of a view without open choices. */
  const settled = (view: View): Project => {
    const members = view.kinds & OBJECT ? membersOf(view.nodes, { schemas, pattern, withheld }, projectorOf) : keep
    const items = view.kinds & ARRAY ? itemsOf(view.nodes, projectorOf) : keep
    // Null contains no data that could leak, and services send it for missing values of any type.
    const admitted = view.kinds & ~withheldKinds(view.nodes, schemas, withheld)
    const kinds = admitted === 0 ? 0 : admitted | NULL
    const holds = withheld !== null && (kinds & (ARRAY | OBJECT)) !== 0
    const isListed = holds && view.nodes.some((node) => valuesAt(node) !== null)
    if (kinds === ANY && members === keep && items === keep && !isListed) return keep
    const project: Project = (value) => {
      const kind = kindOf(value)
      if ((kinds & kind) === 0) return undefined
      return kind === OBJECT ? members(value) : kind === ARRAY ? items(value) : value
    }
    return isListed ? listedOnly(view.nodes, project) : project
  }

  const viewProjector = (view: View): Project => {
    if (view.kinds === 0 || view.open.length === 0) return settled(view)
    const choices = view.open.flatMap((node) => choicesOf(node, schemas, compile))
    const next = new Map<string, Project>()
    return (value) => {
      if (value !== null && (view.kinds & kindOf(value)) === 0) return undefined
      work.spend(choices.length * stepsOf.choice)
      const chosen = choose(choices, value)
      if (chosen === null) return undefined
      const key = keyOf(chosen)
      const found = next.get(key)
      if (found !== undefined) return found(value)
      if (next.size === maxRemembered) work.spend((view.nodes.length + chosen.length) * stepsOf.schema)
      const project = viewProjector(extend(schemas, view.nodes, view.kinds, chosen))
      if (next.size < maxRemembered) next.set(key, project)
      return project(value)
    }
  }

  const projectorOf: ProjectorOf = (all) => {
    const relevant = all.filter((schema) => !isNeutral(schema))
    if (relevant.length === 0) return keep
    const key = keyOf(relevant)
    const found = known.get(key)
    if (found !== undefined) return found
    const view = extend(schemas, [], ANY, relevant)
    const project = isPlain(view) ? settled(view) : lazily(() => viewProjector(view))
    known.set(key, project)
    return project
  }

  return projectorOf
}

/** Whether a view has neither members, items nor branches. */
function isPlain({ nodes, open }: View): boolean {
  return open.length === 0 && !nodes.some((node) => describesObjects(node) || describesArrays(node))
}

/** Makes the projection on first use, because a schema may refer to itself. */
function lazily(make: () => Project): Project {
  let made: Project | null = null
  return (value) => {
    made ??= make()
    return made(value)
  }
}

function choose(choices: readonly Choice[], value: JsonValue): readonly Schema[] | null {
  const chosen = new Set<Schema>()
  for (const choice of choices) {
    const more = choice(value)
    if (more === null) return null
    for (const schema of more) chosen.add(schema)
  }
  return [...chosen]
}
