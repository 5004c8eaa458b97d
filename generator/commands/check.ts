import { resolve } from 'node:path'
import { type Report, shellWord } from '../support/index.ts'
import type { FoundChanges } from './base.ts'
import { type Comparison, differencesText } from './differences.ts'
import { type Inputs, usualOutput } from './inputs.ts'
import { outcome } from './outcome.ts'
import { type Session, withManifest } from './preamble.ts'
import { showStage } from './progress.ts'
import { nameFrom, printFindings, refuse } from './report.ts'
import type { FoundRevision, Revision } from './revision.ts'
import type { ExitCode, Terminal } from './terminal.ts'

export interface CheckCommandOptions extends Inputs {
  /** Run all stages, and show complete differences. */
  readonly full: boolean
  /** A git revision with which the gateways are compared; `null`: none. */
  readonly base: string | null
  /** Changes since `base` that do not count as a failure. */
  readonly allow: readonly ('widening' | 'contract')[]
}

/** Compares the committed files with what would be generated, and lists every file that differs. */
export function checkCommand(options: CheckCommandOptions, terminal: Terminal): Promise<ExitCode> {
  if (options.base === null && options.allow.length > 0) {
    return Promise.resolve(refuse([idleAllow(options.allow)], options.json, terminal))
  }
  return withManifest(options, terminal, async (session) => {
    const { out } = session
    const base = await baseOf(options.base, out, terminal)
    if (base?.kind === 'fault') return refuse([base.fault], options.json, terminal)
    const { diagnostics, differences, clients } = await outcome(
      { ...session.wanted, out, until: 'compare', frugal: true, onStage: showStage(terminal) },
      options.full,
      terminal,
    )
    const ids = clients.map(({ id }) => id)
    const ok = differences !== null && differences.length === 0 && !diagnostics.hasErrors
    const mend = `npx gatewright generate${argumentsOf(options)}${needsForce(differences ?? []) ? ' --force' : ''}`
    // What is compared are the files in the output folder.
    const since = ok && base !== null ? await sinceOf(base.revision, ids, options, session, terminal) : null
    if (since?.kind === 'fault') return refuse([since.fault], options.json, terminal)
    const code = ok && since?.failed !== true ? 0 : 1

    if (options.json) {
      const different = (differences ?? []).map(({ client, differences }) => ({
        id: client,
        folder: nameFrom(terminal.cwd, resolve(out, client)),
        differences,
      }))
      const members = {
        clients: different,
        mend: ok ? null : mend,
        ...(base === null ? {} : { base: since?.document ?? null }),
      }
      session.printDocument(code === 0, diagnostics, members)
      return code
    }
    printFindings(session.findings(diagnostics), terminal)
    if (differences === null || diagnostics.hasErrors) return 1
    if (ok) {
      terminal.err(`${ids.join(', ')}: as ${session.name} says. ${session.elapsed()}`)
      if (since !== null) terminal.err(`\n${since.text}`)
      return code
    }
    terminal.err(differencesText(differences, { out, manifest: session.name, full: options.full }, terminal))
    terminal.err(`\n${advice(differences, mend)}`)
    if (base !== null) terminal.err('Changes since the base are named when the files are up to date.')
    return 1
  })
}

function idleAllow(allow: CheckCommandOptions['allow']): Report {
  return {
    code: 'GW5004',
    message: `--allow ${allow.join(' and --allow ')} allows changes since a revision, and there is no --base.`,
    origin: null,
    remedy: 'Name the revision with `--base`, such as `--base origin/main`, or remove `--allow`.',
  }
}

async function baseOf(base: string | null, out: string, { env }: Terminal): Promise<FoundRevision | null> {
  if (base === null) return null
  const { findRevision } = await import('./revision.ts')
  return findRevision(base, out, env)
}

interface Since {
  readonly kind: 'since'
  readonly text: string
  readonly document: object
  /** Something changed that is not allowed. */
  readonly failed: boolean
}

/** Compares with the base, and prints the annotations. Returns a fault if a file of the base cannot be read. */
async function sinceOf(
  revision: Revision,
  ids: readonly string[],
  { base, allow, clients, json }: CheckCommandOptions,
  { out, name }: Session,
  terminal: Terminal,
): Promise<Since | Extract<FoundChanges, { kind: 'fault' }>> {
  const { changesSince } = await import('./base.ts')
  const { sinceText, verdictOf } = await import('./baseText.ts')
  const { annotations } = await import('./annotations.ts')
  const found = changesSince(revision, out, ids, clients.length === 0)
  if (found.kind === 'fault') return found
  const { clients: since } = found
  const verdict = verdictOf(since, allow)
  if (terminal.env['GITHUB_ACTIONS'] === 'true') {
    const lines = annotations(since, { out, manifest: name, cwd: terminal.cwd })
    // GitHub reads both streams. The document of `--json` stands alone in the first.
    for (const line of lines) (json ? terminal.err : terminal.out)(line)
  }
  const title = `${base ?? ''} (${revision.commit})`
  return {
    kind: 'since',
    text: sinceText(since, verdict, title, terminal),
    document: { revision: base, commit: revision.commit, ...verdict, clients: since },
    failed: verdict.refused.length > 0,
  }
}

function advice(comparisons: readonly Comparison[], mend: string): string {
  const kinds = kindsOf(comparisons)
  const locks = new Set(comparisons.map(({ lock }) => lock))
  return [
    ...(locks.has('broken')
      ? ['A lock cannot be read, so it is unknown which files were edited: --force writes all of them again.']
      : []),
    ...(locks.has('merged') ? ['Two branches were merged: `generate` writes the locks again.'] : []),
    ...(kinds.has('edited') ? ['--force discards manual changes: move them to the manifest or a spec first.'] : []),
    ...(kinds.has('stray') ? ['Delete or move files that were not generated.'] : []),
    ...(kinds.has('blocked') ? ['Move away what is in the place of a file.'] : []),
    `Run \`${mend}\` and commit the result.`,
  ].join('\n')
}

/** Whether `generate` refuses to write over what it found. */
function needsForce(comparisons: readonly Comparison[]): boolean {
  return kindsOf(comparisons).has('edited') || comparisons.some(({ lock }) => lock === 'broken')
}

function kindsOf(comparisons: readonly Comparison[]): ReadonlySet<string> {
  return new Set(comparisons.flatMap(({ differences }) => differences.map(({ kind }) => kind)))
}

/** The options of this run, for the `generate` command that updates the files. */
function argumentsOf({ manifest, out, clients, skipUnsupported }: CheckCommandOptions): string {
  return [
    ...(manifest === null ? [] : [` --manifest ${shellWord(manifest)}`]),
    ...(out === null || out === usualOutput ? [] : [` --out ${shellWord(out)}`]),
    ...clients.map((client) => ` --client ${client}`),
    ...(skipUnsupported ? [' --skip-unsupported'] : []),
  ].join('')
}
