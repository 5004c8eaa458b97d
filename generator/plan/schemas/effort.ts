import type { JsonValue } from '../../read/types.ts'
import { referredName } from './references.ts'
import type { Translated } from './types.ts'
import { isList, isObject, isText } from './values.ts'

/** Schemas that one value is tried on for the sake of one schema, and how far they lead from one to the next. */
const most = { tries: 100_000, levels: 200 } as const

/** What trying a value on a schema takes. */
interface Effort {
  readonly tries: number
  readonly levels: number
}

const one: Effort = { tries: 1, levels: 1 }
const tooMuch: Effort = { tries: Number.POSITIVE_INFINITY, levels: Number.POSITIVE_INFINITY }

/**
 * The name of a schema that no value can be checked against in sensible time: composed of others that are composed of others, so that
 * their number doubles with each level, or the levels exhaust the stack (SECURITY.md O6). `null`: there is none.
 */
export function excessiveAmong(schemas: ReadonlyMap<string, Translated>): string | null {
  const known = new Map<JsonValue, Effort>()
  const effortOf = (schema: JsonValue | undefined, level: number): Effort => {
    if (!isObject(schema)) return one
    const before = known.get(schema)
    if (before !== undefined) return before
    if (level > most.levels) return tooMuch
    // A gateway stops where a schema comes back to itself and the same value.
    known.set(schema, one)
    let { tries, levels } = one
    for (const part of composing(schema, schemas)) {
      const effort = effortOf(part, level + 1)
      tries += effort.tries
      levels = Math.max(levels, effort.levels + 1)
    }
    const effort = { tries, levels }
    known.set(schema, effort)
    return effort
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
  for (const keyword of ['not', 'if', 'then', 'else']) yield schema[keyword]
  if (isObject(dependentSchemas)) yield* Object.values(dependentSchemas)
}
