import type { Change, ClientChanges, RouteChange } from '../diff/index.ts'
import { visible } from '../support/index.ts'
import { count } from './report.ts'
import type { Terminal } from './terminal.ts'

/** The most changes of one client that are listed. Further ones are counted. */
const mostRows = 40

interface Named {
  readonly method: string
  readonly path: string
}

/** A summary of what changed for the callers of a client; `null`: there was no gateway before. */
export function summaryOf(changes: ClientChanges | null): string {
  if (changes === null) return 'first time'
  const { widened, narrowed, added, removed } = changes.access
  const changed = changedRoutes(changes)
  const opened = newPublic(changes).length
  const parts = [
    ...(widened.length > 0 ? [`access widened: ${widened.length}`] : []),
    ...(narrowed.length > 0 ? [`stricter bodies: ${narrowed.length}`] : []),
    ...(added.length > 0 ? [`${added.length} new${opened > 0 ? ` (${opened} public)` : ''}`] : []),
    ...(changed.length > 0 ? [`${changed.length} changed`] : []),
    ...(removed.length > 0 ? [`${removed.length} gone`] : []),
    ...((changes.contract?.schemes ?? []).length > 0 ? ['authentication'] : []),
    ...(changes.contract?.texts === true ? ['texts'] : []),
  ]
  if (changes.contract === null) parts.push('contract unknown')
  return parts.length === 0 ? 'unchanged' : parts.join(', ')
}

/** One row for each change: kind, route and details. Wider access comes first. */
export function changeRows(changes: ClientChanges | null, { paint }: Terminal): readonly (readonly string[])[] {
  if (changes === null) return []
  const { access, contract } = changes
  const opened = new Map(newPublic(changes).map(({ because, ...route }) => [nameOf(route), because]))
  const of = new Map((contract?.changed ?? []).map((route) => [nameOf(route), route]))
  const listed = new Set([...access.widened, ...access.narrowed].map(nameOf))
  const rows = [
    ...access.widened.map((route) => [paint.yellow('widened'), nameOf(route), route.what.join('; ')]),
    ...access.narrowed.map((route) => [paint.yellow('breaking'), nameOf(route), route.what.join('; ')]),
    ...[...opened].map(([name, because]) => [paint.yellow('new, public'), name, because]),
    ...access.added.filter((row) => !opened.has(nameOf(row))).map((row) => ['new', nameOf(row), row.who]),
    ...access.removed.map((row) => ['gone', nameOf(row)]),
    ...changedRoutes(changes).flatMap((name) => {
      const route = of.get(name)
      if (route !== undefined) return [['changed', name, partsText(route)]]
      return listed.has(name) ? [] : [['changed', name, 'access, see ACCESS.md']]
    }),
    ...(contract?.schemes ?? []).map(({ what, how }) => ['authentication', what, how]),
  ].map(([kind = '', ...texts]) => [kind, ...texts.map(visible)])
  const more = rows.length - mostRows
  return more > 0
    ? [...rows.slice(0, mostRows), [paint.dim(`... ${count(more, 'more change')}; --json has all.`)]]
    : rows
}

/** The changes as printed by `--json`. */
export function jsonChanges(changes: ClientChanges | null): object {
  if (changes === null) return { access: null, contract: null }
  const { access, contract } = changes
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
  }
}

/** New routes that are public, whether an entry of `expose` names the operation or a selector includes it. */
function newPublic({ access }: ClientChanges): readonly (Named & { readonly because: string })[] {
  return access.added.flatMap(({ method, path, rule }) =>
    rule.kind === 'public' ? [{ method, path, because: rule.because }] : [],
  )
}

/** Routes that changed in the access table or in the contract. */
function changedRoutes({ access, contract }: ClientChanges): readonly string[] {
  return [...new Set([...access.changed, ...(contract?.changed ?? [])].map(nameOf))]
}

/** `inputs: query page new; answers: 200 changed, 404 gone` */
function partsText({ inputs, answers }: RouteChange): string {
  const text = (name: string, changes: readonly Change[]): readonly string[] =>
    changes.length === 0 ? [] : [`${name}: ${changes.map(({ what, how }) => `${what} ${how}`).join(', ')}`]
  return [...text('inputs', inputs), ...text('answers', answers)].join('; ')
}

function nameOf({ method, path }: Named): string {
  return `${method} ${path}`
}
