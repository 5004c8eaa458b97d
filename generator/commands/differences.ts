import { resolve } from 'node:path'
import type { Outcome } from '../memory/index.ts'
import { visible } from '../support/index.ts'
import { count, nameFrom } from './report.ts'
import { columns } from './table.ts'
import type { Terminal } from './terminal.ts'

export type Comparison = NonNullable<Outcome['differences']>[number]
type Difference = Comparison['differences'][number]

/** Contains hashes: it differs whenever another file does, so its differences are shown with `--full` only. */
const lockName = 'gatewright.lock.json'

/** The most lines of differences that are shown without `--full`. */
const mostLines = 60

/** The files that are out of date, edited, missing or superfluous, for each client, and then the differences. */
export function differencesText(
  comparisons: readonly Comparison[],
  where: { readonly out: string; readonly manifest: string; readonly full: boolean },
  terminal: Terminal,
): string {
  const { out, manifest, full } = where
  const lists = comparisons.map((comparison) => listing(comparison, out, manifest, terminal)).join('\n\n')
  const shown = diffs(comparisons, out, full, terminal)
  return shown === '' ? lists : `${lists}\n\n${shown}`
}

function listing({ client, differences }: Comparison, out: string, source: string, { cwd, paint }: Terminal): string {
  const folder = nameFrom(cwd, resolve(out, client))
  if (differences.some(({ path }) => path === lockName) && differences.every(({ kind }) => kind === 'missing')) {
    return `${paint.bold(folder)} does not exist: ${source} was not generated for \`${client}\` yet.`
  }
  const rows = differences.map((one) => [paint.yellow(one.kind), visible(one.path), remarkOn(one)])
  return [`${paint.bold(folder)} does not match ${source}:`, ...columns(rows).map((line) => `  ${line}`)].join('\n')
}

function remarkOn({ kind, added, removed }: Difference): string {
  switch (kind) {
    case 'stale':
      return `(+${added} -${removed})`
    case 'merged':
      return 'merged from two versions, is not what is generated now'
    case 'edited':
      return 'changed by hand since it was generated'
    case 'missing':
      return ''
    case 'extra':
      return 'is no longer generated'
    case 'stray':
      return 'was not generated, and is part of what is built'
    case 'blocked':
      return 'cannot be read'
  }
}

/** The differences, up to `mostLines` unless `full`. */
function diffs(comparisons: readonly Comparison[], out: string, full: boolean, { cwd, paint }: Terminal): string {
  const lines = comparisons.flatMap(({ client, differences }) =>
    differences.flatMap(({ diff, path }) => {
      const all = diff.trimEnd().split('\n')
      // The header of the diff has the path within the client's folder. It is replaced by the path from the working
      // directory.
      const hunks = all.slice(
        Math.max(
          0,
          all.findIndex((line) => line.startsWith('@@')),
        ),
      )
      if (diff === '' || (path === lockName && !full)) return []
      return [
        paint.bold(visible(nameFrom(cwd, resolve(out, client, path)))),
        ...hunks.map((line) => coloured(visible(line), paint)),
        '',
      ]
    }),
  )
  const shown = full ? lines : lines.slice(0, mostLines)
  const rest = lines.length - shown.length
  return [...shown, ...(rest > 0 ? [paint.dim(`... ${count(rest, 'more line')}; --full shows all.`)] : [])]
    .join('\n')
    .trimEnd()
}

function coloured(line: string, paint: Terminal['paint']): string {
  if (line.startsWith('+')) return paint.green(line)
  if (line.startsWith('-')) return paint.red(line)
  return line.startsWith('@@') ? paint.cyan(line) : line
}
