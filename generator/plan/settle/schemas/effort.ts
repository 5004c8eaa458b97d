import type { JsonValue } from '../../../read/types.ts'
import { referredName } from './references.ts'
import type { Translated } from './types.ts'
import { isList, isObject, isText } from './values.ts'

/**
 * Limits for one value and one schema: schemas that the value is validated against, depth of nested applications, and
 * schemas that are looked at to judge it.
 */
const most = { tries: 10_000, levels: 200, visits: 200_000 } as const

/** The effort of validating one value against a schema. */
interface Effort {
  readonly tries: number
  readonly levels: number
  /** The outermost level to which a circular reference returns. A gateway stops there. */
  readonly back: number
}

const none = Number.POSITIVE_INFINITY
const single: Effort = { tries: 1, levels: 1, back: none }
const tooMuch: Effort = { tries: none, levels: none, back: none }

/**
 * The name of a schema whose validation would take too long, or `null`: its composition doubles the number of schemas
 * with each level, or has so many levels that the stack overflows (rule O6).
 */
export function excessiveAmong(schemas: ReadonlyMap<string, Translated>): string | null {
  const known = new Map<string, Map<JsonValue, Effort>>()
  const active = new Map<JsonValue, number>()
  let visits = 0
  const effortOf = (schema: JsonValue | undefined, level: number, tag: Tag): Effort => {
    if (!isObject(schema)) return single
    const begun = active.get(schema)
    if (begun !== undefined) return { ...single, back: begun }
    const key = tag === null ? '' : JSON.stringify([tag.property, tag.value])
    const before = known.get(key)?.get(schema)
    if (before !== undefined) return before
    visits += 1
    if (level > most.levels || visits > most.visits) return tooMuch
    active.set(schema, level)
    let { tries, levels, back } = single
    for (const part of composing(schema, schemas)) {
      const effort = effortOf(part, level + 1, tag)
      tries += effort.tries
      levels = Math.max(levels, effort.levels + 1)
      back = Math.min(back, effort.back)
      if (tries > most.tries) break
    }
    // A discriminator selects one heir, so the most expensive one counts.
    let heirs = 0
    for (const [heir, chosen] of heirsOf(schema, schemas, tag)) {
      const effort = effortOf(heir, level + 1, chosen)
      heirs = Math.max(heirs, effort.tries)
      levels = Math.max(levels, effort.levels + 1)
      back = Math.min(back, effort.back)
    }
    tries += heirs
    active.delete(schema)
    // Within a circle the result depends on where the circle was entered, so it is not cached.
    if (back === none) known.set(key, (known.get(key) ?? new Map()).set(schema, { tries, levels, back }))
    return { tries, levels, back: back < level ? back : none }
  }
  for (const [name, schema] of schemas) {
    visits = 0
    const { tries, levels } = effortOf(schema, 1, null)
    if (tries > most.tries || levels > most.levels) return name
  }
  return null
}

/** The value that a discriminator has selected an heir by. Others of the same member select by the same value. */
type Tag = { readonly property: JsonValue; readonly value: string } | null

/** The schemas that a discriminator without branches selects among, and the value for each. */
function heirsOf(
  { anyOf, oneOf, discriminator }: Readonly<Record<string, JsonValue>>,
  schemas: ReadonlyMap<string, Translated>,
  tag: Tag,
): readonly (readonly [Translated | undefined, Tag])[] {
  if (anyOf !== undefined || oneOf !== undefined || !isObject(discriminator)) return []
  const { propertyName: property = null, mapping, defaultMapping } = discriminator
  const references = isObject(mapping) ? mapping : {}
  const isChosen = tag !== null && tag.property === property
  const values = isChosen ? Object.keys(references).filter((value) => value === tag.value) : Object.keys(references)
  const heirs = values.map((value) => [references[value] ?? null, { property, value }] as const)
  const others = isChosen && values.length > 0 ? [] : [[defaultMapping ?? null, tag] as const]
  return [...heirs, ...others].flatMap(([reference, chosen]) =>
    isText(reference) ? [[schemas.get(referredName(reference)), chosen] as const] : [],
  )
}

/** The schemas that are applied to the same value. */
function* composing(
  schema: Readonly<Record<string, JsonValue>>,
  schemas: ReadonlyMap<string, Translated>,
): Generator<JsonValue | undefined> {
  const { $ref, dependentSchemas } = schema
  if (isText($ref)) yield schemas.get(referredName($ref))
  for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
    const parts = schema[keyword]
    if (isList(parts)) yield* parts
  }
  for (const keyword of ['not', 'if', 'then', 'else']) if (schema[keyword] !== undefined) yield schema[keyword]
  if (isObject(dependentSchemas)) yield* Object.values(dependentSchemas)
}
