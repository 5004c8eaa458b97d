import type { JsonValue } from '../../../read/types.ts'
import { referredName } from './references.ts'
import type { Translated } from './types.ts'
import { isList, isObject, isText } from './values.ts'

/**
 * Limits for one value and one schema: schemas that the value is validated against, and depth of nested applications.
 */
const most = { tries: 10_000, levels: 200 } as const

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
  const known = new Map<JsonValue, Effort>()
  const active = new Map<JsonValue, number>()
  const effortOf = (schema: JsonValue | undefined, level: number): Effort => {
    if (!isObject(schema)) return single
    const begun = active.get(schema)
    if (begun !== undefined) return { ...single, back: begun }
    const before = known.get(schema)
    if (before !== undefined) return before
    if (level > most.levels) return tooMuch
    active.set(schema, level)
    let { tries, levels, back } = single
    for (const part of composing(schema, schemas)) {
      const effort = effortOf(part, level + 1)
      tries += effort.tries
      levels = Math.max(levels, effort.levels + 1)
      back = Math.min(back, effort.back)
      if (tries > most.tries) break
    }
    active.delete(schema)
    // Within a circle the result depends on where the circle was entered, so it is not cached.
    if (back === none) known.set(schema, { tries, levels, back })
    return { tries, levels, back: back < level ? back : none }
  }
  for (const [name, schema] of schemas) {
    const { tries, levels } = effortOf(schema, 1)
    if (tries > most.tries || levels > most.levels) return name
  }
  return null
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
