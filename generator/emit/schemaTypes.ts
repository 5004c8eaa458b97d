import type ts from 'typescript'
import { typescript } from './printer.ts'

/** The declaration of a schema among the printed ones. */
export interface SchemaType {
  readonly name: string
  readonly property: ts.PropertySignature
  readonly type: ts.TypeNode
}

/** The members of `components.schemas`. */
export function schemasOf(nodes: readonly ts.Node[]): SchemaType[] {
  const components = nodes.find((node) => typescript.isInterfaceDeclaration(node) && node.name.text === 'components')
  if (components === undefined || !typescript.isInterfaceDeclaration(components)) return []
  const schemas = components.members.find((member) => textOf(member.name) === 'schemas')
  if (schemas === undefined || !typescript.isPropertySignature(schemas) || schemas.type === undefined) return []
  if (!typescript.isTypeLiteralNode(schemas.type)) return []
  return schemas.type.members.flatMap((property) => {
    const name = textOf(property.name)
    if (name === null || !typescript.isPropertySignature(property) || property.type === undefined) return []
    return [{ name, property, type: property.type }]
  })
}

/** `X` of `components["schemas"]["X"]`. */
export function schemaNamed(type: ts.Node): string | null {
  if (!typescript.isIndexedAccessTypeNode(type) || !typescript.isIndexedAccessTypeNode(type.objectType)) return null
  const { objectType: root, indexType: section } = type.objectType
  if (
    !typescript.isTypeReferenceNode(root) ||
    !typescript.isIdentifier(root.typeName) ||
    root.typeName.text !== 'components'
  )
    return null
  return literalOf(section) === 'schemas' ? literalOf(type.indexType) : null
}

function textOf(name: ts.PropertyName | undefined): string | null {
  if (name === undefined) return null
  return typescript.isIdentifier(name) || typescript.isStringLiteral(name) || typescript.isNumericLiteral(name)
    ? name.text
    : null
}

function literalOf(type: ts.TypeNode): string | null {
  return typescript.isLiteralTypeNode(type) && typescript.isStringLiteral(type.literal) ? type.literal.text : null
}
