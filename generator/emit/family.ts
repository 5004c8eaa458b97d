import type { JsonObject, JsonValue } from '../read/types.ts'
import { isList, isObject } from '../support/index.ts'

// How the named schemas of a contract extend each other. References are those of a contract: local, to whole components.

export type Schemas = ReadonlyMap<string, JsonObject>

/** The member `components.schemas` of a contract. */
export function writtenIn({ components }: JsonObject): JsonObject {
  return isObject(components) && isObject(components['schemas']) ? components['schemas'] : {}
}

export function schemasIn(document: JsonObject): Schemas {
  return new Map(
    Object.entries(writtenIn(document)).filter((entry): entry is [string, JsonObject] => isObject(entry[1])),
  )
}

const prefix = '#/components/schemas/'

/** The component that a schema refers to; `null`: none. */
export function referredBy(schema: JsonValue | undefined): string | null {
  const reference = isObject(schema) ? schema['$ref'] : undefined
  return nameIn(reference)
}

/** The component that a reference names. */
function nameIn(reference: JsonValue | undefined): string | null {
  return typeof reference === 'string' && reference.startsWith(prefix) ? reference.slice(prefix.length) : null
}

export function referenceTo(name: string): string {
  return `${prefix}${name}`
}

export function listAt(schema: JsonObject, keyword: string): readonly JsonValue[] {
  const value = schema[keyword]
  return isList(value) ? value : []
}

export interface Discriminator {
  readonly property: string
  /** The values of each component that the mapping names. */
  readonly values: ReadonlyMap<string, readonly string[]>
  /** The component for all other values; `null`: none. */
  readonly otherwise: string | null
}

/** The discriminator of a schema; `null` if there is none, or it selects nothing. */
export function discriminatorOf(schema: JsonObject): Discriminator | null {
  const { discriminator } = schema
  if (!isObject(discriminator)) return null
  const { propertyName, mapping } = discriminator
  const otherwise = nameIn(discriminator['x-default-mapping'])
  if (typeof propertyName !== 'string' || (!isObject(mapping) && otherwise === null)) return null
  const values = new Map<string, string[]>()
  for (const [value, to] of Object.entries(isObject(mapping) ? mapping : {})) {
    const name = nameIn(to)
    if (name !== null) values.set(name, [...(values.get(name) ?? []), value])
  }
  return { property: propertyName, values, otherwise }
}

/**
 * The schema that has the conditions: a nullable composition is an `anyOf` or `oneOf` of it and `type: 'null'`. Otherwise
 * the schema itself.
 */
export function coreOf(schema: JsonObject): JsonObject {
  const alternatives = listAt(schema, Object.hasOwn(schema, 'anyOf') ? 'anyOf' : 'oneOf')
  const others = alternatives.filter((one) => !isNull(one))
  const [only] = others
  return others.length === 1 && alternatives.length === 2 && isObject(only) && only['$ref'] === undefined
    ? only
    : schema
}

export function isNull(schema: JsonValue): boolean {
  return isObject(schema) && schema['type'] === 'null'
}

/** The schema and the inline parts of its `allOf`, at any depth: all that apply without a reference. */
export function inlineParts(schema: JsonObject): readonly JsonObject[] {
  const parts = listAt(schema, 'allOf').filter(
    (part): part is JsonObject => isObject(part) && referredBy(part) === null,
  )
  return [schema, ...parts.flatMap(inlineParts)]
}

/** The components that a component extends by `allOf`, at any distance. */
export function createExtended(schemas: Schemas): (name: string) => ReadonlySet<string> {
  const known = new Map<string, ReadonlySet<string>>()
  const direct = (name: string): readonly string[] => {
    const schema = schemas.get(name)
    if (schema === undefined) return []
    return inlineParts(coreOf(schema)).flatMap((part) =>
      listAt(part, 'allOf').flatMap((one) => {
        const referred = referredBy(one)
        return referred === null ? [] : [behind(referred, schemas)]
      }),
    )
  }
  return (name) => {
    const before = known.get(name)
    if (before !== undefined) return before
    // Iteration over a set includes the members that are added meanwhile.
    const found = new Set(direct(name))
    for (const next of found) for (const more of direct(next)) found.add(more)
    known.set(name, found)
    return found
  }
}

/** The component itself, or the one that it is only a reference to. */
export function behind(name: string, schemas: Schemas): string {
  const seen = new Set<string>()
  let found = name
  while (!seen.has(found)) {
    seen.add(found)
    const next = referredBy(schemas.get(found))
    if (next === null) break
    found = next
  }
  return found
}

/** The declarations of a member by a component, by what it extends, and by the parts of both. */
export function declarationsOf(
  name: string,
  property: string,
  schemas: Schemas,
  extended: ReadonlySet<string>,
): Member {
  const parts = [name, ...extended].flatMap((one) => {
    const schema = schemas.get(one)
    return schema === undefined ? [] : inlineParts(coreOf(schema))
  })
  const declared = parts.flatMap(({ properties }) => {
    if (!isObject(properties) || !Object.hasOwn(properties, property)) return []
    const of = properties[property] ?? null
    return isObject(of) ? [of] : []
  })
  return { declared, isRequired: parts.some((part) => listAt(part, 'required').includes(property)) }
}

export interface Member {
  readonly declared: readonly JsonObject[]
  readonly isRequired: boolean
}
