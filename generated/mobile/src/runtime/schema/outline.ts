import type { Schema } from '../vocabulary.ts'
import { ANY, ARRAY, kindOf, OBJECT, typesOf } from './kinds.ts'
import { isSchema, type Node, schemaAt, schemaMapAt, schemasAt, valuesAt } from './node.ts'
import type { Schemas } from './schemas.ts'

// What can be said of a schema without a value: the outline of all that may fit it.

/** The kinds of values that may fit, as bits. */
export function kindsOf(schemas: Schemas, schema: Schema): number {
  return kinds(schemas, schema, new Set())
}

function kinds(schemas: Schemas, schema: Schema, seen: ReadonlySet<Schema>): number {
  if (typeof schema === 'boolean') return schema ? ANY : 0
  if (seen.has(schema)) return ANY
  const inner = new Set(seen).add(schema)
  let found = ownKinds(schema)
  for (const part of schemas.parts(schema)) found &= kinds(schemas, part, inner)
  for (const keyword of ['anyOf', 'oneOf']) {
    const branches = schemasAt(schema, keyword)
    if (branches.length === 0) continue
    found &= branches.reduce((union, branch) => union | kinds(schemas, branch, inner), 0)
  }
  return found
}

function ownKinds(node: Node): number {
  const values = valuesAt(node)
  const listed = values === null ? ANY : values.reduce((union: number, value) => union | kindOf(value), 0)
  return documentedKinds(node) & listed
}

/**
 * The kinds of values a schema by itself documents. One without `type` that only describes objects does not document arrays, though
 * it lets them pass; nor the other way round.
 */
export function documentedKinds(node: Node): number {
  const types = typesOf(node)
  if (types !== null) return types.kinds
  const object = describesObjects(node)
  if (object === describesArrays(node)) return ANY
  return object ? ANY & ~ARRAY : ANY & ~OBJECT
}

/** Whether the schema says which members an object has. One that does not is free-form, or only adds a word to others. */
export function describesObjects(node: Node): boolean {
  return (
    schemaMapAt(node, 'properties').length > 0 ||
    schemaMapAt(node, 'patternProperties').length > 0 ||
    isSchema(node['additionalProperties']) ||
    isSchema(node['unevaluatedProperties'])
  )
}

export function describesArrays(node: Node): boolean {
  return ['items', 'prefixItems', 'unevaluatedItems'].some((keyword) => Object.hasOwn(node, keyword))
}

/** Every schema that may have a say about a value of this one: itself, its parts and all its branches, without references. */
export function reach(schemas: Schemas, roots: readonly Schema[]): readonly Node[] {
  const found = new Set<Node>()
  const visit = (schema: Schema): void => {
    if (typeof schema === 'boolean' || found.has(schema)) return
    found.add(schema)
    for (const part of schemas.parts(schema)) visit(part)
    for (const keyword of ['anyOf', 'oneOf']) for (const branch of schemasAt(schema, keyword)) visit(branch)
    for (const keyword of ['then', 'else']) visit(schemaAt(schema, keyword) ?? true)
    for (const [, dependent] of schemaMapAt(schema, 'dependentSchemas')) visit(dependent)
  }
  for (const root of roots) visit(root)
  return [...found]
}
