import { type Document, isScalar, LineCounter, parseDocument, visit } from 'yaml'
import type { Diagnostics, Origin } from '../support/index.ts'
import type { SourceFile } from './files.ts'
import type { Limits } from './limits.ts'
import { manifestCodes, reportFaults, syntaxReport } from './parse.ts'
import { type SyntaxFault, syntaxFault } from './syntax/index.ts'
import { surveyTree } from './tree.ts'
import type { JsonValue } from './types.ts'
import { parseYaml, type YamlFailure, type YamlResult } from './yaml.ts'

/** The most errors of syntax that are reported. */
const MOST_ERRORS = 20

/** Parses the manifest; `null` if an error was reported. */
export function parseManifest(
  file: SourceFile,
  limits: Limits,
  diagnostics: Diagnostics,
): { readonly value: JsonValue } | null {
  // `parseDocument` has no limits and is slow on deep nesting, so the parser of the specs runs first.
  const quick = parseYaml(file.text, limits.aliases, limits.depth)
  if (quick.kind === 'failure' && /maxAliases|maxDepth/.test(quick.reason)) {
    const at = { line: quick.line, column: quick.column, length: 1 }
    const what = quick.reason.includes('maxDepth') ? 'is nested too deeply' : 'expands too far by aliases'
    const message = `${file.shown} ${what}.`
    diagnostics.report({ code: 'GW1005', message, origin: { file: file.shown, pointer: '', at } })
    return null
  }
  if (quick.kind === 'failure' && !quick.reason.includes('duplicated')) {
    for (const fault of faultsOf(file.text, quick, limits)) {
      diagnostics.report(syntaxReport('GW1002', file.shown, fault))
    }
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
  const [fault] = [...document.errors, ...document.warnings.filter(({ code }) => code !== 'BAD_INDENT')]
  const at = ([start, end]: readonly [number, number]): Origin => {
    const { line, col } = counter.linePos(start)
    const last = counter.linePos(end)
    const length = last.line === line ? Math.max(1, last.col - col) : 1
    return { file: file.shown, pointer: '', at: { line, column: col, length } }
  }
  if (fault !== undefined) {
    const message = `${file.shown} is not valid YAML: ${uncapitalised(fault.message)}`
    diagnostics.report({ code: 'GW1002', message, origin: at(fault.pos) })
    return null
  }
  const repeated = repeatedKeys(document)
  for (const { name, first, again } of repeated.slice(0, MOST_ERRORS)) {
    const message = `The key \`${name}\` occurs twice in the same map.`
    const related = [{ origin: at(first), message: 'is the first' }]
    diagnostics.report({ code: 'GW1004', message, origin: at(again), related })
  }
  if (repeated.length > 0) return null
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
  return tree.faults.length > 0 ? null : { value: tree.value }
}

/** Makes the keys of maps texts, as in specs. */
function keepKeys(document: Document): void {
  visit(document, {
    Pair(_, { key }) {
      if (isScalar(key) && typeof key.value !== 'string' && key.source !== undefined) key.value = key.source
    },
  })
}

type Range = readonly [number, number]

interface RepeatedKey {
  readonly name: string
  readonly first: Range
  readonly again: Range
}

/** Keys that repeat a key of the same map. `<<` may be repeated, as in YAML 1.1. */
function repeatedKeys(document: Document): readonly RepeatedKey[] {
  const found: RepeatedKey[] = []
  visit(document, {
    Map(_, map) {
      const seen = new Map<string, Range>()
      for (const { key } of map.items) {
        if (!isScalar(key) || key.value === '<<' || !key.range) continue
        const name = key.source ?? String(key.value)
        const range: Range = [key.range[0], key.range[1]]
        const first = seen.get(name)
        if (first === undefined) seen.set(name, range)
        else found.push({ name, first, again: range })
      }
    },
  })
  return found
}

/** The mistakes in a text that cannot be parsed. Each line with a mistake that has one correction is corrected to find the next. */
function faultsOf(text: string, failure: YamlFailure, limits: Limits): readonly SyntaxFault[] {
  const lines = text.split(/\r\n|\n|\r/)
  const found: SyntaxFault[] = []
  let next: YamlResult = failure
  while (next.kind === 'failure' && found.length < MOST_ERRORS) {
    const fault = syntaxFault(lines.join('\n'), next)
    if (found.some(({ line }) => line === fault.line)) break
    found.push(fault)
    if (fault.corrected === null) break
    lines[fault.line - 1] = fault.corrected
    next = parseYaml(lines.join('\n'), limits.aliases, limits.depth)
  }
  return found
}

function uncapitalised(message: string): string {
  const first = message.split('\n')[0] ?? message
  const text = first.charAt(0).toLowerCase() + first.slice(1)
  return text.endsWith('.') ? text : `${text}.`
}
