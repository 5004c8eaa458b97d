import type { JsonObject, JsonValue } from '../read/types.ts'
import { type Draft, isObject, put } from '../support/index.ts'

/**
 * A copy of an OpenAPI document that openapi-typescript prints without errors, because it changes the document, and
 * throws at, or misreads, some of what JSON Schema allows:
 *
 * - It reads a `discriminator` or `allOf` in an example as if it were a schema, so the copy has no examples.
 * - It decodes names as parts of a URI, repeatedly, so the copy has no percent signs, see `percent`.
 * - It looks for a `$ref` in every alternative, so booleans become schemas.
 * - It takes the values of an `enum` beside `type: object` for schemas, and ignores `const: null`.
 * - It prints numbers without a literal, such as 1e400, as `Infinity`.
 */
export function printable(document: JsonObject): JsonObject {
  const copied = (node: JsonValue, keysAreNames = false): JsonValue => {
    if (typeof node === 'string') return withoutPercent(node)
    // TypeScript has no type for integers; its numbers are doubles.
    if (typeof node === 'bigint') return Number(node)
    if (Array.isArray(node)) return node.map((item: JsonValue) => copied(item))
    if (typeof node !== 'object' || node === null) return node
    const copy: Draft = {}
    for (const [key, value] of Object.entries(node)) {
      if (!keysAreNames && (key === 'example' || key === 'examples')) continue
      put(
        copy,
        withoutPercent(key),
        !keysAreNames && values.has(key) ? value : copied(value, !keysAreNames && named.has(key)),
      )
    }
    if (keysAreNames) return copy
    literals(copy)
    alternatives(copy)
    return copy
  }
  return copied(document) as JsonObject
}

/**
 * Replaces `%` while openapi-typescript prints: it throws at a name that is not valid in a URI, such as `growth_%`. The
 * hyphens make it quote the name.
 */
const percent = '-percent-sign-'

function withoutPercent(text: string): string {
  return text.includes('%') ? text.replaceAll('%', percent) : text
}

/** The printed text with the percent signs of the document. */
export function withPercent(text: string): string {
  return text.replaceAll(percent, '%')
}

/** Objects whose keys are names from the document, not keywords. */
const named = new Set([
  '$defs',
  'callbacks',
  'content',
  'definitions',
  'dependentSchemas',
  'encoding',
  'headers',
  'links',
  'parameters',
  'pathItems',
  'paths',
  'patternProperties',
  'properties',
  'requestBodies',
  'responses',
  'schemas',
  'securitySchemes',
])

/** Keywords whose values are data, whatever keys they have. */
const values = new Set(['const', 'default', 'enum'])

/** Values as literals that TypeScript has. */
function literals(schema: Draft): void {
  const { const: only, default: usual, enum: listed } = schema
  if (usual !== undefined) schema['default'] = literal(usual)
  if (only === null) schema['enum'] = [null]
  if (only !== undefined) {
    if (isLiteral(only)) schema['const'] = literal(only)
    else delete schema['const']
  }
  if (!Array.isArray(listed)) return
  if (!listed.every(isLiteral)) {
    delete schema['enum']
    return
  }
  const isOfObjects = schema['type'] === 'object'
  schema['enum'] = listed.filter((value) => !isOfObjects || isObject(value)).map(literal)
  if (!isOfObjects) return
  for (const keyword of ['type', 'properties', 'additionalProperties']) delete schema[keyword]
}

/** Whether every number within the value has a literal. */
function isLiteral(value: JsonValue): boolean {
  if (typeof value === 'number' || typeof value === 'bigint') return Number.isFinite(Number(value))
  return typeof value !== 'object' || value === null || Object.values(value).every(isLiteral)
}

function literal(value: JsonValue): JsonValue {
  if (typeof value === 'bigint') return Number(value)
  if (typeof value === 'string') return withoutPercent(value)
  if (Array.isArray(value)) return value.map(literal)
  if (!isObject(value)) return value
  const copy: Draft = {}
  for (const [name, of] of Object.entries(value)) put(copy, withoutPercent(name), literal(of))
  return copy
}

/** Booleans among alternatives and parts, as schemas. `false` adds no alternative to others. */
function alternatives(schema: Draft): void {
  for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
    const parts = schema[keyword]
    if (!Array.isArray(parts) || !parts.some((part) => typeof part === 'boolean')) continue
    const possible = keyword === 'allOf' ? parts : parts.filter((part) => part !== false)
    const left: readonly JsonValue[] = possible.length === 0 ? [false] : possible
    schema[keyword] = left.map((part) => (part === true ? {} : part === false ? never : part))
  }
}

/** The schema that openapi-typescript prints as `never`. */
const never = { enum: [] }
