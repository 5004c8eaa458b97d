import type ts from 'typescript'
import { sortedBy } from '../support/index.ts'
import { typescript } from './printer.ts'
import { type SchemaType, schemaNamed, schemasOf } from './schemaTypes.ts'

const { factory, SyntaxKind } = typescript

/** A schema that must be resolved before the schema that refers to it. */
interface Need {
  readonly target: string
  /** Within an array or tuple: TypeScript resolves it later, if the schema is a type alias. */
  readonly later: boolean
}

interface Schema extends SchemaType {
  readonly needs: readonly Need[]
}

/**
 * Moves schemas that refer to themselves to type aliases, because TypeScript refuses such members of an interface:
 * `JsonValue: string | components["schemas"]["JsonValue"][]`. A reference that even an alias cannot resolve, as in
 * schemas that are `allOf` or `oneOf` of each other, becomes `unknown`. Everything else is unchanged. References within
 * properties are resolved late and never matter.
 */
export function withoutCircles(nodes: readonly ts.Node[]): ts.Node[] {
  const schemas = schemasOf(nodes).map((schema): Schema => ({ ...schema, needs: needsOf(schema.type, false) }))
  const circular = inCircles(schemas)
  if (circular.size === 0) return [...nodes]
  const aliases = aliasNames(circular)
  const cut = backward(schemas.filter(({ name }) => circular.has(name)))
  const declared = schemas.flatMap(({ name, property, type }) => {
    const alias = aliases.get(name)
    if (alias === undefined) return []
    const unrolled = replaced(type, (target) => {
      if (cut.has(pair(name, target))) return factory.createKeywordTypeNode(SyntaxKind.UnknownKeyword)
      const other = aliases.get(target)
      return other === undefined ? null : factory.createTypeReferenceNode(other)
    })
    Object.assign(property, { type: factory.createTypeReferenceNode(alias) })
    return [factory.createTypeAliasDeclaration(undefined, alias, undefined, unrolled)]
  })
  return [...nodes, ...declared]
}

function needsOf(type: ts.TypeNode, later: boolean): Need[] {
  const target = schemaNamed(type)
  if (target !== null) return [{ target, later }]
  if (typescript.isArrayTypeNode(type)) return needsOf(type.elementType, true)
  if (typescript.isTupleTypeNode(type)) return type.elements.flatMap((element) => needsOf(element, true))
  // The arguments of `Omit` and `WithRequired` are resolved at once, also within arrays.
  if (typescript.isTypeReferenceNode(type))
    return partsOf(type)
      .flatMap((part) => needsOf(part, false))
      .map(({ target }) => ({ target, later: false }))
  return partsOf(type).flatMap((part) => needsOf(part, later))
}

/** The types that a type consists of, without the properties of objects. */
function partsOf(type: ts.TypeNode): readonly ts.TypeNode[] {
  if (typescript.isUnionTypeNode(type) || typescript.isIntersectionTypeNode(type)) return type.types
  if (typescript.isParenthesizedTypeNode(type) || typescript.isTypeOperatorNode(type)) return [type.type]
  return typescript.isTypeReferenceNode(type) ? (type.typeArguments ?? []) : []
}

function replaced(type: ts.TypeNode, replacement: (target: string) => ts.TypeNode | null): ts.TypeNode {
  const visit = (node: ts.Node): ts.Node => {
    if (typescript.isTypeLiteralNode(node)) return node
    const target = schemaNamed(node)
    return (target === null ? null : replacement(target)) ?? typescript.visitEachChild(node, visit, undefined)
  }
  return typescript.visitNode(type, visit, typescript.isTypeNode)
}

/** Names of the schemas whose references lead back to themselves (Tarjan's strongly connected components). */
function inCircles(schemas: readonly Schema[]): Set<string> {
  const byName = new Map(schemas.map((schema) => [schema.name, schema]))
  const found = new Map<string, { readonly order: number; low: number; open: boolean }>()
  const open: string[] = []
  const circular = new Set<string>()
  const visit = (schema: Schema): number => {
    const state = { order: found.size, low: found.size, open: true }
    found.set(schema.name, state)
    open.push(schema.name)
    for (const { target } of schema.needs) {
      const next = byName.get(target)
      const known = found.get(target)
      if (target === schema.name) circular.add(target)
      if (known === undefined && next !== undefined) state.low = Math.min(state.low, visit(next))
      else if (known?.open === true) state.low = Math.min(state.low, known.order)
    }
    if (state.low === state.order) {
      const members = open.splice(open.indexOf(schema.name))
      for (const name of members) {
        const member = found.get(name)
        if (member !== undefined) member.open = false
        if (members.length > 1) circular.add(name)
      }
    }
    return state.low
  }
  for (const schema of schemas) if (!found.has(schema.name)) visit(schema)
  return circular
}

/** References to replace, so that no others that are resolved at once lead back to their start. */
function backward(schemas: readonly Schema[]): Set<string> {
  const byName = new Map(schemas.map((schema) => [schema.name, schema]))
  const state = new Map<string, 'under way' | 'done'>()
  const cut = new Set<string>()
  const visit = (schema: Schema): void => {
    state.set(schema.name, 'under way')
    for (const { target, later } of schema.needs) {
      const next = byName.get(target)
      if (later || next === undefined) continue
      if (state.get(target) === 'under way') cut.add(pair(schema.name, target))
      else if (state.get(target) === undefined) visit(next)
    }
    state.set(schema.name, 'done')
  }
  for (const schema of schemas) if (!state.has(schema.name)) visit(schema)
  return cut
}

/** An identifier for each schema, derived from its name. A number is added only if two would be the same. */
function aliasNames(circular: ReadonlySet<string>): Map<string, string> {
  const taken = new Set<string>()
  return new Map(
    sortedBy(circular, (name) => name).map((name) => {
      const base = `Recursive_${name.replace(/[^A-Za-z0-9]+/g, '_')}`
      let alias = base
      for (let number = 2; taken.has(alias); number++) alias = `${base}_${number}`
      taken.add(alias)
      return [name, alias]
    }),
  )
}

function pair(from: string, to: string): string {
  return JSON.stringify([from, to])
}
