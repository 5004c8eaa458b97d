import { basename } from 'node:path'
import type { GeneratedFile } from '../emit/types.ts'
import type { Diagnostics } from '../support/index.ts'
import { advice } from './advice.ts'
import type { Source } from './lock.ts'
import { checkPaths, lockName, split } from './paths.ts'
import { type FolderSurvey, type Surveyed, survey } from './survey.ts'
import { apply } from './transaction.ts'

export interface WriteOptions {
  /** Overwrite and delete files that were edited by hand. */
  readonly force: boolean
}

/** The changes, by path below the output folder. */
export interface Written {
  readonly wrote: readonly string[]
  readonly removed: readonly string[]
  /** Those of `wrote` that were a merge of two generated versions. */
  readonly merged: readonly string[]
  /** How many files were up to date and are unchanged. */
  readonly left: number
}

/**
 * Updates the output folder to the sealed files: writes those that differ, deletes those that a lock lists and that are
 * not generated any more, and touches nothing else. If there is an obstacle, reports it and writes nothing (`null`).
 *
 * @param beside files in the output folder itself
 */
export function write(
  files: readonly GeneratedFile[],
  outDir: string,
  source: Source,
  options: WriteOptions,
  diagnostics: Diagnostics,
  beside: readonly Surveyed[] = [],
): Written | null {
  checkPaths(files, diagnostics)
  if (diagnostics.hasErrors) return null
  const folders = attempt(outDir, 'read', diagnostics, () => survey(files, outDir, source))
  if (folders === null) return null
  for (const folder of folders) refuse(folder, outDir, options, diagnostics)
  for (const file of beside) refuseFile(file, outDir, options, diagnostics)
  if (diagnostics.hasErrors) return null

  const all = [...folders.flatMap((folder) => folder.files), ...beside]
  const wrote = all.flatMap(({ path, contents, standing }) =>
    contents !== null && standing.kind !== 'same' ? [{ path, contents }] : [],
  )
  const removed = all
    .filter(({ contents, standing }) => contents === null && standing.kind !== 'stray')
    .map(({ path }) => path)
  const applied = attempt(outDir, 'written', diagnostics, () => {
    apply(outDir, { write: locksLast(wrote), remove: removed })
    return true
  })
  if (applied === null) return null
  const left = all.filter(({ standing }) => standing.kind === 'same').length
  const merged = all.filter(({ standing }) => standing.kind === 'merged').map(({ path }) => path)
  return { wrote: wrote.map(({ path }) => path), removed, merged, left }
}

/** A run that is killed leaves the old lock, so that the next run compares the files with it. */
function locksLast<T extends { readonly path: string }>(files: readonly T[]): T[] {
  const isLock = ({ path }: T) => split(path)[1] === lockName
  return [...files.filter((file) => !isLock(file)), ...files.filter(isLock)]
}

function refuse(folder: FolderSurvey, outDir: string, options: WriteOptions, diagnostics: Diagnostics): void {
  if (folder.lock === 'broken' && !options.force) {
    diagnostics.report({
      code: 'GW4104',
      message: `${shown(outDir, `${folder.client}/${lockName}`)} cannot be read, so it is unknown which files were generated.`,
      origin: null,
      remedy:
        'Restore it from version control. To write it and all files of the gateway again: gatewright generate --force',
    })
    return
  }
  for (const file of folder.files) refuseFile(file, outDir, options, diagnostics)
}

function refuseFile(
  { path, standing }: Surveyed,
  outDir: string,
  options: WriteOptions,
  diagnostics: Diagnostics,
): void {
  const name = shown(outDir, path)
  const report = (code: 'GW4101' | 'GW4102' | 'GW4103' | 'GW4106', message: string, remedy: string) =>
    diagnostics.report({ code, message, origin: null, remedy })
  if (standing.kind === 'edited' && !options.force) {
    report('GW4101', `${name} was edited by hand since it was generated.`, advice(split(path)[1]))
  } else if (standing.kind === 'foreign' && !options.force) {
    report(
      'GW4102',
      `${name} was not generated, and would be overwritten.`,
      'Move it away, or: gatewright generate --force',
    )
  } else if (standing.kind === 'blocked') {
    const at = shown(outDir, standing.at)
    report(
      'GW4103',
      `${name} cannot be written, because ${at} is ${standing.what}.`,
      'Move it away; --force does not follow it.',
    )
  } else if (standing.kind === 'stray') {
    report(
      'GW4106',
      `${name} was not generated, but is in a folder that is built.`,
      'Delete it, or move it out of this folder.',
    )
  }
}

/** Reports an error of the file system and returns `null`. */
export function attempt<T>(
  outDir: string,
  done: 'read' | 'written',
  diagnostics: Diagnostics,
  work: () => T,
): T | null {
  try {
    return work()
  } catch (error) {
    diagnostics.report({
      code: 'GW4105',
      message: `${shown(outDir, '')} cannot be ${done}: ${error instanceof Error ? error.message : String(error)}.`,
      origin: null,
      remedy: 'Nothing was changed.',
    })
    return null
  }
}

function shown(outDir: string, path: string): string {
  return path === '' ? basename(outDir) : `${basename(outDir)}/${path}`
}
