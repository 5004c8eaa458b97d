import { LineCounter, parseDocument } from 'yaml'
import type { Diagnostics, Origin } from '../support/index.ts'
import type { SourceFile } from './files.ts'
import type { Limits } from './limits.ts'
import { manifestCodes, reportFaults } from './parse.ts'
import { surveyTree } from './tree.ts'
import type { JsonValue } from './types.ts'

/** Parses the manifest with a parser that finds every syntax error at once; `null` when any was reported. */
export function parseManifest(file: SourceFile, limits: Limits, diagnostics: Diagnostics): JsonValue | null {
  const counter = new LineCounter()
  const document = parseDocument(file.text, {
    lineCounter: counter,
    version: '1.2',
    schema: 'core',
    merge: true,
    prettyErrors: false,
  })
  for (const error of [...document.errors, ...document.warnings]) {
    const { line, col } = counter.linePos(error.pos[0])
    const end = counter.linePos(error.pos[1])
    const length = end.line === line ? Math.max(1, end.col - col) : 1
    const origin: Origin = { file: file.shown, pointer: '', at: { line, column: col, length } }
    const twice = error.code === 'DUPLICATE_KEY'
    const message = twice
      ? `${file.shown}: this key stands in the same map twice.`
      : `${file.shown} is not valid YAML: ${uncapitalised(error.message)}`
    diagnostics.report({ code: twice ? 'GW1004' : 'GW1002', message, origin })
  }
  if (document.errors.length + document.warnings.length > 0) return null

  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: limits.aliases })
  } catch {
    const message = `${file.shown} repeats too much by aliases.`
    diagnostics.report({ code: 'GW1005', message, origin: { file: file.shown, pointer: '' } })
    return null
  }
  const tree = surveyTree(value, file.shown, limits, new WeakMap())
  reportFaults(tree.faults, manifestCodes, diagnostics)
  return tree.faults.length > 0 ? null : tree.value
}

function uncapitalised(message: string): string {
  const first = message.split('\n')[0] ?? message
  const text = first.charAt(0).toLowerCase() + first.slice(1)
  return text.endsWith('.') ? text : `${text}.`
}
