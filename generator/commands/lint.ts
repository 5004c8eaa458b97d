import { dirname } from 'node:path'
import type { Inputs } from './inputs.ts'
import { findManifest } from './manifestFile.ts'
import { planGateways } from './planning.ts'
import { jsonFindings, nameFrom, printFindings, printJson, refuse, seconds } from './report.ts'
import type { ExitCode, Terminal } from './terminal.ts'

/** Says what is wrong with the manifest and the specs, and nothing else. */
export async function lintCommand(options: Inputs, terminal: Terminal): Promise<ExitCode> {
  const found = findManifest(options.manifest, options.clients, terminal.cwd)
  if (found.kind === 'faults') return refuse(found.faults, options.json, terminal)

  const started = performance.now()
  terminal.progress('Looking for problems ...')
  const { diagnostics } = await planGateways(found.path, options)
  const milliseconds = performance.now() - started
  const findings = {
    diagnostics: diagnostics.all,
    locator: diagnostics.locator,
    folder: dirname(found.path),
    milliseconds,
  }
  const ok = !diagnostics.hasErrors
  if (options.json) {
    const manifest = nameFrom(terminal.cwd, found.path)
    printJson(
      { ok, manifest, diagnostics: jsonFindings(findings, terminal.cwd), milliseconds: Math.round(milliseconds) },
      terminal,
    )
  } else if (diagnostics.all.length === 0) {
    terminal.err(`No problems in ${nameFrom(terminal.cwd, found.path)}. ${seconds(milliseconds)}`)
  } else printFindings(findings, terminal)
  return ok ? 0 : 1
}
