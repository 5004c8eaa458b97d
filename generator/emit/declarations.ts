import type { OpenAPI3 } from 'openapi-typescript'
import type { JsonObject, JsonValue } from '../read/types.ts'
import { printer } from './printer.ts'
import { withoutCircles } from './recursion.ts'
import { sourceText } from './syntax.ts'

/** openapi-typescript's own entry would read, lint and bundle with a Redocly of its own; its printer alone needs this. */
type Context = Parameters<typeof printer.transformSchema>[1]

/**
 * TypeScript declarations of an OpenAPI 3.1 document whose `$ref`s are all local. Enumerations become unions of literals, never
 * `enum` declarations: openapi-typescript prints the descriptions of those as they are. A `default` makes nothing present, and
 * `type: object` alone may have any member, as JSON Schema has it. What is `readOnly` or `writeOnly` is marked so that openapi-fetch leaves
 * it out of requests or answers. Throws on a document that is not one.
 */
export function declarations(document: JsonObject): string {
  const { resolveRef, scanDiscriminators, transformSchema } = printer
  const own = prepared(document) as unknown as OpenAPI3
  const silent = { silent: true }
  const context = {
    additionalProperties: false,
    alphabetize: false,
    arrayLength: false,
    conditionalEnums: false,
    dedupeEnums: false,
    defaultNonNullable: false,
    discriminators: says(own, 'discriminator') ? scanDiscriminators(own, silent) : { objects: {}, refsHandled: [] },
    emptyObjectsUnknown: true,
    enum: false,
    enumValues: false,
    excludeDeprecated: false,
    exportType: false,
    generatePathParams: false,
    immutable: false,
    injectFooter: [],
    makePathsEnum: false,
    pathParamsAsTypes: false,
    postTransform: undefined,
    propertiesRequiredByDefault: false,
    readWriteMarkers: true,
    resolve: <T>(reference: string) => resolveRef<T>(own, reference, silent),
    rootTypes: false,
    rootTypesKeepCasing: false,
    rootTypesNoSchemaPrefix: false,
    silent: true,
    transform: undefined,
    transformProperty: undefined,
  } satisfies Omit<Context, 'redoc'>
  return sourceText(withoutCircles(transformSchema(own, context as unknown as Context))).replaceAll(percent, '%')
}

/**
 * Stands for `%` while openapi-typescript prints: it takes names for parts of a URI, decodes them over and over, and throws at the first
 * that is none, such as `growth_%`. Its hyphens keep a name in quotes.
 */
const percent = '-percent-sign-'

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

/**
 * A copy, because scanning the discriminators changes the document, without examples: they are not types, and openapi-typescript
 * would read a `discriminator` or `allOf` inside of one as if it were a schema. Without percent signs, for the reason above.
 */
function prepared(node: JsonValue, keysAreNames = false): JsonValue {
  if (typeof node === 'string') return withoutPercent(node)
  // The types of TypeScript know doubles only.
  if (typeof node === 'bigint') return Number(node)
  if (Array.isArray(node)) return node.map((item: JsonValue) => prepared(item))
  if (typeof node !== 'object' || node === null) return node
  const copy: Record<string, JsonValue> = {}
  for (const [key, value] of Object.entries(node)) {
    if (!keysAreNames && (key === 'example' || key === 'examples')) continue
    set(copy, withoutPercent(key), prepared(value, !keysAreNames && named.has(key)))
  }
  return copy
}

function withoutPercent(text: string): string {
  return text.includes('%') ? text.replaceAll('%', percent) : text
}

/** Whether an object anywhere in the document has this key. Without one, openapi-typescript would search all of it and find nothing. */
function says(node: unknown, key: string): boolean {
  if (typeof node !== 'object' || node === null) return false
  return Object.hasOwn(node, key) || Object.values(node).some((value) => says(value, key))
}

/** Assigning `__proto__` would set the prototype. */
function set(target: Record<string, JsonValue>, key: string, value: JsonValue): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true })
  else target[key] = value
}
