import type ts from 'typescript'
import { printer, typescript } from './printer.ts'

const { isIdentifier, isStringLiteral, isNumericLiteral, SyntaxKind } = typescript

/**
 * The text of declarations that were made, not parsed: the same as TypeScript's own printer gives, in a tenth of its time. That one
 * counts lines and columns of all that it writes. A statement with anything in it that is not allowed here is left to it.
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

/** What is to be left to TypeScript's printer. */
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
  // Some literals come as identifiers that are spelt like them.
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

/** Those that the node's maker should have set in parentheses; with none there, TypeScript's printer adds them. */
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

/** A name, or a literal in the place of one. */
function nameText(node: ts.Node): string {
  if (node.pos >= 0) throw new Unknown()
  if (isStringLiteral(node)) return isPlain(node.text) ? `"${node.text}"` : escapedText(node)
  if (isIdentifier(node) || isNumericLiteral(node)) return node.text
  throw new Unknown()
}

/** Whether a text stands between double quotes as it is. */
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

/** The comments above a node, each on lines of its own. */
function commentText(node: ts.Node, pad: string): string {
  const comments = typescript.getSyntheticLeadingComments(node)
  if (comments === undefined) return ''
  return comments
    .map(({ kind, text, hasLeadingNewline, hasTrailingNewLine }) => {
      if (kind !== SyntaxKind.MultiLineCommentTrivia || hasLeadingNewline === true || hasTrailingNewLine !== true)
        throw new Unknown()
      const [first = '', ...others] = `/*${text}*/`.split(/\r\n|[\n\r\u2028\u2029]/)
      // A line that begins otherwise would be moved by what it begins with.
      if (!others.every((line) => line.startsWith(' *'))) throw new Unknown()
      return [`${pad}${first.trim()}\n`, ...others.map((line) => `${pad} ${line.trim()}\n`)].join('')
    })
    .join('')
}
