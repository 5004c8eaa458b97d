import type { JsonValue } from '../../../read/types.ts'
import { referredName } from './references.ts'
import type { Translated } from './types.ts'
import { isList, isObject, isText } from './values.ts'

/** Schemas that one value is tried on for the sake of one schema, and how far they lead from one to the next. */
const most = { tries: 10_000, levels: 200 } as const

/** What trying a value on a schema takes. */
interface Effort {
  readonly tries: number
  readonly levels: number
  /** The outermost level that it comes back to, where a gateway stops. */
  readonly back: number
}

const none = Number.POSITIVE_INFINITY
const single: Effort = { tries: 1, levels: 1, back: none }
const tooMuch: Effort = { tries: none, levels: none, back: none }

/**
 * The name of a schema that no value can be checked against in sensible time: composed of others that are composed of others, so that
 * their number doubles with each level, or the levels exhaust the stack (rule O6). `null`: there is none.
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
    // Within a circle it depends on where the circle was entered.
    if (back === none) known.set(schema, { tries, levels, back })
    return { tries, levels, back: back < level ? back : none }
  }
  for (const [name, schema] of schemas) {
    const { tries, levels } = effortOf(schema, 1)
    if (tries > most.tries || levels > most.levels) return name
  }
  return null
}

/** The schemas that are tried on the same value. */
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
