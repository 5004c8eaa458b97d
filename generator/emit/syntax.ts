import type ts from 'typescript'
import { printer, typescript } from './printer.ts'

const { isIdentifier, isStringLiteral, isNumericLiteral, SyntaxKind } = typescript

/**
 * The text of declarations that were created, not parsed: the same as from TypeScript's printer, in a tenth of the
 * time, because that one tracks lines and columns. A statement with a node that is not supported here is printed by
 * TypeScript.
 */
export function sourceText(statements: readonly ts.Node[]): string {
  return statements.map((statement) => statementText(statement) ?? printer.astToString(statement)).join('')
}

function statementText(statement: ts.Node): string | null {
  try {
    return `${commentText(statement, '')}${declarationText(statement)}\n`
  } catch (error) {
    if (error instanceof Unknown) return null
    throw error
  }
}

/**
 * Replaces the type of a member by its text, so that the nodes of the type can be released. `depth`: how many
 * declarations and objects enclose the member. Without effect if TypeScript's printer has to print the type.
 */
export function printType(member: ts.PropertySignature, depth: number): void {
  if (member.type === undefined) return
  try {
    // Identifiers are printed as they are.
    const text = typescript.factory.createIdentifier(typeText(member.type, '    '.repeat(depth)))
    Object.assign(member, { type: text })
  } catch (error) {
    if (!(error instanceof Unknown)) throw error
  }
}

/** Thrown for nodes that TypeScript's printer has to print. */
class Unknown extends Error {}

function declarationText(node: ts.Node): string {
  if (typescript.isInterfaceDeclaration(node)) {
    if (node.typeParameters !== undefined || node.heritageClauses !== undefined) throw new Unknown()
    return `${modifiersText(node)}interface ${nameText(node.name)} {\n${membersText(node.members, '')}}`
  }
  if (typescript.isTypeAliasDeclaration(node)) {
    if (node.typeParameters !== undefined) throw new Unknown()
    return `${modifiersText(node)}type ${nameText(node.name)} = ${typeText(node.type, '')};`
  }
  throw new Unknown()
}

function modifiersText({ modifiers }: { readonly modifiers?: ts.NodeArray<ts.ModifierLike> | undefined }): string {
  return modifiers?.map(({ kind }) => `${tokenText(kind)} `).join('') ?? ''
}

function membersText(members: readonly ts.TypeElement[], pad: string): string {
  const inner = `${pad}    `
  let text = ''
  for (const member of members) text += `${commentText(member, inner)}${inner}${memberText(member, inner)}\n`
  return text
}

function memberText(member: ts.TypeElement, pad: string): string {
  if (typescript.isPropertySignature(member)) {
    const { name, questionToken, type } = member
    const annotation = type === undefined ? '' : `: ${typeText(type, pad)}`
    return `${modifiersText(member)}${nameText(name)}${questionToken === undefined ? '' : '?'}${annotation};`
  }
  if (typescript.isIndexSignatureDeclaration(member)) {
    const [parameter] = member.parameters
    if (parameter?.type === undefined || !isIdentifier(parameter.name) || member.parameters.length > 1)
      throw new Unknown()
    const key = `${nameText(parameter.name)}: ${typeText(parameter.type, pad)}`
    return `${modifiersText(member)}[${key}]: ${typeText(member.type, pad)};`
  }
  throw new Unknown()
}

/** @param pad the indentation of the line on which the type begins */
function typeText(type: ts.Node, pad: string): string {
  if (type.pos >= 0 || typescript.getSyntheticLeadingComments(type) !== undefined) throw new Unknown()
  const { kind } = type
  if (kind === SyntaxKind.LiteralType) return literalText((type as ts.LiteralTypeNode).literal)
  if (kind === SyntaxKind.TypeLiteral) {
    const { members } = type as ts.TypeLiteralNode
    return members.length === 0 ? '{}' : `{\n${membersText(members, pad)}${pad}}`
  }
  if (kind === SyntaxKind.IndexedAccessType) {
    const { objectType, indexType } = type as ts.IndexedAccessTypeNode
    return `${postfixed(objectType, pad)}[${typeText(indexType, pad)}]`
  }
  if (kind === SyntaxKind.TypeReference) {
    const { typeName, typeArguments } = type as ts.TypeReferenceNode
    const args = typeArguments?.map((argument) => typeText(argument, pad)).join(', ')
    return `${nameText(typeName)}${args === undefined ? '' : `<${args}>`}`
  }
  if (kind === SyntaxKind.UnionType) return parts((type as ts.UnionTypeNode).types, ' | ', pad)
  if (kind === SyntaxKind.IntersectionType) return parts((type as ts.IntersectionTypeNode).types, ' & ', pad)
  if (kind === SyntaxKind.ArrayType) return `${postfixed((type as ts.ArrayTypeNode).elementType, pad)}[]`
  if (kind === SyntaxKind.TupleType) return tupleText(type as ts.TupleTypeNode, pad)
  if (kind === SyntaxKind.ParenthesizedType) return `(${typeText((type as ts.ParenthesizedTypeNode).type, pad)})`
  // Some literals are created as identifiers.
  return kind === SyntaxKind.Identifier ? nameText(type) : keywordText(kind)
}

function tupleText({ elements }: ts.TupleTypeNode, pad: string): string {
  if (elements.length === 0) throw new Unknown()
  const inner = `${pad}    `
  return `[\n${elements.map((element) => inner + typeText(element, inner)).join(',\n')}\n${pad}]`
}

function parts(types: readonly ts.TypeNode[], between: string, pad: string): string {
  return types.map((type) => (needsParentheses(type) ? refused() : typeText(type, pad))).join(between)
}

function postfixed(type: ts.TypeNode, pad: string): string {
  return needsParentheses(type) ? refused() : typeText(type, pad)
}

/** Types that should be within a parenthesised type. If they are not, TypeScript's printer adds the parentheses. */
function needsParentheses({ kind }: ts.TypeNode): boolean {
  return kind === SyntaxKind.UnionType || kind === SyntaxKind.IntersectionType
}

function refused(): never {
  throw new Unknown()
}

function literalText(node: ts.Node): string {
  if (isStringLiteral(node) || isNumericLiteral(node)) return nameText(node)
  if (typescript.isPrefixUnaryExpression(node)) {
    const { operator, operand } = node
    if (operator === SyntaxKind.MinusToken && isNumericLiteral(operand)) return `-${nameText(operand)}`
  }
  return keywordText(node.kind)
}

/** A name, or a literal as a name. */
function nameText(node: ts.Node): string {
  if (node.pos >= 0) throw new Unknown()
  if (isStringLiteral(node)) return isPlain(node.text) ? `"${node.text}"` : escapedText(node)
  if (isIdentifier(node) || isNumericLiteral(node)) return node.text
  throw new Unknown()
}

/** Whether a text needs no escapes between double quotes. */
function isPlain(text: string): boolean {
  return /^[ !#-[\]-~]*$/.test(text)
}

const escaping = typescript.createPrinter()
const nowhere = typescript.createSourceFile('', '', typescript.ScriptTarget.ESNext)

function escapedText(node: ts.StringLiteral): string {
  return escaping.printNode(typescript.EmitHint.Unspecified, node, nowhere)
}

const keywords: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.AnyKeyword,
  SyntaxKind.BooleanKeyword,
  SyntaxKind.FalseKeyword,
  SyntaxKind.NeverKeyword,
  SyntaxKind.NullKeyword,
  SyntaxKind.NumberKeyword,
  SyntaxKind.StringKeyword,
  SyntaxKind.TrueKeyword,
  SyntaxKind.UndefinedKeyword,
  SyntaxKind.UnknownKeyword,
])

function keywordText(kind: ts.SyntaxKind): string {
  return keywords.has(kind) ? tokenText(kind) : refused()
}

function tokenText(kind: ts.SyntaxKind): string {
  return typescript.tokenToString(kind) ?? refused()
}

/** The comments before a node, each on its own lines. */
function commentText(node: ts.Node, pad: string): string {
  const comments = typescript.getSyntheticLeadingComments(node)
  if (comments === undefined) return ''
  return comments
    .map(({ kind, text, hasLeadingNewline, hasTrailingNewLine }) => {
      if (kind !== SyntaxKind.MultiLineCommentTrivia || hasLeadingNewline === true || hasTrailingNewLine !== true)
        throw new Unknown()
      const [first = '', ...others] = `/*${text}*/`.split(/\r\n|[\n\r\u2028\u2029]/)
      // Other lines would be indented differently by TypeScript's printer.
      if (!others.every((line) => line.startsWith(' *'))) throw new Unknown()
      return [`${pad}${first.trim()}\n`, ...others.map((line) => `${pad} ${line.trim()}\n`)].join('')
    })
    .join('')
}
