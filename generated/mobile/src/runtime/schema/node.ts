import { isObject, JsonNumber, type JsonValue, member } from '../json/index.ts'
import type { Schema } from '../vocabulary.ts'
import { unescapeSegment } from '../words/pointers.ts'

/** A schema that is not just `true` or `false`. */
export type Node = Exclude<Schema, boolean>

// Schemas are generated data. These functions read one keyword; a keyword of the wrong type counts as absent.

export function isSchema(value: unknown): value is Schema {
  return typeof value === 'boolean' || (typeof value === 'object' && value !== null && !Array.isArray(value))
}

export function schemaAt(node: Node, keyword: string): Schema | undefined {
  const value = node[keyword]
  return isSchema(value) ? value : undefined
}

export function schemasAt(node: Node, keyword: string): readonly Schema[] {
  const value = node[keyword]
  return Array.isArray(value) ? value.filter(isSchema) : []
}

/** The schemas of a keyword that is a map, such as `properties`. */
export function schemaMapAt(node: Node, keyword: string): readonly (readonly [string, Schema])[] {
  const value = node[keyword]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).filter((entry): entry is [string, Schema] => isSchema(entry[1]))
}

export function stringsAt(node: Node, keyword: string): readonly string[] {
  const value = node[keyword]
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []
}

export function textAt(node: Node, keyword: string): string | undefined {
  const value = node[keyword]
  return typeof value === 'string' ? value : undefined
}

/** A keyword that is a count. A number kept as text is rounded: it is larger than any count that occurs. */
export function countAt(node: Node, keyword: string): number | undefined {
  const value = node[keyword]
  if (value instanceof JsonNumber) return Number(value.text)
  return typeof value === 'number' ? value : undefined
}

export function numberAt(node: Node, keyword: string): number | JsonNumber | undefined {
  const value = node[keyword]
  return typeof value === 'number' || value instanceof JsonNumber ? value : undefined
}

/** `enum` and `const` as one list of values; `null` when the schema has neither. */
export function valuesAt(node: Node): readonly JsonValue[] | null {
  const list = node['enum']
  if (Array.isArray(list)) return list
  return Object.hasOwn(node, 'const') ? [node['const'] as JsonValue] : null
}

export interface Discriminator {
  readonly propertyName: string
  /** The `$ref` for each value of the property. */
  readonly mapping: ReadonlyMap<string, string>
  /** The `$ref` for objects whose property is missing or not in the mapping (OpenAPI 3.2); `null`: none. */
  readonly fallback: string | null
}

/** OpenAPI's `discriminator`; `null` when there is none, or it selects nothing. */
export function discriminatorOf(node: Node): Discriminator | null {
  const value = node['discriminator'] as JsonValue | undefined
  if (!isObject(value)) return null
  const { propertyName, mapping = {}, defaultMapping } = value
  const fallback = typeof defaultMapping === 'string' ? defaultMapping : null
  if (typeof propertyName !== 'string' || !isObject(mapping)) return null
  const entries = Object.entries(mapping).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return entries.length === 0 && fallback === null ? null : { propertyName, mapping: new Map(entries), fallback }
}

/** The discriminator of a base schema that others extend by `allOf`: it has no branches. `null`: the schema is none. */
export function heirsOf(node: Node): Discriminator | null {
  return schemasAt(node, 'oneOf').length + schemasAt(node, 'anyOf').length === 0 ? discriminatorOf(node) : null
}

/** The `$ref` that a discriminator selects for a value; `undefined`: none. */
export function selectedBy({ propertyName, mapping, fallback }: Discriminator, value: JsonValue): string | undefined {
  if (!isObject(value)) return undefined
  const tag = member(value, propertyName)
  return (typeof tag === 'string' ? mapping.get(tag) : undefined) ?? fallback ?? undefined
}

const prefix = '#/schemas/'

/** The name of the schema that a local `$ref` refers to. Generated references have no deeper path. */
export function refName(ref: string): string {
  return ref.startsWith(prefix) ? unescapeSegment(ref.slice(prefix.length)) : ref
}

const annotations: ReadonlySet<string> = new Set(
  'title description default example examples deprecated readOnly writeOnly externalDocs xml $comment'.split(' '),
)

/** Whether the schema has only annotations, so that every value fits. */
export function isNeutral(schema: Schema): boolean {
  if (typeof schema === 'boolean') return schema
  return Object.keys(schema).every((keyword) => annotations.has(keyword) || keyword.startsWith('x-'))
}
