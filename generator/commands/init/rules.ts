import { groupedBy } from '../../support/index.ts'
import { free } from '../identifiers.ts'
import { causes } from './causes.ts'
import type { Cause, ClientDraft, Draft, EntryDraft } from './draft.ts'
import { decided } from './text.ts'

/** The rule that entries of one cause name: those of one service, in one client. */
export interface RuleDraft {
  readonly name: string
  readonly client: string
  readonly service: string
  readonly cause: Cause
  readonly operations: number
}

/** The rules of a draft, in the order of their clients and entries. */
export function rulesOf({ clients }: Pick<Draft, 'clients'>): readonly RuleDraft[] {
  const taken = new Set<string>()
  return clients.flatMap((client) => {
    const groups = groupedBy(client.entries, ({ operation, cause }) =>
      cause === null ? null : `${operation.service}-${cause}`,
    )
    return [...groups.values()].flatMap((entries) => {
      const [first] = entries
      if (first === undefined || first.cause === null) return []
      const { service } = first.operation
      const name = free(`${client.id}-${service}-${first.cause}`, taken)
      taken.add(name)
      return [{ name, client: client.id, service, cause: first.cause, operations: entries.length }]
    })
  })
}

/** The name of the rule of an entry; `null`: its document decides. */
export function ruleOf(entry: EntryDraft, client: ClientDraft, rules: readonly RuleDraft[]): string | null {
  const rule = rules.find(
    (one) => one.client === client.id && one.service === entry.operation.service && one.cause === entry.cause,
  )
  return rule?.name ?? null
}

/** `trial`: undecided rules are decided. */
export function ruleLine({ name, client, service, cause, operations }: RuleDraft, trial: boolean): string {
  const { rule, question } = causes[cause]
  const value = rule === 'undecided' && !trial ? 'undecided' : '{ authenticated: true }'
  const which = operations === 1 ? 'one operation' : `${operations} operations`
  return decided(`  ${name}: ${value}`, [`who of \`${client}\` may call ${which} of ${service}: ${question}`])
}
