import { type ClientChanges, changedRoutes, type Note, nameOf, newPublic, notesOf } from '../diff/index.ts'
import { visible } from '../support/index.ts'
import { count } from './report.ts'
import type { Terminal } from './terminal.ts'

/** The most changes of one client that are listed. Further ones are counted. */
const mostRows = 40

/** A summary of what changed for the callers of a client; `null`: there was no gateway before. */
export function summaryOf(changes: ClientChanges | null): string {
  if (changes === null) return 'first time'
  const { access, contract, trust, unexplained } = changes
  const widened = access.widened.length + (contract?.opened ?? []).length
  const wider = (trust ?? []).filter(({ how }) => how === 'wider').length
  const changed = changedRoutes(changes)
  const opened = newPublic(changes).length
  const parts = [
    ...(widened > 0 ? [`access widened: ${widened}`] : []),
    ...trustText(trust, wider),
    ...(access.narrowed.length > 0 ? [`stricter: ${access.narrowed.length}`] : []),
    ...(access.added.length > 0 ? [`${access.added.length} new${opened > 0 ? ` (${opened} public)` : ''}`] : []),
    ...(changed.length > 0 ? [`${changed.length} changed`] : []),
    ...(access.removed.length > 0 ? [`${access.removed.length} gone`] : []),
    ...((contract?.schemes ?? []).length > 0 ? ['authentication'] : []),
    ...(contract?.texts === true ? ['texts'] : []),
    ...(contract === null ? ['contract unknown'] : []),
    ...(access.reported.length > 0 || unexplained.some((path) => !isRuntime(path)) ? ['settings'] : []),
    ...(unexplained.some(isRuntime) ? ['runtime'] : []),
  ]
  return parts.length === 0 ? 'unchanged' : parts.join(', ')
}

function trustText(trust: ClientChanges['trust'], wider: number): readonly string[] {
  if (trust === null) return ['believed before: unknown']
  if (trust.length === 0) return []
  return [wider > 0 ? `believed widened: ${wider}` : 'believed changed']
}

function isRuntime(path: string): boolean {
  return path.startsWith('src/runtime/')
}

/** One row for each change: kind, route and details. Widenings come first. `null`: there was no gateway before. */
export function changeRows(changes: ClientChanges | null, terminal: Terminal): readonly (readonly string[])[] {
  return changes === null ? [] : noteRows(notesOf(changes), terminal)
}

export function noteRows(notes: readonly Note[], { paint }: Terminal): readonly (readonly string[])[] {
  const rows = notes
    .slice(0, mostRows)
    .map(({ kind, subject, what }) => [kindText(kind, paint), visible(subject), visible(what)])
  const more = notes.length - mostRows
  return more > 0 ? [...rows, [paint.dim(`... ${count(more, 'more change')}; --json has all.`)]] : rows
}

function kindText(kind: Note['kind'], paint: Terminal['paint']): string {
  return kind === 'widened' || kind === 'unknown' || kind === 'breaking' || kind === 'new, public'
    ? paint.yellow(kind)
    : kind
}

/** The changes as printed by `--json`. */
export function jsonChanges(changes: ClientChanges | null): object {
  if (changes === null) return { access: null, contract: null, believed: null, unexplained: [], notes: [] }
  const { access, contract, trust, unexplained } = changes
  return {
    access: {
      added: access.added.map(nameOf),
      changed: access.changed.map(nameOf),
      removed: access.removed.map(nameOf),
      widened: access.widened,
      narrowed: access.narrowed,
      public: newPublic(changes).map(nameOf),
    },
    contract: contract && { ...contract, added: contract.added.map(nameOf), removed: contract.removed.map(nameOf) },
    believed: trust,
    unexplained,
    notes: notesOf(changes),
  }
}
