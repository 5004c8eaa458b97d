import type ts from 'typescript'
import type { Diagnostics } from '../support/index.ts'
import { isPlainTypes } from './plainTypes.ts'
import { typescript } from './printer.ts'
import type { GeneratedFile } from './types.ts'

/**
 * What an emitted TypeScript file may contain: declarations of types, constants of plain data, or code of the
 * templates.
 */
export type Kind = 'types' | 'data' | 'program'

export interface Verifiable {
  readonly file: GeneratedFile
  readonly kind: Kind
}

/** Comments declare nothing, and parsing JSDoc would double the time. */
const how = {
  languageVersion: typescript.ScriptTarget.ES2023,
  jsDocParsingMode: typescript.JSDocParsingMode.ParseNone,
} as const

/** TypeScript's internal list of syntax errors. A `Program` has the same, but keeps every tree in memory. */
interface Parsed extends ts.SourceFile {
  readonly parseDiagnostics: readonly ts.DiagnosticWithLocation[]
}

/**
 * Parses every emitted TypeScript file before anything is written, and checks that it contains only what its kind
 * allows: a file of types declares only types, and a file of data computes nothing, whatever the specification contains
 * (rule G1). Returns whether all files are valid; faults are reported.
 */
export function verify(files: readonly Verifiable[], diagnostics: Diagnostics): boolean {
  let isSound = true
  for (const { file, kind } of files) {
    const { path, contents } = file
    if (kind === 'types' && partsOf(contents).every((part) => isFaultless(path, part))) continue
    const source = parsed(path, contents)
    const fault = faultIn(source, kind)
    if (fault === null) continue
    isSound = false
    fail(source, fault, diagnostics)
  }
  return isSound
}

/**
 * The approximate number of characters that are parsed at a time. The tree of a large file would be copied by the
 * garbage collector repeatedly.
 */
const partLength = 50_000

/**
 * Splits declarations of types after members of interfaces, and closes and reopens an interface there. If each part is
 * valid, so is the whole: the parts contain only types, and all braces within types enclose members. A split at another
 * place makes a part invalid.
 */
function partsOf(contents: string): string[] {
  const parts: string[] = []
  let from = 0
  for (let cut = behindMember(contents, partLength); cut > 0; cut = behindMember(contents, cut + partLength)) {
    parts.push(contents.slice(from, cut))
    from = cut
  }
  parts.push(contents.slice(from))
  return parts.map((part, at) => (at === 0 ? '' : 'interface Open {\n') + part + (at === parts.length - 1 ? '' : '}'))
}

/** The end of the first member of an interface that ends after the offset; 0: there is none. */
function behindMember(contents: string, offset: number): number {
  const end = '\n    };\n'
  const at = contents.indexOf(end, offset)
  return at < 0 ? 0 : at + end.length
}

function isFaultless(path: string, part: string): boolean {
  return isPlainTypes(part) || faultIn(parsed(path, part), 'types') === null
}

function parsed(path: string, text: string): Parsed {
  return typescript.createSourceFile(path, text, how) as Parsed
}

interface Fault {
  readonly position: number
  readonly message: string
}

function faultIn(source: Parsed, kind: Kind): Fault | null {
  const [first] = source.parseDiagnostics
  if (first !== undefined) {
    const message = typescript.flattenDiagnosticMessageText(first.messageText, ' ').replace(/\.$/, '')
    return { position: first.start, message }
  }
  const intruder = source.statements.find((statement) => !allowed[kind](statement))
  if (intruder === undefined) return null
  const message = `${typescript.SyntaxKind[intruder.kind]} is not allowed in a file of ${kind}`
  return { position: intruder.getStart(source), message }
}

function fail(source: ts.SourceFile, { position, message }: Fault, diagnostics: Diagnostics): void {
  const { line } = source.getLineAndCharacterOfPosition(position)
  diagnostics.report({
    code: 'GW4001',
    message: `${source.fileName}:${line + 1} is not valid: ${message}.`,
    origin: null,
    remedy:
      'This is a fault of gatewright, not of your documents. Nothing was written. Please report it with the specification.',
  })
}

const allowed: Readonly<Record<Kind, (statement: ts.Statement) => boolean>> = {
  types: (statement) => typescript.isInterfaceDeclaration(statement) || typescript.isTypeAliasDeclaration(statement),
  data: (statement) =>
    isTypeImport(statement) ||
    (typescript.isVariableStatement(statement) &&
      statement.declarationList.declarations.every(
        ({ name, initializer }) => typescript.isIdentifier(name) && initializer !== undefined && isData(initializer),
      )),
  program: () => true,
}

function isTypeImport(statement: ts.Statement): boolean {
  return (
    typescript.isImportDeclaration(statement) &&
    statement.importClause?.phaseModifier === typescript.SyntaxKind.TypeKeyword
  )
}

function isData(node: ts.Expression): boolean {
  if (typescript.isAsExpression(node) || typescript.isSatisfiesExpression(node)) return isData(node.expression)
  if (typescript.isArrayLiteralExpression(node)) return node.elements.every(isData)
  if (typescript.isObjectLiteralExpression(node)) {
    return node.properties.every(
      (property) => typescript.isPropertyAssignment(property) && isKey(property.name) && isData(property.initializer),
    )
  }
  if (typescript.isPrefixUnaryExpression(node)) return typescript.isNumericLiteral(node.operand)
  return (
    typescript.isStringLiteral(node) ||
    typescript.isNumericLiteral(node) ||
    node.kind === typescript.SyntaxKind.TrueKeyword ||
    node.kind === typescript.SyntaxKind.FalseKeyword ||
    node.kind === typescript.SyntaxKind.NullKeyword
  )
}

function isKey(name: ts.PropertyName): boolean {
  return (
    typescript.isIdentifier(name) ||
    typescript.isStringLiteral(name) ||
    (typescript.isComputedPropertyName(name) && typescript.isStringLiteral(name.expression))
  )
}
