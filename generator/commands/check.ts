import { resolve } from 'node:path'
import { type Comparison, differencesText } from './differences.ts'
import { type Inputs, usualOutput } from './inputs.ts'
import { outcome } from './outcome.ts'
import { withManifest } from './preamble.ts'
import { showStage } from './progress.ts'
import { nameFrom, printFindings } from './report.ts'
import type { ExitCode, Terminal } from './terminal.ts'

export interface CheckCommandOptions extends Inputs {
  /** Run all stages, and show complete differences. */
  readonly full: boolean
}

/** Compares the committed files with what would be generated, and lists every file that differs. */
export function checkCommand(options: CheckCommandOptions, terminal: Terminal): Promise<ExitCode> {
  return withManifest(options, terminal, async (session) => {
    const { out, name } = session
    const { diagnostics, differences, clients } = await outcome(
      { ...session.wanted, out, until: 'compare', frugal: true, onStage: showStage(terminal) },
      options.full,
      terminal,
    )
    const ok = differences !== null && differences.length === 0 && !diagnostics.hasErrors
    const mend = `npx gatewright generate${argumentsOf(options)}`

    if (options.json) {
      const different = (differences ?? []).map(({ client, differences }) => ({
        id: client,
        folder: nameFrom(terminal.cwd, resolve(out, client)),
        differences,
      }))
      session.printDocument(ok, diagnostics, { clients: different, mend: ok ? null : mend })
      return ok ? 0 : 1
    }
    printFindings(session.findings(diagnostics), terminal)
    if (differences === null || diagnostics.hasErrors) return 1
    if (ok) {
      terminal.err(`${clients.map(({ id }) => id).join(', ')}: as ${name} says. ${session.elapsed()}`)
      return 0
    }
    terminal.err(differencesText(differences, { out, manifest: name, full: options.full }, terminal))
    terminal.err(`\n${advice(differences, mend)}`)
    return 1
  })
}

function advice(comparisons: readonly Comparison[], mend: string): string {
  const kinds = new Set(comparisons.flatMap(({ differences }) => differences.map(({ kind }) => kind)))
  return [
    ...(kinds.has('edited') ? ['--force discards manual changes: move them to the manifest or a spec first.'] : []),
    ...(kinds.has('stray') ? ['Delete or move files that were not generated.'] : []),
    `Run \`${mend}${kinds.has('edited') ? ' --force' : ''}\` and commit the result.`,
  ].join('\n')
}

/** The options of this run, for the `generate` command that updates the files. */
function argumentsOf({ manifest, out, clients, skipUnsupported }: CheckCommandOptions): string {
  return [
    ...(manifest === null ? [] : [` --manifest ${quoted(manifest)}`]),
    ...(out === null || out === usualOutput ? [] : [` --out ${quoted(out)}`]),
    ...clients.map((client) => ` --client ${client}`),
    ...(skipUnsupported ? [' --skip-unsupported'] : []),
  ].join('')
}

function quoted(text: string): string {
  return /^[\w./@:-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
