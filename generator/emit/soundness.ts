import type ts from 'typescript'
import type { JsonObject, JsonValue } from '../read/types.ts'
import { behind, type Schemas } from './family.ts'
import { typescript } from './printer.ts'

const { factory } = typescript

/**
 * A type of openapi-typescript as one that TypeScript accepts whatever the schemas are. Its `WithRequired<T, K>` demands
 * that `K` are members of `T`, but a `T` that may be `null`, or anything but an object, has none of them. Names that `T`
 * does not declare are left out. `schemas`: those of the document.
 */
export function sound<T extends ts.Node>(node: T, schemas: Schemas): T {
  const visit = (inner: ts.Node): ts.Node => {
    const copy = typescript.visitEachChild(inner, visit, undefined)
    return typescript.isTypeReferenceNode(copy) ? demanded(copy, schemas) : copy
  }
  return visit(node) as T
}

/** Whether a statement declares `WithRequired`, which only documents need that demand a member of another schema. */
export function isWithRequired(node: ts.Node): boolean {
  return typescript.isTypeAliasDeclaration(node) && node.name.text === 'WithRequired'
}

/**
 * The declaration of `WithRequired` to print instead. Declared by ourselves, because the members of another type would be
 * resolved too early: it refers to no member of `T`, so it also holds within circles, and needs linear time where one is
 * within another.
 */
export function withRequired(): ts.Node {
  const text = 'type WithRequired<T, K extends string> = T & { [P in K]: {} | null };'
  const [statement] = typescript.createSourceFile('', text, typescript.ScriptTarget.ESNext).statements
  if (statement === undefined) throw new Error('TypeScript parsed no statement.')
  return statement
}

/** `WithRequired<T, K>` as far as it holds for the values of `T`. */
function demanded(node: ts.TypeReferenceNode, schemas: Schemas): ts.TypeNode {
  const [type, names] = node.typeArguments ?? []
  if (!typescript.isIdentifier(node.typeName) || node.typeName.text !== 'WithRequired' || !type || !names) return node
  const component = typescript.isIndexedAccessTypeNode(type) ? literalOf(type.indexType) : null
  const schema = component === null ? undefined : schemas.get(behind(component, schemas))
  const form = schema === undefined ? 'other' : formOf(schema)
  const declared =
    schema === undefined ? [] : namesOf(names).filter((name) => Object.hasOwn(propertiesOf(schema), name))
  if (form === 'other' || declared.length === 0) return type
  const literals = declared.map((name) => factory.createLiteralTypeNode(factory.createStringLiteral(name)))
  const [only] = literals
  const keys = literals.length === 1 && only !== undefined ? only : factory.createUnionTypeNode(literals)
  const needed = factory.createTypeReferenceNode('WithRequired', [type, keys])
  if (form === 'object') return needed
  const nothing = factory.createLiteralTypeNode(factory.createNull())
  return factory.createParenthesizedType(factory.createUnionTypeNode([needed, nothing]))
}

/** What a schema with properties is printed as: an object, an object or `null`, or a type with other values. */
function formOf(schema: JsonObject): 'object' | 'nullable' | 'other' {
  if (['enum', 'const', 'anyOf'].some((keyword) => Object.hasOwn(schema, keyword))) return 'other'
  const { type = 'object' } = schema
  const types: readonly JsonValue[] = Array.isArray(type) ? type : [type]
  if (!types.every((one) => one === 'object' || one === 'null') || !types.includes('object')) return 'other'
  return types.includes('null') ? 'nullable' : 'object'
}

function propertiesOf({ properties }: JsonObject): object {
  return typeof properties === 'object' && properties !== null ? properties : {}
}

/** The names of a union of literals. openapi-typescript creates the literals as identifiers with quotes. */
function namesOf(type: ts.TypeNode): readonly string[] {
  if (typescript.isUnionTypeNode(type)) return type.types.flatMap(namesOf)
  const name = literalOf(type)
  return name === null ? [] : [name]
}

function literalOf(type: ts.Node): string | null {
  if (typescript.isIdentifier(type)) return JSON.parse(type.text) as string
  return typescript.isLiteralTypeNode(type) && typescript.isStringLiteral(type.literal) ? type.literal.text : null
}
