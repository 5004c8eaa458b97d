import { resolve } from 'node:path'
import { notesOfGone } from '../diff/index.ts'
import type { ClientOutcome, Outcome } from '../memory/index.ts'
import { changeRows, jsonChanges, noteRows, summaryOf } from './changes.ts'
import { printDecisions } from './decisions.ts'
import type { Inputs } from './inputs.ts'
import { outcome } from './outcome.ts'
import { withManifest } from './preamble.ts'
import { showStage } from './progress.ts'
import { count, nameFrom, printFindings } from './report.ts'
import { columns } from './table.ts'
import type { ExitCode, Terminal } from './terminal.ts'

export interface GenerateCommandOptions extends Inputs {
  readonly force: boolean
}

/** Emits the gateways, and prints for each client what changes for its callers. */
export function generateCommand(options: GenerateCommandOptions, terminal: Terminal): Promise<ExitCode> {
  const { force, json } = options
  return withManifest(options, terminal, async (session) => {
    const { out, name } = session
    const result = await outcome(
      { ...session.wanted, out, until: 'write', force, frugal: true, onStage: showStage(terminal) },
      force,
      terminal,
    )
    const { diagnostics, written } = result
    const ok = written !== null && !diagnostics.hasErrors
    const decisions = session.openDecisions()
    if (json) {
      session.printDocument(ok, diagnostics, {
        clients: result.clients.map(({ id, routes, skipped, changes }) => ({
          id,
          routes,
          skipped,
          ...jsonChanges(changes),
          folder: nameFrom(terminal.cwd, resolve(out, id)),
        })),
        gone: result.gone.map(({ id, routes }) => ({ id, notes: notesOfGone(routes) })),
        wrote: written?.wrote ?? [],
        removed: written?.removed ?? [],
        merged: written?.merged ?? [],
        left: written?.left ?? 0,
        decisions,
      })
      return ok ? 0 : 1
    }
    printFindings(session.findings(diagnostics), terminal)
    if (!ok) {
      printDecisions(decisions, name, terminal)
      return 1
    }
    if (diagnostics.all.length > 0) terminal.err('')
    terminal.err(overview(name, result, out, terminal))
    terminal.err(`${writtenText(written)}. ${session.elapsed()}`)
    if (written.merged.length > 0) terminal.err(mergedText(written.merged))
    printDecisions(decisions, name, terminal)
    return 0
  })
}

function writtenText({ wrote, removed, left }: NonNullable<Outcome['written']>): string {
  const files =
    wrote.length > 0
      ? `Wrote ${count(wrote.length, 'file')}, ${left} unchanged`
      : `Nothing to write, ${count(left, 'file')} unchanged`
  return removed.length > 0 ? `${files}, removed ${removed.length}` : files
}

/** Names the files, because an edit that was made during the merge is lost in them. */
function mergedText(paths: readonly string[]): string {
  return `Written again, because two branches generated them and their merge was something else: ${paths.join(', ')}`
}

function overview(
  manifest: string,
  { clients, gone, services, operations }: Outcome,
  out: string,
  terminal: Terminal,
): string {
  const { paint, cwd } = terminal
  const folder = (id: string): string => paint.dim(nameFrom(cwd, resolve(out, id)))
  const rows = [
    ...clients.map((client) => [client.id, routesText(client), summaryOf(client.changes), folder(client.id)]),
    ...gone.map(({ id, routes }) => [id, count(routes.length, 'route'), 'gone', folder(id)]),
  ]
  const details = [
    ...clients.map(({ changes }) => columns(changeRows(changes, terminal))),
    ...gone.map(({ routes }) => columns(noteRows(notesOfGone(routes), terminal))),
  ]
  return [
    `${paint.bold(manifest)}  ${count(services, 'service')}, ${count(operations, 'operation')}`,
    ...columns(rows).flatMap((line, index) => [
      `  ${line}`,
      ...(details[index] ?? []).map((detail) => `    ${detail}`),
    ]),
  ].join('\n')
}

/** Each operation that is left out has a warning with the reason. */
function routesText({ routes, skipped }: ClientOutcome): string {
  const leftOut = skipped.length === 0 ? '' : ` (${count(skipped.length, 'operation')} left out)`
  return count(routes, 'route') + leftOut
}
