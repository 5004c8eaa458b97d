import { join } from 'node:path'
import type { GeneratedFile } from '../emit/types.ts'
import { sortedBy } from '../support/index.ts'
import { type Found, list, look, walk } from './disk.ts'
import { digest, type FoundLock, hasConflict, readLock, type Source } from './lock.ts'
import { lockName, split } from './paths.ts'

/** The state of a file on disk, compared with what was generated before and what is generated now. */
export type Standing =
  /** Up to date, or owned by the user. */
  | { readonly kind: 'same' }
  /** Does not exist. */
  | { readonly kind: 'missing' }
  /** As generated before. The new contents differ. */
  | { readonly kind: 'stale'; readonly current: string }
  /** As generated before, and not generated any more. */
  | { readonly kind: 'extra'; readonly current: string }
  /**
   * Neither what was generated before nor what is generated now, but two branches generated it in different ways, and it has nothing
   * else than a merge of both: markers of a conflict, or only lines that are generated now.
   */
  | { readonly kind: 'merged'; readonly current: string }
  /** Neither what was generated before nor what is generated now. */
  | { readonly kind: 'edited'; readonly current: string }
  /** Not a generated file, at the path of one. */
  | { readonly kind: 'foreign'; readonly current: string }
  /** Not a generated file, in a folder for generated files only. */
  | { readonly kind: 'stray' }
  | { readonly kind: 'blocked'; readonly what: string; readonly at: string }

export interface Surveyed {
  /** Below the output folder. */
  readonly path: string
  /** The generated contents; `null`: not generated. */
  readonly contents: string | null
  readonly standing: Standing
}

export interface FolderSurvey {
  readonly client: string
  readonly files: readonly Surveyed[]
  readonly lock: LockState
}

/** `merged`: two branches were merged in it. `broken`: it is not valid. */
export type LockState = 'none' | 'read' | 'merged' | 'broken'

/** Folders in which only generated files belong. */
export const closed = ['src/gateway', 'src/runtime']

/** Compares sealed files with the output folder, for each client. Includes earlier clients of this manifest. */
export function survey(files: readonly GeneratedFile[], outDir: string, source: Source): FolderSurvey[] {
  const clients = new Map<string, GeneratedFile[]>()
  for (const file of files) {
    const [client] = split(file.path)
    clients.set(client, [...(clients.get(client) ?? []), file])
  }
  for (const name of formerClients(outDir, source, [...clients.keys()])) clients.set(name, [])
  return sortedBy(clients, ([client]) => client).map(([client, own]) => surveyFolder(client, own, outDir))
}

/** Clients of which the output folder has a gateway of this manifest, besides `clients`. None if not all clients were generated. */
export function formerClients(
  outDir: string,
  { gateway, complete }: Pick<Source, 'gateway' | 'complete'>,
  clients: readonly string[],
): readonly string[] {
  const others = complete ? list(outDir).filter((name) => !clients.includes(name)) : []
  return others.filter((name) => lockOf(outDir, name).lock?.gateway === gateway)
}

function surveyFolder(client: string, files: readonly GeneratedFile[], outDir: string): FolderSurvey {
  const { lock, state } = lockOf(outDir, client)
  const recorded = new Map([...(lock?.files ?? [])].map(([path, hashes]) => [`${client}/${path}`, hashes]))
  const made = files.map((file): Surveyed => {
    const standing = standingOf(file, look(outDir, file.path), recorded.get(file.path) ?? [])
    return { path: file.path, contents: file.contents, standing }
  })
  const paths = new Set(files.map((file) => file.path))
  const gone = [...recorded]
    .filter(([path]) => !paths.has(path))
    .map(([path, hashes]) => goneFile(path, look(outDir, path), hashes))
  if (files.length === 0) gone.push(goneFile(`${client}/${lockName}`, look(outDir, `${client}/${lockName}`), []))
  const stray = closed
    .flatMap((folder) => walk(outDir, `${client}/${folder}`))
    .filter((path) => !paths.has(path) && !recorded.has(path))
    .map((path): Surveyed => ({ path, contents: null, standing: { kind: 'stray' } }))
  return { client, lock: state, files: sortedBy([...made, ...gone.flat(), ...stray], (file) => file.path) }
}

function standingOf(file: GeneratedFile, found: Found, recorded: readonly string[]): Standing {
  if (found.kind === 'blocked') return found
  if (found.kind === 'absent') return { kind: 'missing' }
  if (file.ownership === 'once' || found.text === file.contents) return { kind: 'same' }
  const current = found.text
  if (split(file.path)[1] === lockName || recorded.includes(digest(current))) {
    return { kind: 'stale', current }
  }
  if (recorded.length === 0) return { kind: 'foreign', current }
  return { kind: recorded.length > 1 && isMerge(current, file) ? 'merged' : 'edited', current }
}

/**
 * Whether a text, of which two branches generated different versions, is a merge of them and no edit: git found a conflict in it, or
 * it has only lines that are generated now. The two versions themselves are not known.
 */
function isMerge(text: string, { path, contents }: GeneratedFile): boolean {
  if (hasConflict(text)) return true
  // Texts for people have counts, of which each branch has its own.
  const compared = (line: string): string => (path.endsWith('.md') ? line.replace(/\d+ \w+/g, '#') : line)
  const known = new Set(contents.split('\n').map(compared))
  return text.split('\n').every((line) => known.has(compared(line)))
}

/** `recorded`: none for a lock, which is deleted whatever it contains. */
function goneFile(path: string, found: Found, recorded: readonly string[]): Surveyed[] {
  // A file of another kind at this path was not generated, so it is not deleted.
  if (found.kind !== 'file') return []
  const isKnown = recorded.length === 0 || recorded.includes(digest(found.text))
  const kind = isKnown ? 'extra' : 'edited'
  return [{ path, contents: null, standing: { kind, current: found.text } }]
}

export function lockOf(outDir: string, client: string): { lock: FoundLock | null; state: LockState } {
  const found = look(outDir, join(client, lockName).replaceAll('\\', '/'))
  if (found.kind !== 'file') return { lock: null, state: 'none' }
  const lock = readLock(found.text)
  if (lock === null) return { lock, state: 'broken' }
  return { lock, state: lock.isMerged ? 'merged' : 'read' }
}
