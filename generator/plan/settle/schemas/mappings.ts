import { escapeSegment } from '../../../../templates/runtime/words/pointers.ts'
import type { JsonObject, JsonValue } from '../../../read/types.ts'
import { componentSchemas } from './heirs.ts'
import type { Locations } from './locations.ts'
import type { References } from './references.ts'
import { isList, isObject, isText, member } from './values.ts'

/** The values that the mappings of a document give to a schema, for a member of this name. */
export type Mappings = (property: string, schema: JsonValue) => readonly string[]

/** The index is made on first use. */
export function createMappings(locations: Locations, references: References): Mappings {
  let known: ReadonlyMap<string, ReadonlyMap<JsonValue, readonly string[]>> | null = null

  const index = (): ReadonlyMap<string, ReadonlyMap<JsonValue, readonly string[]>> => {
    const found = new Map<string, Map<JsonValue, string[]>>()
    for (const discriminator of discriminatorsIn(componentSchemas(locations))) {
      const property = member(discriminator, 'propertyName')
      if (!isText(property)) continue
      const values = found.get(property) ?? new Map<JsonValue, string[]>()
      found.set(property, values)
      for (const [value, what] of Object.entries(mappingOf(discriminator))) {
        const target = isText(what) ? references.find(asReference(what, locations), locations.document) : null
        if (target !== null) values.set(target.node, [...new Set([...(values.get(target.node) ?? []), value])])
      }
    }
    return found
  }

  return (property, schema) => {
    known ??= index()
    return known.get(property)?.get(schema) ?? []
  }
}

/** The objects of schemas that are named `discriminator`. */
function discriminatorsIn(schemas: JsonObject): readonly JsonObject[] {
  const found: JsonObject[] = []
  const visit = (value: JsonValue): void => {
    if (isList(value)) value.forEach(visit)
    if (!isObject(value)) return
    for (const [name, inner] of Object.entries(value)) {
      if (name === 'discriminator' && isObject(inner) && isText(inner['propertyName'])) found.push(inner)
      else if (!data.has(name)) visit(inner)
    }
  }
  visit(schemas)
  return found
}

/** Keywords whose values may look like schemas. */
const data: ReadonlySet<string> = new Set(['example', 'examples', 'default', 'enum', 'const'])

export function mappingOf(discriminator: JsonObject): JsonObject {
  const written = member(discriminator, 'mapping')
  return isObject(written) ? written : {}
}

/**
 * The value of a mapping as a reference. A component's name takes precedence over a relative reference, as in OpenAPI.
 */
export function asReference(value: string, locations: Locations): string {
  return Object.hasOwn(componentSchemas(locations), value) ? toComponent(value) : value
}

export function toComponent(name: string): string {
  return `#/components/schemas/${encodeURIComponent(escapeSegment(name))}`
}
