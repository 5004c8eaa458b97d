import type { OpenAPI3 } from 'openapi-typescript'
import type { JsonObject, JsonValue } from '../read/types.ts'
import { printer } from './printer.ts'
import { withoutCircles } from './recursion.ts'
import { sourceText } from './syntax.ts'

/**
 * The context of openapi-typescript's printer. The package's own entry point would also read, lint and bundle with its
 * copy of Redocly.
 */
type Context = Parameters<typeof printer.transformSchema>[1]

/**
 * TypeScript declarations of an OpenAPI 3.1 document whose `$ref`s are all local. Enumerations become unions of
 * literals, never `enum` declarations, because openapi-typescript does not escape their descriptions. A `default` does
 * not make a property required, and `type: object` alone allows any members, as in JSON Schema. Members that are
 * `readOnly` or `writeOnly` are marked, so that openapi-fetch omits them from requests or answers. Throws if the
 * document is invalid.
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
 * Replaces `%` while openapi-typescript prints: it decodes names as parts of a URI, repeatedly, and throws at one that
 * is not valid, such as `growth_%`. The hyphens make it quote the name.
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
 * A copy, because scanning the discriminators changes the document. Without examples, because openapi-typescript would
 * read a `discriminator` or `allOf` in an example as if it were a schema. Without percent signs, see `percent`.
 */
function prepared(node: JsonValue, keysAreNames = false): JsonValue {
  if (typeof node === 'string') return withoutPercent(node)
  // TypeScript has no type for integers; its numbers are doubles.
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

/**
 * Whether an object anywhere in the document has this key. If none has, openapi-typescript need not search the
 * document.
 */
function says(node: unknown, key: string): boolean {
  if (typeof node !== 'object' || node === null) return false
  return Object.hasOwn(node, key) || Object.values(node).some((value) => says(value, key))
}

/** A plain assignment to `__proto__` would set the prototype. */
function set(target: Record<string, JsonValue>, key: string, value: JsonValue): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true })
  else target[key] = value
}
