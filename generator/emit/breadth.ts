import type ts from 'typescript'
import { typescript } from './printer.ts'
import { type SchemaType, schemaNamed } from './schemaTypes.ts'

const { factory, SyntaxKind } = typescript

/** TypeScript refuses an intersection of unions with more combinations than 100,000 (TS2590), and needs seconds below. */
const most = 10_000

/**
 * Replaces the broadest unions of an intersection by `unknown`, in place, where their alternatives have too many
 * combinations. The type then admits more than the schema. `schemas`: all that the nodes may refer to.
 */
export function createNarrowing(schemas: readonly SchemaType[]): (node: ts.Node) => void {
  const types = new Map(schemas.map(({ name, type }) => [name, type]))
  const known = new Map<string, number>()

  const ofSchema = (name: string): number => {
    const before = known.get(name)
    if (before !== undefined) return before
    // A circular reference is printed as an alias or as `unknown`.
    known.set(name, 1)
    const type = types.get(name)
    const found = type === undefined ? 1 : breadthOf(type)
    known.set(name, found)
    return found
  }

  const breadthOf = (type: ts.TypeNode): number => {
    if (type.kind === SyntaxKind.BooleanKeyword) return 2
    if (typescript.isUnionTypeNode(type)) return Math.min(most, sum(type.types.map(breadthOf)))
    if (typescript.isIntersectionTypeNode(type)) return Math.min(most, product(type.types.map(breadthOf)))
    if (typescript.isParenthesizedTypeNode(type)) return breadthOf(type.type)
    const name = schemaNamed(type)
    if (name !== null) return ofSchema(name)
    const [argument] = typescript.isTypeReferenceNode(type) ? (type.typeArguments ?? []) : []
    return argument === undefined ? 1 : breadthOf(argument)
  }

  const narrowed = (node: ts.Node): void => {
    typescript.forEachChild(node, narrowed)
    if (!typescript.isIntersectionTypeNode(node)) return
    const parts = [...node.types]
    const breadths = parts.map(breadthOf)
    while (product(breadths) > most) {
      const at = breadths.indexOf(Math.max(...breadths))
      breadths[at] = 1
      parts[at] = factory.createKeywordTypeNode(SyntaxKind.UnknownKeyword)
    }
    if (parts.some((part, at) => part !== node.types[at])) {
      Object.assign(node, { types: factory.createNodeArray(parts) })
      known.clear()
    }
  }

  return narrowed
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}

function product(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total * one, 1)
}
