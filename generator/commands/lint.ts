import { printDecisions } from './decisions.ts'
import type { Inputs } from './inputs.ts'
import { withManifest } from './preamble.ts'
import { printFindings } from './report.ts'
import type { ExitCode, Terminal } from './terminal.ts'

/** Reports problems of the manifest and the specs, and where the specs do not meet their version of OpenAPI. */
export function lintCommand(options: Inputs, terminal: Terminal): Promise<ExitCode> {
  return withManifest(options, terminal, async (session) => {
    terminal.progress('Looking for problems ...')
    const { run } = await import('../run.ts')
    const { diagnostics, inputs } = await run({ ...session.wanted, until: 'plan' })
    if (inputs !== null) {
      const { checkStructure } = await import('../read/index.ts')
      await checkStructure(inputs.value.specs, diagnostics)
    }
    const ok = !diagnostics.hasErrors
    const decisions = session.openDecisions()
    if (options.json) {
      session.printDocument(ok, diagnostics, { decisions })
      return ok ? 0 : 1
    }
    if (diagnostics.all.length === 0) terminal.err(`No problems in ${session.name}. ${session.elapsed()}`)
    else printFindings(session.findings(diagnostics), terminal)
    printDecisions(decisions, session.name, terminal)
    return ok ? 0 : 1
  })
}
