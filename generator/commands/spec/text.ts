import type { Change, SpecChanges } from '../../diff/index.ts'
import { visible } from '../../support/index.ts'
import { count } from '../report.ts'
import { columns } from '../table.ts'
import type { Terminal } from '../terminal.ts'

/** The most changes of one document that are listed. Further ones are counted. */
const mostRows = 60

/** What changed in a document: operations first, then what they ask for, then schemas. A line for each. */
export function changeLines(changes: SpecChanges, { paint }: Terminal): readonly string[] {
  const { operations, security, schemes, schemas } = changes
  const nameOf = ({ method, path }: { readonly method: string; readonly path: string }): string => `${method} ${path}`
  const rows = [
    ...operations.added.map((route) => ['new', nameOf(route)]),
    ...operations.removed.map((route) => [paint.yellow('gone'), nameOf(route)]),
    ...operations.changed.map((route) => [
      'changed',
      nameOf(route),
      [partsText('inputs', route.inputs), partsText('answers', route.answers)].filter((text) => text !== '').join('; '),
    ]),
    ...security.map((route) => [paint.yellow('security'), nameOf(route), `${route.before} -> ${route.after}`]),
    ...schemes.map(({ what, how }) => [paint.yellow('security'), `scheme ${what}`, how]),
    ...schemas.map(({ name, how, parts }) => ['schema', name, how === 'changed' ? partsText('', parts) : how]),
  ].map(([kind = '', ...texts]) => [kind, ...texts.map(visible)])
  const more = rows.length - mostRows
  return columns(
    more > 0 ? [...rows.slice(0, mostRows), [paint.dim(`... ${count(more, 'more change')}; --json has all.`)]] : rows,
  )
}

function partsText(name: string, changes: readonly Change[]): string {
  const text = changes.map(({ what, how }) => `${what} ${how}`).join(', ')
  return text === '' || name === '' ? text : `${name}: ${text}`
}
