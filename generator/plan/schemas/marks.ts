import type { JsonValue } from '../../read/types.ts'
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
 * with a marked part. A place is withheld, too, where any alternative of its value or every item of it is (MANIFEST "Shapes"):
 * nobody knows beforehand which alternative a value will turn out to be.
 */
export function createMarks(schemas: ReadonlyMap<string, Translated>): Marks {
  const isMarked = (start: JsonValue, mark: Mark): boolean => {
    // Each schema once: where the same ones are composed over and over, there are more ways to them than can be walked.
    const reached = new Set<JsonValue | undefined>([start])
    for (const schema of reached) {
      if (!isObject(schema)) continue
      if (schema[mark] === true) return true
      const { $ref, items } = schema
      if (isText($ref)) reached.add(schemas.get(referredName($ref)))
      if (mark === 'writeOnly') reached.add(items)
      for (const keyword of composing[mark]) {
        const parts = schema[keyword]
        if (isList(parts)) for (const part of parts) reached.add(part)
      }
    }
    return false
  }
  const visit = (schema: Translated): void => {
    if (!isObject(schema)) return
    for (const below of subschemas(schema)) visit(below)
    for (const mark of ['readOnly', 'writeOnly'] as const) {
      if (schema[mark] !== true && isMarked(schema, mark)) (schema as Draft)[mark] = true
    }
  }
  const anyNamed = [...schemas.values()].some(mentionsMarks)
  if (anyNamed) for (const schema of schemas.values()) visit(schema)
  return {
    isWithheld: (schema) => isMarked(schema, 'writeOnly'),
    spread({ answers, body }) {
      for (const { schema } of [...answers.flatMap(({ content }) => content), ...(body?.content ?? [])]) {
        if (schema !== null && (anyNamed || mentionsMarks(schema))) visit(schema)
      }
    },
  }
}

const composing: Readonly<Record<Mark, readonly string[]>> = {
  readOnly: ['allOf'],
  writeOnly: ['allOf', 'anyOf', 'oneOf'],
}

/** Whether a schema says `readOnly` or `writeOnly` of anything within it. */
export function mentionsMarks(schema: Translated): boolean {
  if (!isObject(schema)) return false
  if (schema['readOnly'] === true || schema['writeOnly'] === true) return true
  for (const below of subschemas(schema)) if (mentionsMarks(below)) return true
  return false
}
