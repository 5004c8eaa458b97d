import { dirname, resolve } from 'node:path'
import type { Outcome } from '../memory/index.ts'
import { visible } from '../support/index.ts'
import type { Inputs } from './inputs.ts'
import { findManifest } from './manifestFile.ts'
import { outcome } from './outcome.ts'
import { showStage } from './progress.ts'
import { count, jsonFindings, nameFrom, printFindings, printJson, refuse, seconds } from './report.ts'
import { columns } from './table.ts'
import type { ExitCode, Terminal } from './terminal.ts'

export interface CheckCommandOptions extends Inputs {
  /** Look at everything again, and show differences whole. */
  readonly full: boolean
}

type Comparison = NonNullable<Outcome['differences']>[number]
type Difference = Comparison['differences'][number]

/** Of hashes: it differs whenever anything does, and tells nobody anything. */
const lockName = 'gatewright.lock.json'

/** Lines of differences that are shown unless all are asked for. */
const mostLines = 60

/** Compares what is committed with what would be generated; names every file that is not as it should be. */
export async function checkCommand(options: CheckCommandOptions, terminal: Terminal): Promise<ExitCode> {
  const found = findManifest(options.manifest, options.clients, terminal.cwd)
  if (found.kind === 'faults') return refuse(found.faults, options.json, terminal)

  const started = performance.now()
  const out = resolve(terminal.cwd, options.out)
  const { diagnostics, differences, clients } = await outcome(
    {
      manifest: found.path,
      out,
      mode: 'check',
      force: false,
      skipUnsupported: options.skipUnsupported,
      clients: options.clients,
      onStage: showStage(terminal),
    },
    options.full,
    terminal,
  )
  const milliseconds = performance.now() - started
  const findings = {
    diagnostics: diagnostics.all,
    locator: diagnostics.locator,
    folder: dirname(found.path),
    milliseconds,
  }
  const ok = differences !== null && differences.length === 0 && !diagnostics.hasErrors
  const mend = `npx gatewright generate${argumentsOf(options)}`

  if (options.json) {
    printJson(
      {
        ok,
        manifest: nameFrom(terminal.cwd, found.path),
        diagnostics: jsonFindings(findings, terminal.cwd),
        clients: (differences ?? []).map(({ client, differences }) => ({
          id: client,
          folder: nameFrom(terminal.cwd, resolve(out, client)),
          differences,
        })),
        mend: ok ? null : mend,
        milliseconds: Math.round(milliseconds),
      },
      terminal,
    )
    return ok ? 0 : 1
  }
  printFindings(findings, terminal)
  if (differences === null || diagnostics.hasErrors) return 1
  if (ok) {
    terminal.err(
      `${clients.map(({ id }) => id).join(', ')}: as ${nameFrom(terminal.cwd, found.path)} says. ${seconds(milliseconds)}`,
    )
    return 0
  }
  const source = nameFrom(terminal.cwd, found.path)
  terminal.err(differences.map((comparison) => listing(comparison, out, source, terminal)).join('\n\n'))
  const shown = diffs(differences, out, options.full, terminal)
  if (shown !== '') terminal.err(`\n${shown}`)
  terminal.err(`\n${advice(differences, mend)}`)
  return 1
}

function listing({ client, differences }: Comparison, out: string, source: string, { cwd, paint }: Terminal): string {
  const rows = differences.map((one) => [paint.yellow(one.kind), visible(one.path), remarkOn(one)])
  return [
    `${paint.bold(nameFrom(cwd, resolve(out, client)))} is not what ${source} says:`,
    ...columns(rows).map((line) => `  ${line}`),
  ].join('\n')
}

function remarkOn({ kind, added, removed }: Difference): string {
  switch (kind) {
    case 'stale':
      return `(+${added} -${removed})`
    case 'edited':
      return 'changed by hand since it was generated'
    case 'missing':
      return ''
    case 'extra':
      return 'is not made any more'
    case 'stray':
      return 'was not generated, and is part of what is built'
    case 'blocked':
      return 'cannot be looked at'
  }
}

/** The differences themselves, up to a number of lines that people read. */
function diffs(comparisons: readonly Comparison[], out: string, full: boolean, { cwd, paint }: Terminal): string {
  const lines = comparisons.flatMap(({ client, differences }) =>
    differences.flatMap(({ diff, path }) => {
      const all = diff.trimEnd().split('\n')
      // The header that the diff came with names the file as its folder knows it.
      const hunks = all.slice(
        Math.max(
          0,
          all.findIndex((line) => line.startsWith('@@')),
        ),
      )
      if (diff === '' || (path === lockName && !full)) return []
      return [
        paint.bold(visible(nameFrom(cwd, resolve(out, client, path)))),
        ...hunks.map((line) => coloured(visible(line), paint)),
        '',
      ]
    }),
  )
  const shown = full ? lines : lines.slice(0, mostLines)
  const rest = lines.length - shown.length
  return [...shown, ...(rest > 0 ? [paint.dim(`... ${count(rest, 'more line')}; --full shows all.`)] : [])]
    .join('\n')
    .trimEnd()
}

function coloured(line: string, paint: Terminal['paint']): string {
  if (line.startsWith('+')) return paint.green(line)
  if (line.startsWith('-')) return paint.red(line)
  return line.startsWith('@@') ? paint.cyan(line) : line
}

function advice(comparisons: readonly Comparison[], mend: string): string {
  const kinds = new Set(comparisons.flatMap(({ differences }) => differences.map(({ kind }) => kind)))
  return [
    ...(kinds.has('edited')
      ? ['What was changed by hand is lost with --force, and kept by nothing else: move it to where it belongs first.']
      : []),
    ...(kinds.has('stray') ? ['Delete or move files that were not generated.'] : []),
    `Run \`${mend}${kinds.has('edited') ? ' --force' : ''}\` and commit the result.`,
  ].join('\n')
}

/** The options of this run, for the command that mends what it found. */
function argumentsOf({ manifest, out, clients, skipUnsupported }: CheckCommandOptions): string {
  return [
    ...(manifest === null ? [] : [` --manifest ${quoted(manifest)}`]),
    ...(out === 'generated' ? [] : [` --out ${quoted(out)}`]),
    ...clients.map((client) => ` --client ${client}`),
    ...(skipUnsupported ? [' --skip-unsupported'] : []),
  ].join('')
}

function quoted(text: string): string {
  return /^[\w./@:-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
