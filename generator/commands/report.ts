import { relative, resolve, sep } from 'node:path'
import {
  byCause,
  type Diagnostic,
  Diagnostics,
  type Locator,
  type Origin,
  type Paint,
  type Place,
  type Report,
  renderDiagnostic,
  renderGroup,
  sortedByPlace,
  summary,
} from '../support/index.ts'
import type { ExitCode, Terminal } from './terminal.ts'

/** The diagnostics of a run, and what is needed to show them. */
export interface Findings {
  readonly diagnostics: readonly Diagnostic[]
  readonly locator: Locator
  /** Absolute folder to which the names of files are relative; `null`: they are shown as they are, such as URLs. */
  readonly folder: string | null
  readonly milliseconds: number
  /** Print each diagnostic, also where several have one cause. */
  readonly verbose: boolean
}

/**
 * Prints findings for people, sorted by place, and a summary line. Those of one cause are one entry at the first of
 * their places, unless `verbose`.
 */
export function printFindings(
  { diagnostics, locator, folder, milliseconds, verbose }: Findings,
  terminal: Terminal,
): void {
  if (diagnostics.length === 0) return
  const paint = paintOf(terminal)
  const shown = shownFrom(folder, terminal.cwd)
  const sorted = sortedByPlace(diagnostics, locator)
  const blocks = verbose
    ? sorted.map((one) => renderDiagnostic(one, locator, paint, shown))
    : byCause(sorted).map((group) => renderGroup(group, locator, paint, shown))
  const hint = blocks.length < sorted.length ? '. --verbose shows each.' : ''
  terminal.err(`${blocks.join('\n\n')}\n\n${summary(diagnostics, milliseconds)}${hint}`)
}

/** One diagnostic in a JSON document. */
export interface JsonDiagnostic {
  readonly code: string
  readonly severity: string
  readonly message: string
  readonly place: Place | null
  readonly related: readonly { readonly message: string; readonly place: Place | null }[]
  readonly remedy: string | null
}

/** Findings for machines, in the same order. */
export function jsonFindings({ diagnostics, locator, folder }: Findings, cwd: string): readonly JsonDiagnostic[] {
  const place = placesFrom(locator, folder, cwd)
  return sortedByPlace(diagnostics, locator).map(({ code, severity, message, origin, related, remedy }) => ({
    code,
    severity,
    message,
    place: origin === null ? null : place(origin),
    related: related.map((one) => ({ message: one.message, place: place(one.origin) })),
    remedy,
  }))
}

/** The place of an origin, with the file relative to `cwd`. If the position is unknown it is the start of the file. */
export function placesFrom(locator: Locator, folder: string | null, cwd: string): (origin: Origin) => Place {
  const shown = shownFrom(folder, cwd)
  return (origin) => {
    const place = locator.locate(origin) ?? { file: origin.file, line: 1, column: 1, length: 1 }
    return { ...place, file: shown(place.file) }
  }
}

/** Converts names of files from relative to the manifest's folder to relative to `cwd`. */
export function shownFrom(folder: string | null, cwd: string): (file: string) => string {
  return (file) => (folder === null ? file : nameFrom(cwd, resolve(folder, file)))
}

/** A path relative to `cwd`, with forward slashes. */
export function nameFrom(cwd: string, path: string): string {
  const name = relative(cwd, path).split(sep).join('/')
  return name === '' ? '.' : name
}

const nowhere: Locator = { locate: () => null, lines: () => null }

/** Reports faults of a command line. The exit code is that of wrong usage. */
export function refuse(faults: readonly Report[], json: boolean, terminal: Terminal): ExitCode {
  const collector = new Diagnostics()
  for (const fault of faults) collector.report(fault)
  const findings = {
    diagnostics: collector.all,
    locator: nowhere,
    folder: terminal.cwd,
    milliseconds: 0,
    verbose: true,
  }
  if (json) printJson({ ok: false, diagnostics: jsonFindings(findings, terminal.cwd) }, terminal)
  else terminal.err(findings.diagnostics.map((one) => renderDiagnostic(one, nowhere, paintOf(terminal))).join('\n\n'))
  return 2
}

/** Prints the JSON document of a command. */
export function printJson(document: object, terminal: Terminal): void {
  terminal.out(JSON.stringify(document, null, 2))
}

/** An exception is a bug of the generator, whatever the input was. */
export function reportBug(terminal: Terminal, error: unknown, withStack: boolean): void {
  const { paint } = terminal
  const message = error instanceof Error ? error.message : String(error)
  const stack = error instanceof Error && error.stack !== undefined ? `\n\n${error.stack}` : ''
  const more = withStack ? stack : '\n\n  Run it again with --debug for the stack.'
  terminal.err(
    `${paint.red(paint.bold('internal error'))}  ${message}\n\n  This is a bug of gatewright. Please report it with the input that caused it.${more}`,
  )
}

export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`
}

/** `1 route`, `2 routes`. */
export function count(many: number, noun: string): string {
  return `${many} ${noun}${many === 1 ? '' : 's'}`
}

function paintOf({ paint }: Terminal): Paint {
  return {
    severity: (text, severity) => paint.bold(severity === 'error' ? paint.red(text) : paint.yellow(text)),
    code: paint.bold,
    place: paint.cyan,
    caret: paint.red,
    dim: paint.dim,
  }
}
