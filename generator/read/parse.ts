import type { Code, Diagnostics, Origin, Report } from '../support/index.ts'
import type { ReadFailure, SourceFile } from './files.ts'
import { parseExact } from './integers.ts'
import type { Limits } from './limits.ts'
import { firstOf } from './repeatedKey.ts'
import { suggestedFile } from './suggestions.ts'
import { type SyntaxFault, syntaxFault } from './syntax/index.ts'
import { type Origins, surveyTree, type Tree, type TreeFault } from './tree.ts'
import { parseYaml, type YamlFailure } from './yaml.ts'

/** The codes of errors that any kind of file can have. */
export interface FileCodes {
  readonly unreadable: Code
  readonly syntax: Code
  readonly large: Code
  readonly duplicate: Code
  readonly bomb: Code
  readonly key: Code
  readonly value: Code
}

export const manifestCodes: FileCodes = {
  unreadable: 'GW1001',
  syntax: 'GW1002',
  large: 'GW1003',
  duplicate: 'GW1004',
  bomb: 'GW1005',
  key: 'GW1006',
  value: 'GW1007',
}

export const documentCodes: FileCodes = {
  unreadable: 'GW1101',
  syntax: 'GW1102',
  large: 'GW1103',
  duplicate: 'GW1104',
  bomb: 'GW1105',
  key: 'GW1106',
  value: 'GW1107',
}

/**
 * Reports why a file was not read.
 *
 * @param origin the place that names the file
 * @param documents files that may be meant instead
 */
export function reportFailure(
  failure: ReadFailure,
  shown: string,
  maxBytes: number,
  codes: FileCodes,
  origin: Origin | null,
  diagnostics: Diagnostics,
  documents: () => readonly string[],
): void {
  const report = failureReport(failure, shown, maxBytes, codes)
  const remedy = failure.kind === 'absent' ? suggestedFile(shown, documents()) : null
  diagnostics.report({ ...report, remedy: remedy ?? report.remedy ?? null, origin })
}

function failureReport(
  failure: ReadFailure,
  shown: string,
  maxBytes: number,
  codes: FileCodes,
): Omit<Report, 'origin'> {
  switch (failure.kind) {
    case 'absent':
      return { code: codes.unreadable, message: `${shown} cannot be read: ${failure.reason}.` }
    case 'outside':
      return { code: 'GW1202', message: `${shown} is outside the folders that may be read.` }
    case 'large': {
      const message = `${shown} has ${inWords(failure.bytes)}, more than the ${inWords(maxBytes)} that are read.`
      return { code: codes.large, message }
    }
    case 'encoding':
      return { code: codes.syntax, message: `${shown} is not encoded in UTF-8.`, remedy: 'Save the file in UTF-8.' }
  }
}

/** Parses a document that is a spec, an overlay or a part of one; `null` if an error was reported. */
export function parseDocument(
  file: SourceFile,
  limits: Limits,
  origins: Origins,
  diagnostics: Diagnostics,
): Tree | null {
  const value = file.path.endsWith('.json')
    ? parseJson(file, limits, diagnostics)
    : parseText(file, limits, diagnostics)
  if (value === undefined) return null
  const tree = surveyTree(value, file.shown, limits, origins)
  reportFaults(tree.faults, documentCodes, diagnostics)
  return tree.faults.length > 0 ? null : tree
}

/** Reports the faults that a survey found in a file. */
export function reportFaults(faults: readonly TreeFault[], codes: FileCodes, diagnostics: Diagnostics): void {
  for (const fault of faults) {
    const { file } = fault.origin
    switch (fault.kind) {
      case 'nodes':
        diagnostics.report({
          code: codes.bomb,
          message: `${file} expands to more than ${fault.limit.toLocaleString('en')} values.`,
          origin: fault.origin,
        })
        break
      case 'depth': {
        const message = `${file} is nested more than ${fault.limit} levels deep.`
        diagnostics.report({ code: codes.bomb, message, origin: fault.origin })
        break
      }
      case 'key':
        diagnostics.report({
          code: codes.key,
          message: `The key \`${fault.key}\` is not allowed.`,
          origin: fault.origin,
        })
        break
      case 'value':
        diagnostics.report({
          code: codes.value,
          message: `JSON cannot express the value written here (${fault.found}).`,
          origin: fault.origin,
        })
    }
  }
}

/** `JSON.parse` is sixteen times faster than the YAML parser, which is used only to find a syntax error and its place. */
function parseJson(file: SourceFile, limits: Limits, diagnostics: Diagnostics): unknown {
  try {
    return parseExact(file.text)
  } catch {
    const value = parseText(file, limits, diagnostics)
    if (value !== undefined) {
      const at = { line: 1, column: 1, length: 1 }
      const message = `${file.shown} is not valid JSON, although its name says so.`
      diagnostics.report({ code: 'GW1102', message, origin: { file: file.shown, pointer: '', at } })
    }
    return undefined
  }
}

function parseText(file: SourceFile, limits: Limits, diagnostics: Diagnostics): unknown {
  const result = parseYaml(file.text, limits.aliases, limits.depth)
  if (result.kind === 'value') return result.value
  diagnostics.report(failedParse(file, result))
  return undefined
}

function failedParse({ shown, text }: SourceFile, failure: YamlFailure): Report {
  const { reason, line, column } = failure
  const origin: Origin = { file: shown, pointer: '', at: { line, column, length: 1 } }
  if (reason.includes('duplicated mapping key')) return repeatedKey(shown, text, { line, column })
  if (reason.includes('maxAliases')) return { code: 'GW1105', message: `${shown} expands too far by aliases.`, origin }
  if (reason.includes('maxDepth')) return { code: 'GW1105', message: `${shown} is nested too deeply.`, origin }
  return syntaxReport('GW1102', shown, syntaxFault(text, failure))
}

/** The report of a mistake in the syntax of a file. */
export function syntaxReport(code: Code, shown: string, fault: SyntaxFault): Report {
  const { what, remedy, line, column, length } = fault
  const origin: Origin = { file: shown, pointer: '', at: { line, column, length } }
  return { code, message: `${shown} is not valid YAML: ${what}.`, origin, remedy }
}

function repeatedKey(shown: string, text: string, at: { readonly line: number; readonly column: number }): Report {
  const { key, first } = firstOf(text.split(/\r\n|\n|\r/), at)
  const place = (of: { readonly line: number; readonly column: number }): Origin => ({
    file: shown,
    pointer: '',
    at: { ...of, length: Math.max(1, key.length) },
  })
  return {
    code: 'GW1104',
    message: `The key \`${key}\` occurs twice in the same map.`,
    origin: place(at),
    related: first === null ? [] : [{ origin: place(first), message: 'is the first' }],
  }
}

function inWords(bytes: number): string {
  if (bytes < 10_000) return `${bytes} bytes`
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
