import type { Stage } from '../run.ts'
import type { Terminal } from './terminal.ts'

const doing: Readonly<Record<Stage, string>> = {
  read: 'Reading the manifest and the specs',
  model: 'Reading the operations of the services',
  plan: 'Planning the routes',
  emit: 'Emitting the gateways',
  write: 'Comparing with the output folder',
}

/** Shows the current stage. */
export function showStage(terminal: Terminal): (stage: Stage) => void {
  return (stage) => terminal.progress(`${doing[stage]} ...`)
}
