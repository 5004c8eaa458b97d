import type { Schema } from '../vocabulary.ts'
import { ANY, ARRAY, kindOf, OBJECT, typesOf } from './kinds.ts'
import { isSchema, type Node, schemaAt, schemaMapAt, schemasAt, valuesAt } from './node.ts'
import type { Schemas } from './schemas.ts'

// Properties of a schema that do not depend on a value: the outline of all values that may fit.

/** The kinds of values that a schema describes, as bits. Values of other kinds may fit a schema without `type` as well. */
export function kindsOf(schemas: Schemas, schema: Schema): number {
  return kinds(schemas, schema, describedKinds, new Set())
}

/** The kinds of values that may fit, as bits. */
export function admittedKinds(schemas: Schemas, schema: Schema): number {
  return kinds(schemas, schema, typedKinds, new Set())
}

function kinds(schemas: Schemas, schema: Schema, own: (node: Node) => number, seen: ReadonlySet<Schema>): number {
  if (typeof schema === 'boolean') return schema ? ANY : 0
  if (seen.has(schema)) return ANY
  const inner = new Set(seen).add(schema)
  let found = own(schema) & listedKinds(schema)
  for (const part of schemas.parts(schema)) found &= kinds(schemas, part, own, inner)
  for (const keyword of ['anyOf', 'oneOf']) {
    const branches = schemasAt(schema, keyword)
    if (branches.length === 0) continue
    found &= branches.reduce((union, branch) => union | kinds(schemas, branch, own, inner), 0)
  }
  return found
}

function listedKinds(node: Node): number {
  return valuesAt(node)?.reduce((union: number, value) => union | kindOf(value), 0) ?? ANY
}

/** The kinds of values that the `type` of a schema itself admits. */
export function typedKinds(node: Node): number {
  return typesOf(node)?.kinds ?? ANY
}

/**
 * The kinds of values that a schema itself describes: without `type`, one that only describes objects says nothing about arrays,
 * although they fit it, and vice versa.
 */
function describedKinds(node: Node): number {
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

/** Whether objects are refused that have a member which no schema here lists, matches by a pattern or describes otherwise. */
export function isClosed(schemas: Schemas, schema: Schema): boolean {
  return closes(schemas, schema, new Set())
}

function closes(schemas: Schemas, schema: Schema, seen: ReadonlySet<Schema>): boolean {
  if (typeof schema === 'boolean') return !schema
  if (seen.has(schema)) return false
  if (schema['additionalProperties'] === false || schema['unevaluatedProperties'] === false) return true
  const inner = new Set(seen).add(schema)
  if (schemas.parts(schema).some((part) => closes(schemas, part, inner))) return true
  return ['anyOf', 'oneOf'].some((keyword) => {
    const branches = schemasAt(schema, keyword)
    return branches.length > 0 && branches.every((branch) => closes(schemas, branch, inner))
  })
}

/** All schemas that may apply to a value of `roots`: themselves, their parts, all their branches and heirs, with references resolved. */
export function reach(schemas: Schemas, roots: readonly Schema[]): readonly Node[] {
  const found = new Set<Node>()
  const visit = (schema: Schema): void => {
    if (typeof schema === 'boolean' || found.has(schema)) return
    found.add(schema)
    for (const next of applying(schemas, schema)) visit(next)
  }
  for (const root of roots) visit(root)
  return [...found]
}

/** The schemas that may apply to the same value because this one does: parts, branches, heirs and conditional ones. */
export function applying(schemas: Schemas, node: Node): readonly Schema[] {
  return [
    ...schemas.parts(node),
    ...schemasAt(node, 'anyOf'),
    ...schemasAt(node, 'oneOf'),
    ...schemas.heirs(node),
    ...['then', 'else'].map((keyword) => schemaAt(node, keyword)).filter((schema) => schema !== undefined),
    ...schemaMapAt(node, 'dependentSchemas').map(([, schema]) => schema),
  ]
}

/** The schemas of members and items. */
export function belowOf(node: Node): readonly Schema[] {
  const maps = ['properties', 'patternProperties'].flatMap((keyword) => schemaMapAt(node, keyword))
  const single = ['additionalProperties', 'unevaluatedProperties', 'items', 'unevaluatedItems']
  return [
    ...maps.map(([, schema]) => schema),
    ...schemasAt(node, 'prefixItems'),
    ...single.map((keyword) => schemaAt(node, keyword)).filter((schema) => schema !== undefined),
  ]
}
