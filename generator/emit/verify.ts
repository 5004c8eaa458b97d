import type { ts as TypeScript } from 'ts-morph'
import type { Diagnostics } from '../support/index.ts'
import { ts } from './morph.ts'
import { isPlainTypes } from './plainTypes.ts'
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
const how = { languageVersion: ts.ScriptTarget.ES2023, jsDocParsingMode: ts.JSDocParsingMode.ParseNone } as const

/** TypeScript's internal list of syntax errors. A `Program` has the same, but keeps every tree in memory. */
interface Parsed extends TypeScript.SourceFile {
  readonly parseDiagnostics: readonly TypeScript.DiagnosticWithLocation[]
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
  return ts.createSourceFile(path, text, how) as Parsed
}

interface Fault {
  readonly position: number
  readonly message: string
}

function faultIn(source: Parsed, kind: Kind): Fault | null {
  const [first] = source.parseDiagnostics
  if (first !== undefined) {
    const message = ts.flattenDiagnosticMessageText(first.messageText, ' ').replace(/\.$/, '')
    return { position: first.start, message }
  }
  const intruder = source.statements.find((statement) => !allowed[kind](statement))
  if (intruder === undefined) return null
  const message = `${ts.SyntaxKind[intruder.kind]} is not allowed in a file of ${kind}`
  return { position: intruder.getStart(source), message }
}

function fail(source: TypeScript.SourceFile, { position, message }: Fault, diagnostics: Diagnostics): void {
  const { line } = source.getLineAndCharacterOfPosition(position)
  diagnostics.report({
    code: 'GW4001',
    message: `${source.fileName}:${line + 1} is not valid: ${message}.`,
    origin: null,
    remedy:
      'This is a fault of gatewright, not of your documents. Nothing was written. Please report it with the specification.',
  })
}

const allowed: Readonly<Record<Kind, (statement: TypeScript.Statement) => boolean>> = {
  types: (statement) => ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement),
  data: (statement) =>
    isTypeImport(statement) ||
    (ts.isVariableStatement(statement) &&
      statement.declarationList.declarations.every(
        ({ name, initializer }) => ts.isIdentifier(name) && initializer !== undefined && isData(initializer),
      )),
  program: () => true,
}

function isTypeImport(statement: TypeScript.Statement): boolean {
  return ts.isImportDeclaration(statement) && statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
}

function isData(node: TypeScript.Expression): boolean {
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) return isData(node.expression)
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(isData)
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.every(
      (property) => ts.isPropertyAssignment(property) && isKey(property.name) && isData(property.initializer),
    )
  }
  if (ts.isPrefixUnaryExpression(node)) return ts.isNumericLiteral(node.operand)
  return (
    ts.isStringLiteral(node) ||
    ts.isNumericLiteral(node) ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    node.kind === ts.SyntaxKind.NullKeyword
  )
}

function isKey(name: TypeScript.PropertyName): boolean {
  return (
    ts.isIdentifier(name) ||
    ts.isStringLiteral(name) ||
    (ts.isComputedPropertyName(name) && ts.isStringLiteral(name.expression))
  )
}
