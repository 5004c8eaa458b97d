import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Diagnostics } from '../support/index.ts'
import { type Decision, openDecisions } from './decisions.ts'
import { type Inputs, usualOutput } from './inputs.ts'
import { findManifest } from './manifestFile.ts'
import { outputFaults } from './outputFolder.ts'
import { type Findings, jsonFindings, nameFrom, printJson, refuse, seconds } from './report.ts'
import type { ExitCode, Terminal } from './terminal.ts'

/** The context of a command that reads a manifest. */
export interface Session {
  /** Absolute path of the manifest. */
  readonly path: string
  /** Path of the manifest relative to the working directory. */
  readonly name: string
  /** Absolute folder of the emitted gateways. */
  readonly out: string
  /** Options for every run of the stages. */
  readonly wanted: {
    readonly manifest: string
    readonly clients: readonly string[]
    readonly skipUnsupported: boolean
  }
  /** The findings of a run, with the time since the session, or `since`, started. */
  findings(diagnostics: Diagnostics, since?: number): Findings
  /** Prints the command's JSON document: the common members, with `more` in between. */
  printDocument(ok: boolean, diagnostics: Diagnostics, more: object): void
  /** The manifest's comments that are marked `DECIDE:`. */
  openDecisions(): readonly Decision[]
  /** The time since the start: `0.4 s`. */
  elapsed(): string
}

/** Finds the manifest, refuses invalid options, and then runs the command. */
export async function withManifest(
  options: Inputs,
  terminal: Terminal,
  work: (session: Session) => Promise<ExitCode>,
): Promise<ExitCode> {
  const found = findManifest(options.manifest, options.clients, terminal.cwd)
  if (found.kind === 'faults') return refuse(found.faults, options.json, terminal)
  const faults = options.out === null ? [] : outputFaults(options.out, found.path, terminal.cwd)
  if (faults.length > 0) return refuse(faults, options.json, terminal)
  return work(sessionOf(found.path, options, terminal))
}

function sessionOf(path: string, { out, clients, skipUnsupported, verbose }: Inputs, terminal: Terminal): Session {
  const { cwd } = terminal
  const started = performance.now()
  const name = nameFrom(cwd, path)
  const findings = ({ all, locator }: Diagnostics, since = started): Findings => ({
    diagnostics: all,
    locator,
    folder: dirname(path),
    milliseconds: performance.now() - since,
    verbose,
  })
  return {
    path,
    name,
    out: resolve(cwd, out ?? usualOutput),
    wanted: { manifest: path, clients, skipUnsupported },
    findings,
    printDocument(ok, diagnostics, more) {
      const found = findings(diagnostics)
      const milliseconds = Math.round(found.milliseconds)
      printJson({ ok, manifest: name, diagnostics: jsonFindings(found, cwd), ...more, milliseconds }, terminal)
    },
    openDecisions: () => decisionsOf(path),
    elapsed: () => seconds(performance.now() - started),
  }
}

/** The read stage reports a manifest that cannot be read. */
function decisionsOf(path: string): readonly Decision[] {
  try {
    return openDecisions(readFileSync(path, 'utf8'))
  } catch {
    return []
  }
}
