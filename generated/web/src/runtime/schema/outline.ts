import type { Schema } from '../vocabulary.ts'
import { ANY, ARRAY, kindOf, OBJECT, typesOf } from './kinds.ts'
import { isSchema, type Node, schemaAt, schemaMapAt, schemasAt, valuesAt } from './node.ts'
import type { Schemas } from './schemas.ts'

// Properties of a schema that do not depend on a value: the outline of all values that may fit.

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
 * The kinds of values that a schema itself documents. A schema without `type` that only describes objects does not document
 * arrays, although arrays fit it, and vice versa.
 */
export function documentedKinds(node: Node): number {
  const types = typesOf(node)
  if (types !== null) return types.kinds
  const object = describesObjects(node)
  if (object === describesArrays(node)) return ANY
  return object ? ANY & ~ARRAY : ANY & ~OBJECT
}

/** Whether the schema declares members of objects. One that does not is free-form, or only supplements other schemas. */
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

/** All schemas that may apply to a value of `roots`: themselves, their parts and all their branches, with references resolved. */
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
