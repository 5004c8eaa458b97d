import type { SchemaNode } from '../../model/types.ts'
import type { JsonObject, JsonValue } from '../../read/types.ts'
import { isObject, pointedAt } from '../../support/index.ts'

export type JsonType = 'string' | 'number' | 'boolean' | 'array' | 'object' | 'null'

/** The types and values that a schema allows, as far as decisions of this stage depend on them. `null`: any. */
export interface SchemaFacts {
  readonly types: ReadonlySet<JsonType> | null
  readonly values: readonly JsonValue[] | null
}

const anything: SchemaFacts = { types: null, values: null }

const articles: Readonly<Record<JsonType, string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'a boolean',
  array: 'a list',
  object: 'an object',
  null: 'null',
}

/** Types in words: `text or a number`. */
export function typeWords(types: ReadonlySet<JsonType>): string {
  return [...types].map((type) => articles[type]).join(' or ') || 'nothing'
}

/** Types and values that a schema allows by `type`, `$ref`, `allOf`, `anyOf`, `oneOf`, `enum` and `const`. */
export function factsOf(node: SchemaNode, document: JsonObject): SchemaFacts {
  return facts(node.schema, document, new Map())
}

/** `known`: by visited schema; a schema that is still being visited (a cycle) allows anything. */
function facts(schema: JsonValue, document: JsonObject, known: Map<JsonValue, SchemaFacts>): SchemaFacts {
  if (!isObject(schema)) return anything
  const before = known.get(schema)
  if (before !== undefined) return before
  known.set(schema, anything)
  const found: SchemaFacts[] = []
  const own = typesOf(schema)
  const values =
    'const' in schema
      ? [schema['const'] ?? null]
      : Array.isArray(schema['enum'])
        ? (schema['enum'] as JsonValue[])
        : null
  found.push({ types: own ?? (values === null ? null : new Set(values.map(typeOf))), values })
  if (typeof schema['$ref'] === 'string') found.push(facts(resolve(schema['$ref'], document), document, known))
  for (const part of listOf(schema['allOf'])) found.push(facts(part, document, known))
  for (const keyword of ['anyOf', 'oneOf']) {
    const parts = listOf(schema[keyword])
    if (parts.length > 0) found.push(eitherOf(parts.map((part) => facts(part, document, known))))
  }
  const all = found.reduce(bothOf)
  known.set(schema, all)
  return all
}

function bothOf(a: SchemaFacts, b: SchemaFacts): SchemaFacts {
  const { types } = a
  return {
    types:
      types === null ? b.types : b.types === null ? types : new Set([...b.types].filter((type) => types.has(type))),
    values: a.values ?? b.values,
  }
}

function eitherOf(parts: readonly SchemaFacts[]): SchemaFacts {
  const types = parts.some((part) => part.types === null)
    ? null
    : new Set(parts.flatMap((part) => [...(part.types ?? [])]))
  const values = parts.some((part) => part.values === null) ? null : parts.flatMap((part) => part.values ?? [])
  return { types, values }
}

function typesOf(schema: JsonObject): ReadonlySet<JsonType> | null {
  const written = typeof schema['type'] === 'string' ? [schema['type']] : listOf(schema['type'])
  if (written.length === 0) return null
  const types = new Set(written.map((type) => (type === 'integer' ? 'number' : type) as JsonType))
  if (schema['nullable'] === true) types.add('null')
  return types
}

/** Members that a schema of a JSON object declares, through `$ref` and `allOf`. */
export function membersOf(schema: JsonValue, document: JsonObject): ReadonlyMap<string, JsonValue> {
  const members = new Map<string, JsonValue>()
  const seen = new Set<JsonValue>()
  const visit = (node: JsonValue): void => {
    if (!isObject(node) || seen.has(node)) return
    seen.add(node)
    if (typeof node['$ref'] === 'string') visit(resolve(node['$ref'], document))
    for (const part of listOf(node['allOf'])) visit(part)
    const properties = node['properties'] ?? null
    if (isObject(properties)) for (const [name, member] of Object.entries(properties)) members.set(name, member)
  }
  visit(schema)
  return members
}

/** The node that a `#/...` reference of a bundled document points at; `null` when there is none. */
function resolve(reference: string, document: JsonObject): JsonValue {
  return (pointedAt(document, reference) as JsonValue | undefined) ?? null
}

function typeOf(value: JsonValue): JsonType {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return typeof value === 'bigint' ? 'number' : (typeof value as JsonType)
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : []
}
