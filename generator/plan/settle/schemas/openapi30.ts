import type { JsonValue } from '../../../read/types.ts'
import { isNote } from './keywords.ts'
import { type Draft, isList, isText } from './values.ts'

// Keywords that have another meaning in OpenAPI 3.0.

/** Keywords that would still refuse `null` if only the type allowed it. */
const composing = ['$ref', 'allOf', 'anyOf', 'oneOf', 'not']

const nothing = { type: 'null' }

/**
 * `nullable: true` in JSON Schema. By the standard it adds `null` only to a `type` beside it, and not to an `enum`.
 * Authors mean that `null` is allowed, so `null` is also added to an `enum`, and a composition becomes one of two
 * alternatives.
 */
export function withNull(schema: Draft): Draft {
  if (!composing.some((keyword) => Object.hasOwn(schema, keyword))) return plainWithNull(schema)
  const outer: Draft = {}
  const inner: Draft = {}
  for (const [keyword, value] of Object.entries(schema)) (isNote(keyword) ? outer : inner)[keyword] = value
  outer['anyOf'] = [...alternatives(inner), nothing]
  return outer
}

function plainWithNull(schema: Draft): Draft {
  const { type, enum: values } = schema
  if (isText(type) && type !== 'null') schema['type'] = [type, 'null']
  else if (isList(type) && !type.includes('null')) schema['type'] = [...type, 'null']
  if (isList(values) && !values.includes(null)) schema['enum'] = [...values, null]
  return schema
}

/**
 * The alternatives of a schema: those of a sole `anyOf`, the part of a sole `allOf` with one part, or the schema
 * itself.
 */
function alternatives(schema: Draft): readonly JsonValue[] {
  const [only, ...others] = Object.keys(schema)
  if (others.length > 0) return [schema]
  const parts = only === undefined ? undefined : schema[only]
  if (only === 'anyOf' && isList(parts)) return parts
  if (only === 'allOf' && isList(parts) && parts.length === 1) return parts
  return [schema]
}

/** `exclusiveMinimum: true` turns the `minimum` beside it into `exclusiveMinimum`; the same for the maximum. */
export function exclusiveBounds(out: Draft): void {
  exclusiveBound(out, 'minimum', 'exclusiveMinimum')
  exclusiveBound(out, 'maximum', 'exclusiveMaximum')
}

function exclusiveBound(out: Draft, bound: string, exclusive: string): void {
  const flag = out[exclusive]
  const value = out[bound]
  if (typeof flag !== 'boolean') return
  delete out[exclusive]
  if (!flag || value === undefined) return
  delete out[bound]
  out[exclusive] = value
}
