import { dirname, resolve } from 'node:path'
import type { ClientOutcome, Outcome } from '../memory/index.ts'
import { visible } from '../support/index.ts'
import type { Inputs } from './inputs.ts'
import { findManifest } from './manifestFile.ts'
import { outcome } from './outcome.ts'
import { showStage } from './progress.ts'
import { count, jsonFindings, nameFrom, printFindings, printJson, refuse, seconds } from './report.ts'
import { columns } from './table.ts'
import type { ExitCode, Terminal } from './terminal.ts'

export interface GenerateCommandOptions extends Inputs {
  readonly force: boolean
}

/** Emits the gateways and says, for each client, what that changes for those who call it. */
export async function generateCommand(options: GenerateCommandOptions, terminal: Terminal): Promise<ExitCode> {
  const found = findManifest(options.manifest, options.clients, terminal.cwd)
  if (found.kind === 'faults') return refuse(found.faults, options.json, terminal)

  const started = performance.now()
  const out = resolve(terminal.cwd, options.out)
  const result = await outcome(
    {
      manifest: found.path,
      out,
      mode: 'write',
      force: options.force,
      skipUnsupported: options.skipUnsupported,
      clients: options.clients,
      onStage: showStage(terminal),
    },
    options.force,
    terminal,
  )
  const milliseconds = performance.now() - started
  const { diagnostics, written } = result
  const findings = {
    diagnostics: diagnostics.all,
    locator: diagnostics.locator,
    folder: dirname(found.path),
    milliseconds,
  }
  const ok = written !== null && !diagnostics.hasErrors

  if (options.json) {
    printJson(
      {
        ok,
        manifest: nameFrom(terminal.cwd, found.path),
        diagnostics: jsonFindings(findings, terminal.cwd),
        clients: result.clients.map((client) => ({
          ...jsonClient(client),
          folder: nameFrom(terminal.cwd, resolve(out, client.id)),
        })),
        wrote: written?.wrote ?? [],
        removed: written?.removed ?? [],
        left: written?.left ?? 0,
        milliseconds: Math.round(milliseconds),
      },
      terminal,
    )
    return ok ? 0 : 1
  }
  printFindings(findings, terminal)
  if (!ok) return 1
  const { wrote, removed, left } = written
  if (diagnostics.all.length > 0) terminal.err('')
  terminal.err(overview(found.path, result, out, terminal))
  terminal.err(
    [
      wrote.length > 0
        ? `Wrote ${count(wrote.length, 'file')}, left ${left} as they were`
        : `Nothing to write, ${count(left, 'file')} left as they were`,
      ...(removed.length > 0 ? [`, removed ${removed.length}`] : []),
      `. ${seconds(milliseconds)}`,
    ].join(''),
  )
  return 0
}

function overview(
  manifest: string,
  { clients, services, operations }: Outcome,
  out: string,
  terminal: Terminal,
): string {
  const { paint, cwd } = terminal
  const rows = clients.map((client) => [
    client.id,
    routesText(client),
    changesOf(client),
    paint.dim(nameFrom(cwd, resolve(out, client.id))),
  ])
  const details = clients.map(({ access }) =>
    columns(
      (access?.widened ?? []).map(({ method, path, what }) => [
        paint.yellow('widened'),
        visible(`${method} ${path}`),
        visible(what.join('; ')),
      ]),
    ),
  )
  return [
    `${paint.bold(nameFrom(cwd, manifest))}  ${count(services, 'service')}, ${count(operations, 'operation')}`,
    ...columns(rows).flatMap((line, index) => [
      `  ${line}`,
      ...(details[index] ?? []).map((detail) => `    ${detail}`),
    ]),
  ].join('\n')
}

/** Operations that are left out have a warning each, with the reason. */
function routesText({ routes, skipped }: ClientOutcome): string {
  const leftOut = skipped.length === 0 ? '' : ` (${count(skipped.length, 'operation')} left out)`
  return count(routes, 'route') + leftOut
}

/** What callers of a client will notice, by its access table. */
function changesOf({ access }: ClientOutcome): string {
  if (access === null) return 'first time'
  const { added, changed, removed, widened } = access
  const parts = [
    ...(widened.length > 0 ? [`access widened: ${widened.length}`] : []),
    ...(added.length > 0 ? [`${added.length} new`] : []),
    ...(changed.length > 0 ? [`${changed.length} changed`] : []),
    ...(removed.length > 0 ? [`${removed.length} gone`] : []),
  ]
  return parts.length === 0 ? 'unchanged' : parts.join(', ')
}

function jsonClient({ id, routes, skipped, access }: ClientOutcome): object {
  const names = (rows: readonly { readonly method: string; readonly path: string }[]): readonly string[] =>
    rows.map(({ method, path }) => `${method} ${path}`)
  return {
    id,
    routes,
    skipped,
    access:
      access === null
        ? null
        : {
            added: names(access.added),
            changed: names(access.changed),
            removed: names(access.removed),
            widened: access.widened,
          },
  }
}
