import { isObject } from '../support/index.ts'
import { type Change, changesIn } from './contract.ts'
import { canonical, type JsonObject, listOf, membersOf } from './document.ts'
import { type Form, formOf } from './forms.ts'

export interface SchemaChange {
  readonly name: string
  readonly how: Change['how']
  /** What changed in it: `property total`, `required id`, `enum`. */
  readonly parts: readonly Change[]
}

/** Compares named schemas by what they say themselves. Descriptions and examples do not count. */
export function diffSchemas(before: JsonObject, after: JsonObject): readonly SchemaChange[] {
  return changesIn(before, after, differ).map(({ what, how }) => ({
    name: what,
    how,
    parts: how === 'changed' ? partsOf(membersOf(before[what]), membersOf(after[what])) : [],
  }))
}

function differ(one: unknown, other: unknown): boolean {
  return canonical(relevant(one, 'schema')) !== canonical(relevant(other, 'schema'))
}

function partsOf(before: JsonObject, after: JsonObject): readonly Change[] {
  const named = ({ what, how }: Change, kind: string): Change => ({ what: `${kind} ${what}`, how })
  const properties = changesIn(membersOf(before['properties']), membersOf(after['properties']), differ)
  const required = changesIn(setOf(before['required']), setOf(after['required']), () => false)
  const others = changesIn(
    otherKeywords(before),
    otherKeywords(after),
    (one, other) => canonical(one) !== canonical(other),
  )
  return [
    ...properties.map((change) => named(change, 'property')),
    ...required.map((change) => named(change, 'required')),
    ...others,
  ]
}

function setOf(names: unknown): JsonObject {
  return Object.fromEntries(listOf(names).map((name) => [String(name), true]))
}

function otherKeywords(schema: JsonObject): JsonObject {
  const { properties: _, required: __, ...others } = membersOf(relevant(schema, 'schema'))
  return others
}

/** A schema without texts, and with sets in order. */
function relevant(node: unknown, form: Form): unknown {
  if (Array.isArray(node)) {
    if (form === 'set') return node.map(canonical).sort()
    return form === 'schema' ? node.map((item) => relevant(item, form)) : node
  }
  if (!isObject(node)) return node
  const entries = Object.entries(node)
  if (form === 'schemas') return Object.fromEntries(entries.map(([name, value]) => [name, relevant(value, 'schema')]))
  if (form !== 'schema') return node
  return Object.fromEntries(
    entries.flatMap(([name, value]) => {
      const as = formOf(name, 'schema')
      return as === 'text' ? [] : [[name, relevant(value, as)]]
    }),
  )
}
