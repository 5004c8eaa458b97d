import type { JsonObject, JsonValue } from '../../../read/types.ts'
import { referredName } from './references.ts'
import { subschemas } from './subschemas.ts'
import type { Translated, TranslatedOperation } from './types.ts'
import { type Draft, isList, isObject, isText } from './values.ts'

export interface Marks {
  /** Whether a schema as a whole is for sending only: itself, or what it refers to or is composed of. */
  isWithheld(schema: Translated): boolean
  /** Marks the schemas of an operation, as those that have names are already. Works in place. */
  spread(operation: TranslatedOperation): void
}

type Mark = 'readOnly' | 'writeOnly'

/**
 * Writes `readOnly` and `writeOnly` where a value is, not only where its schema is: at each `$ref` to a marked schema, and each schema
 * with a marked part. A place is withheld, too, where any alternative of its value or every item of it is:
 * nobody knows beforehand which alternative a value will turn out to be. It is for reading only where every alternative is, as
 * clients may send the others.
 */
export function createMarks(schemas: ReadonlyMap<string, Translated>): Marks {
  const isWithheld = (start: JsonValue): boolean => {
    // Each schema once: where the same ones are composed over and over, there are more ways to them than can be walked.
    const reached = new Set<JsonValue | undefined>([start])
    for (const schema of reached) {
      if (!isObject(schema)) continue
      if (schema['writeOnly'] === true) return true
      const { $ref, items } = schema
      if (isText($ref)) reached.add(schemas.get(referredName($ref)))
      reached.add(items)
      for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
        for (const part of partsOf(schema, keyword)) reached.add(part)
      }
    }
    return false
  }
  const readOnly = new Map<JsonValue, boolean>()
  const isReadOnly = (schema: JsonValue | undefined, level = 0): boolean => {
    if (!isObject(schema) || level > deepest) return false
    const known = readOnly.get(schema)
    if (known !== undefined) return known
    // A schema that comes back to itself tells nothing more by that.
    readOnly.set(schema, schema['readOnly'] === true)
    const every = (keyword: string): boolean => {
      const alternatives = partsOf(schema, keyword).filter((part) => !isNull(part))
      return alternatives.length > 0 && alternatives.every((part) => isReadOnly(part, level + 1))
    }
    const found =
      schema['readOnly'] === true ||
      (isText(schema['$ref']) && isReadOnly(schemas.get(referredName(schema['$ref'])), level + 1)) ||
      partsOf(schema, 'allOf').some((part) => isReadOnly(part, level + 1)) ||
      every('anyOf') ||
      every('oneOf')
    readOnly.set(schema, found)
    return found
  }
  const marked: Readonly<Record<Mark, (schema: JsonValue) => boolean>> = { readOnly: isReadOnly, writeOnly: isWithheld }
  const visit = (schema: Translated): void => {
    if (!isObject(schema)) return
    for (const below of subschemas(schema)) visit(below)
    for (const mark of ['readOnly', 'writeOnly'] as const) {
      if (schema[mark] !== true && marked[mark](schema)) (schema as Draft)[mark] = true
    }
  }
  const anyNamed = [...schemas.values()].some(mentionsMarks)
  if (anyNamed) for (const schema of schemas.values()) visit(schema)
  return {
    isWithheld,
    spread({ answers, body }) {
      for (const { schema } of [...answers.flatMap(({ content }) => content), ...(body?.content ?? [])]) {
        if (schema !== null && (anyNamed || mentionsMarks(schema))) visit(schema)
      }
    },
  }
}

/** Schemas that lead further from one to the next are refused (GW3262). */
const deepest = 200

function partsOf(schema: JsonObject, keyword: string): readonly JsonValue[] {
  const parts = schema[keyword]
  return isList(parts) ? parts : []
}

/** The alternative that `nullable` makes, which says nothing of the value. */
function isNull(schema: JsonValue): boolean {
  return isObject(schema) && schema['type'] === 'null'
}

/** Whether a schema says `readOnly` or `writeOnly` of anything within it. */
export function mentionsMarks(schema: Translated): boolean {
  if (!isObject(schema)) return false
  if (schema['readOnly'] === true || schema['writeOnly'] === true) return true
  for (const below of subschemas(schema)) if (mentionsMarks(below)) return true
  return false
}
