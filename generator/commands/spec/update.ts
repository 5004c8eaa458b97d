import { commit } from '../../remote/index.ts'
import { Diagnostics } from '../../support/index.ts'
import { count, refuse } from '../report.ts'
import type { ExitCode, Terminal } from '../terminal.ts'
import { findNotes } from './found.ts'
import { download, isChanged, jsonOutcome, type Outcome, printOutcome, printUnusable } from './outcome.ts'

export interface UpdateOptions {
  /** Documents, notes or folders; empty: all notes below the working directory. */
  readonly names: readonly string[]
  /** Write nothing. */
  readonly check: boolean
  readonly force: boolean
  readonly json: boolean
}

/** Downloads documents again, and says what changed. With `check` the exit code is 1 if anything did. */
export async function updateCommand(options: UpdateOptions, terminal: Terminal): Promise<ExitCode> {
  const search = findNotes(options.names, terminal.cwd, terminal.env)
  if (search.kind === 'faults') return refuse(search.faults, options.json, terminal)
  const outcomes: Outcome[] = []
  for (const { folder, id, note } of search.notes) {
    const diagnostics = new Diagnostics()
    const request = { folder, id, source: note, note, force: options.force }
    const outcome = await download(request, diagnostics, terminal)
    const isDone = outcome.prepared !== null && (options.check || commit(folder, outcome.prepared, diagnostics))
    outcomes.push(isDone ? outcome : { ...outcome, prepared: null })
  }
  const unusable = new Diagnostics()
  for (const fault of search.faults) unusable.report(fault)
  const failed = outcomes.filter(({ prepared }) => prepared === null).length + search.faults.length
  const changed = outcomes.filter(isChanged).length
  if (options.json) jsonOutcome(outcomes, unusable, terminal)
  else {
    printUnusable(unusable, terminal)
    for (const outcome of outcomes) printOutcome(outcome, { writes: !options.check, isFirst: false }, terminal)
    if (outcomes.length + search.faults.length > 1) {
      const current = outcomes.filter((outcome) => outcome.prepared !== null && !isChanged(outcome)).length
      const state = `${count(changed, 'document')} changed, ${current} up to date`
      terminal.err(`${state}${failed > 0 ? `, ${failed} failed` : ''}.`)
    }
    if (changed > 0) terminal.err(options.check ? 'Next: gatewright spec update' : 'Next: gatewright generate')
  }
  return failed > 0 || (options.check && changed > 0) ? 1 : 0
}
