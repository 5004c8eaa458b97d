import type { JsonObject, JsonValue } from '../../../read/types.ts'
import { applicators } from './keywords.ts'
import type { Translated } from './types.ts'
import { type Draft, isList, isObject, put } from './values.ts'

function isTranslated(value: JsonValue): value is Translated {
  return typeof value === 'boolean' || isObject(value)
}

/** The schemas directly within a schema, without following references. */
export function* subschemas(schema: JsonObject): Generator<Translated> {
  for (const keyword in schema) {
    const kind = applicators.get(keyword)
    if (kind === undefined) continue
    const value = schema[keyword] ?? null
    if (kind === 'schema') {
      if (isTranslated(value)) yield value
    } else if (kind === 'schemas') {
      if (isList(value)) yield* value.filter(isTranslated)
    } else if (isObject(value)) {
      yield* Object.values(value).filter(isTranslated)
    }
  }
}

/** A copy whose schemas are replaced, with only the keywords for which `keep` is true. */
export function mapSubschemas(
  schema: JsonObject,
  map: (schema: Translated) => Translated,
  keep: (keyword: string) => boolean = () => true,
): Draft {
  const copy: Draft = {}
  for (const keyword in schema) {
    if (!keep(keyword)) continue
    const value = schema[keyword] ?? null
    const kind = applicators.get(keyword)
    if (kind === undefined) copy[keyword] = value
    else if (kind === 'schema') copy[keyword] = isTranslated(value) ? map(value) : value
    else if (kind === 'schemas') copy[keyword] = isList(value) ? value.filter(isTranslated).map(map) : value
    else if (isObject(value)) copy[keyword] = mapValues(value, (item) => (isTranslated(item) ? map(item) : item))
  }
  return copy
}

export function mapValues(object: JsonObject, map: (value: JsonValue, name: string) => JsonValue): JsonObject {
  const copy: Draft = {}
  for (const [name, value] of Object.entries(object)) put(copy, name, map(value, name))
  return copy
}
