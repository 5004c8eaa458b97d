import { ts } from 'ts-morph'

/**
 * The kinds of all nodes of a TypeScript file, in order, with the names of identifiers. Names of members count as one
 * kind, because quotes depend on their text.
 */
export function syntaxTree(path: string, text: string): readonly string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true)
  const nodes: string[] = []
  const visit = (node: ts.Node): void => {
    nodes.push(describe(node))
    ts.forEachChild(node, visit)
  }
  visit(source)
  return nodes
}

function describe(node: ts.Node): string {
  const { parent } = node
  if (parent !== undefined && 'name' in parent && parent.name === node && isMember(parent)) return 'name'
  const kind = ts.SyntaxKind[node.kind] ?? ''
  return ts.isIdentifier(node) ? `${kind} ${node.text}` : kind
}

function isMember(node: ts.Node): boolean {
  return ts.isPropertyAssignment(node) || ts.isPropertySignature(node)
}

interface Parsed extends ts.SourceFile {
  readonly parseDiagnostics: readonly ts.Diagnostic[]
  readonly commentDirectives?: readonly unknown[]
  readonly checkJsDirective?: unknown
  readonly pragmas: ReadonlyMap<string, unknown>
}

/** Compiler directives in the comments of a file. */
export function directives(path: string, text: string): readonly string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true) as Parsed
  return [
    ...(source.commentDirectives ?? []).map(() => '@ts-'),
    ...(source.checkJsDirective === undefined ? [] : ['@ts-check']),
    ...source.pragmas.keys(),
    ...(/^\s*\/[/*][#@]\s*source(?:Mapping)?URL=/m.test(text) ? ['sourceMappingURL'] : []),
  ]
}

/**
 * The markup of a Markdown text (CommonMark, with tables and autolinks of GitHub): for each line, all characters with a
 * meaning in Markdown, without the words and without code spans.
 */
export function markup(text: string): readonly string[] {
  return text.split('\n').map((line) => {
    const spans = line.replaceAll(/<code>((?:[A-Za-z0-9 ]|&#\d+;)*)<\/code>/g, '').replaceAll(/(?<!\\)`[^`|\n]*`/g, '')
    const plain = spans.replaceAll(/\\[!-/:-@[-`{-~]/g, '')
    const block =
      /^\s*(?:#{1,6}\s|[-+]\s|\d+[.)]\s|>|```|~~~|={3,}\s*$|-{3,}\s*$|\t| {4})/.exec(plain)?.[0].trim() ?? ''
    const inline =
      plain.match(/[`*[\]<>|~]|!\[|:\/\/|\bwww\.|&#?\w+;|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|[\w.+-]+@\w/gu) ?? []
    return [block, ...inline].join(' ')
  })
}

/** Characters that move the cursor of a terminal, are invisible, or change the direction of text. */
export const invisible =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

/**
 * JSON data without its texts and keys. Members are sorted, because the order of generated names depends on the texts.
 */
export function jsonShape(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jsonShape).join()}]`
  if (typeof value !== 'object' || value === null) return typeof value
  return `{${Object.values(value).map(jsonShape).sort().join()}}`
}
