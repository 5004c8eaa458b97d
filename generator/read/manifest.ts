import { type Document, isScalar, LineCounter, parseDocument, visit } from 'yaml'
import type { Diagnostics } from '../support/index.ts'
import type { SourceFile } from './files.ts'
import type { Limits } from './limits.ts'
import { manifestCodes, reportFaults } from './parse.ts'
import { surveyTree } from './tree.ts'
import type { JsonValue } from './types.ts'
import { parseYaml } from './yaml.ts'

/** Limit of reported errors: for some inputs the parser reports one for each character. */
const MOST_ERRORS = 20

/** Parses the manifest with a parser that finds all syntax errors at once; `null` if an error was reported. */
export function parseManifest(file: SourceFile, limits: Limits, diagnostics: Diagnostics): JsonValue | null {
  // `parseDocument` has no limits and is slow on deep nesting, so the parser of the specs runs first.
  const quick = parseYaml(file.text, limits.aliases, limits.depth)
  if (quick.kind === 'failure' && /maxAliases|maxDepth/.test(quick.reason)) {
    const at = { line: quick.line, column: quick.column, length: 1 }
    const what = quick.reason.includes('maxDepth') ? 'is nested too deeply' : 'expands too far by aliases'
    const message = `${file.shown} ${what}.`
    diagnostics.report({ code: 'GW1005', message, origin: { file: file.shown, pointer: '', at } })
    return null
  }
  const counter = new LineCounter()
  const document = parseDocument(file.text, {
    lineCounter: counter,
    version: '1.2',
    schema: 'core',
    merge: true,
    prettyErrors: false,
    // The library's check compares each key with each other key, in quadratic time.
    uniqueKeys: false,
  })
  // A closing bracket that is indented less than its items is taken, as in specs.
  const warnings = document.warnings.filter(({ code }) => code !== 'BAD_INDENT')
  const faults = [...document.errors, ...warnings].map(({ message, pos }) => ({
    code: 'GW1002' as const,
    message: `${file.shown} is not valid YAML: ${uncapitalised(message)}`,
    pos,
  }))
  const repeated = repeatedKeys(document).map((pos) => ({
    code: 'GW1004' as const,
    message: `${file.shown}: this key occurs twice in the same map.`,
    pos,
  }))
  for (const { code, message, pos } of [...faults, ...repeated].slice(0, MOST_ERRORS)) {
    const { line, col } = counter.linePos(pos[0])
    const end = counter.linePos(pos[1])
    const length = end.line === line ? Math.max(1, end.col - col) : 1
    diagnostics.report({ code, message, origin: { file: file.shown, pointer: '', at: { line, column: col, length } } })
  }
  if (faults.length + repeated.length > 0) return null
  keepKeys(document)

  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: limits.aliases })
  } catch {
    const message = `${file.shown} expands too far by aliases.`
    diagnostics.report({ code: 'GW1005', message, origin: { file: file.shown, pointer: '' } })
    return null
  }
  const tree = surveyTree(value, file.shown, limits, new WeakMap())
  reportFaults(tree.faults, manifestCodes, diagnostics)
  // An empty file is validated as an empty map, which reports all missing properties.
  return tree.faults.length > 0 ? null : (tree.value ?? {})
}

/** Makes the keys of maps texts, as in specs. */
function keepKeys(document: Document): void {
  visit(document, {
    Pair(_, { key }) {
      if (isScalar(key) && typeof key.value !== 'string' && key.source !== undefined) key.value = key.source
    },
  })
}

/** Ranges of keys that repeat a key of the same map. `<<` may be repeated, as in YAML 1.1. */
function repeatedKeys(document: Document): readonly (readonly [number, number])[] {
  const found: (readonly [number, number])[] = []
  visit(document, {
    Map(_, map) {
      const seen = new Set<unknown>()
      for (const { key } of map.items) {
        if (!isScalar(key) || key.value === '<<') continue
        const name = key.source ?? String(key.value)
        if (seen.has(name) && key.range) found.push([key.range[0], key.range[1]])
        seen.add(name)
      }
    },
  })
  return found
}

function uncapitalised(message: string): string {
  const first = message.split('\n')[0] ?? message
  const text = first.charAt(0).toLowerCase() + first.slice(1)
  return text.endsWith('.') ? text : `${text}.`
}
