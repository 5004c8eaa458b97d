import { visible } from '../support/index.ts'
import type { ClientSince } from './base.ts'
import { noteRows } from './changes.ts'
import { count } from './report.ts'
import { columns } from './table.ts'
import type { Terminal } from './terminal.ts'

type Effect = 'widening' | 'contract'

export interface Verdict {
  /** How many changes let more callers or more data through. */
  readonly widenings: number
  /** How many other changes callers may notice. */
  readonly contractChanges: number
  /** The kinds of changes that were found and are not allowed. */
  readonly refused: readonly Effect[]
}

export function verdictOf(clients: readonly ClientSince[], allow: readonly Effect[]): Verdict {
  const effects = clients.flatMap(({ notes }) => notes.map(({ effect }) => effect))
  const many = (effect: Effect): number => effects.filter((one) => one === effect).length
  const refused = (['widening', 'contract'] as const).filter((effect) => many(effect) > 0 && !allow.includes(effect))
  return { widenings: many('widening'), contractChanges: many('contract'), refused }
}

/** The changes of each client, and what follows from them. `base`: the revision as shown. */
export function sinceText(
  clients: readonly ClientSince[],
  { widenings, contractChanges, refused }: Verdict,
  base: string,
  terminal: Terminal,
): string {
  const heads = columns(clients.map(({ id, summary }) => [id, summary]))
  const blocks = clients.flatMap(({ notes }, index) => [
    `  ${heads[index] ?? ''}`,
    ...columns(noteRows(notes, terminal)).map((line) => `    ${line}`),
  ])
  const found = `${count(widenings, 'widening')} and ${count(contractChanges, 'other change')} that callers may notice.`
  const flags = refused.map((effect) => `--allow ${effect}`).join(' ')
  return [
    `Since ${terminal.paint.bold(visible(base))}:`,
    ...blocks,
    '',
    widenings + contractChanges === 0 ? 'Access is not wider, and the contract is the same.' : found,
    ...(flags === '' ? [] : [`To accept them: \`${flags}\`.`]),
  ].join('\n')
}
