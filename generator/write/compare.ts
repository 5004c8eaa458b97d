import { formatPatch, structuredPatch } from 'diff'
import type { GeneratedFile } from '../emit/types.ts'
import type { Diagnostics } from '../support/index.ts'
import type { Source } from './lock.ts'
import { split } from './paths.ts'
import { type LockState, type Surveyed, survey } from './survey.ts'
import { attempt } from './write.ts'

/** A file that differs from what would be generated. */
export interface Difference {
  /** In the client's folder. */
  readonly path: string
  readonly kind: 'stale' | 'merged' | 'edited' | 'missing' | 'extra' | 'stray' | 'blocked'
  /** Lines that generating would add and remove. */
  readonly added: number
  readonly removed: number
  /** Unified diff from the file to what would be generated; empty if there is nothing to compare. */
  readonly diff: string
}

export interface Comparison {
  /** Empty: the output folder itself, which has the schema of the manifest. */
  readonly client: string
  /** The state of the client's lock as it was found; the output folder itself has none. */
  readonly lock: LockState
  readonly differences: readonly Difference[]
}

/** Changed lines. With more, the diff removes all lines and adds all lines: finding a shorter one takes too long. */
const longest = 1000

/**
 * Compares sealed files with the output folder, without changing it. Returns only clients that differ.
 *
 * @param beside files in the output folder itself
 */
export function compare(
  files: readonly GeneratedFile[],
  outDir: string,
  source: Source,
  diagnostics: Diagnostics,
  beside: readonly Surveyed[] = [],
): Comparison[] | null {
  const folders = attempt(outDir, 'read', diagnostics, () => survey(files, outDir, source))
  if (folders === null) return null
  return [...folders, { client: '', lock: 'none' as const, files: beside }]
    .map(({ client, lock, files }) => ({ client, lock, differences: files.flatMap(difference) }))
    .filter(({ differences }) => differences.length > 0)
}

function difference({ path, contents, standing }: Surveyed): Difference[] {
  const name = split(path)[1]
  if (standing.kind === 'same') return []
  const kind = standing.kind === 'foreign' ? 'edited' : standing.kind
  if (!('current' in standing) || contents === null) return [{ path: name, kind, added: 0, removed: 0, diff: '' }]
  return [{ path: name, kind, ...lines(name, standing.current, contents) }]
}

function lines(name: string, before: string, after: string): Pick<Difference, 'added' | 'removed' | 'diff'> {
  const patch = structuredPatch(name, name, before, after, undefined, undefined, { context: 3, maxEditLength: longest })
  if (patch === undefined) return { added: count(after), removed: count(before), diff: '' }
  const changed = patch.hunks.flatMap((hunk) => hunk.lines)
  return {
    added: changed.filter((line) => line.startsWith('+')).length,
    removed: changed.filter((line) => line.startsWith('-')).length,
    diff: formatPatch(patch),
  }
}

function count(text: string): number {
  return text.split('\n').length - 1
}
