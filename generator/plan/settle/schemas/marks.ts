import type { JsonObject, JsonValue } from '../../../read/types.ts'
import { referredName } from './references.ts'
import { subschemas } from './subschemas.ts'
import type { Translated, TranslatedOperation } from './types.ts'
import { type Draft, isList, isObject, isText } from './values.ts'

export interface Marks {
  /** Whether a schema as a whole is `writeOnly`: itself, or one that it refers to or is composed of. */
  isWithheld(schema: Translated): boolean
  /** Marks the schemas of an operation in place. Named schemas have already been marked. */
  spread(operation: TranslatedOperation): void
}

type Mark = 'readOnly' | 'writeOnly'

/**
 * Copies `readOnly` and `writeOnly` to each place that uses a marked schema: each `$ref` to it, and each schema that
 * has it as a part. A place is `writeOnly` if any alternative of its value, or its items, are: it is not known in
 * advance which alternative a value matches. It is `readOnly` only if every alternative is, because clients may send
 * the others.
 */
export function createMarks(schemas: ReadonlyMap<string, Translated>): Marks {
  const isWithheld = (start: JsonValue): boolean => {
    // Each schema is visited once: the number of paths to a schema can be exponential.
    const reached = new Set<JsonValue | undefined>([start])
    for (const schema of reached) {
      if (!isObject(schema)) continue
      if (schema['writeOnly'] === true) return true
      const { $ref, items, unevaluatedItems } = schema
      if (isText($ref)) reached.add(schemas.get(referredName($ref)))
      for (const below of [items, unevaluatedItems]) reached.add(below)
      for (const keyword of ['prefixItems', 'allOf', 'anyOf', 'oneOf']) {
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
    // A circular reference adds no mark.
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

/** Deeper compositions are refused (GW3262). */
const deepest = 200

function partsOf(schema: JsonObject, keyword: string): readonly JsonValue[] {
  const parts = schema[keyword]
  return isList(parts) ? parts : []
}

/** The alternative that `nullable` adds, which has no marks. */
function isNull(schema: JsonValue): boolean {
  return isObject(schema) && schema['type'] === 'null'
}

/** Whether a schema, or one within it, has `readOnly` or `writeOnly`. */
export function mentionsMarks(schema: Translated): boolean {
  if (!isObject(schema)) return false
  if (schema['readOnly'] === true || schema['writeOnly'] === true) return true
  for (const below of subschemas(schema)) if (mentionsMarks(below)) return true
  return false
}
