import type { JsonValue } from '../../../read/types.ts'
import { isNote } from './keywords.ts'
import { type Draft, isList, isText } from './values.ts'

// What OpenAPI 3.0 says in words of its own.

/** Keywords under which `null` would still have to pass, whatever the type says. */
const composing = ['$ref', 'allOf', 'anyOf', 'oneOf', 'not']

const nothing = { type: 'null' }

/**
 * `nullable: true` in JSON Schema. Strictly it adds `null` only to a `type` beside it and not to an `enum`; authors mean
 * by it that `null` may come, so it is added to an `enum` too, and a composition becomes one of two alternatives.
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

/** The alternatives that a schema amounts to: those of a lone `anyOf`, the part of a lone `allOf`, or the schema itself. */
function alternatives(schema: Draft): readonly JsonValue[] {
  const [only, ...others] = Object.keys(schema)
  if (others.length > 0) return [schema]
  const parts = only === undefined ? undefined : schema[only]
  if (only === 'anyOf' && isList(parts)) return parts
  if (only === 'allOf' && isList(parts) && parts.length === 1) return parts
  return [schema]
}

/** `exclusiveMinimum: true` makes a bound of the `minimum` beside it. */
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
