import type { Stage } from '../run.ts'
import type { Terminal } from './terminal.ts'

const doing: Readonly<Record<Stage, string>> = {
  read: 'Reading the manifest and the specs',
  model: 'Looking at what the services offer',
  plan: 'Deciding about every route',
  emit: 'Making the gateways',
  write: 'Comparing with what is there',
}

/** Shows which stage runs. */
export function showStage(terminal: Terminal): (stage: Stage) => void {
  return (stage) => terminal.progress(`${doing[stage]} ...`)
}
