import { createHash } from 'node:crypto'
import type { GeneratedFile } from '../emit/types.ts'
import { compareText, isObject, plainText } from '../support/index.ts'
import { isPortable, lockName, split } from './paths.ts'

/** What gateways were generated from. */
export interface Source {
  /**
   * The manifest's name. Distinguishes the folders of this manifest from those of another one with the same output
   * folder.
   */
  readonly gateway: string
  /** Of gatewright. */
  readonly version: string
  /** Whether all clients of the manifest were generated. Only then are folders of other clients superfluous. */
  readonly complete: boolean
}

/**
 * The contents of `gatewright.lock.json`. It has no hashes of documents: a document of which a client uses nothing that changed
 * leaves the client's lock as it is.
 */
export interface Lock {
  readonly gatewright: string
  readonly gateway: string
  /** sha256 (hex) of each file as generated, by its path in the client's folder. */
  readonly files: Readonly<Record<string, string>>
}

/** A lock as it was found. */
export interface FoundLock {
  readonly gateway: string
  /** The hashes of each file, by its path in the client's folder: one, or after a merge one of each branch that generated it. */
  readonly files: ReadonlyMap<string, readonly string[]>
  /** Two branches were merged in it, with or without a conflict. */
  readonly isMerged: boolean
}

/**
 * The files, with a lock for each client's folder. Files with ownership `once` are not locked: they belong to the user.
 */
export function seal(files: readonly GeneratedFile[], source: Source): GeneratedFile[] {
  const folders = new Map<string, [string, string][]>()
  for (const file of files) {
    const [folder, path] = split(file.path)
    const entries = folders.get(folder) ?? []
    if (file.ownership === 'generated') entries.push([path, digest(file.contents)])
    folders.set(folder, entries)
  }
  const locks = [...folders].map(([folder, entries]): GeneratedFile => {
    const lock: Lock = {
      gatewright: source.version,
      gateway: source.gateway,
      files: inOrder(entries),
    }
    return { path: `${folder}/${lockName}`, contents: `${printed(lock)}\n`, ownership: 'generated' }
  })
  return [...files, ...locks]
}

/** A line for each file, which git merges by itself (`merge=union` in `.gitattributes`). */
function printed(lock: Lock): string {
  return JSON.stringify(lock, null, 2)
}

/**
 * A lock, or `null` if the text is not a valid one or contains paths that no generator wrote. A lock in conflict is what its two
 * sides say together.
 */
export function readLock(text: string): FoundLock | null {
  const sides = sidesOf(text)
  const locks = sides.map(readSide)
  const [first] = locks
  if (first === undefined || first === null) return null
  const files = new Map<string, readonly string[]>()
  for (const lock of locks) {
    if (lock === null || lock.gateway !== first.gateway) return null
    for (const [path, hashes] of lock.files) files.set(path, [...new Set([...(files.get(path) ?? []), ...hashes])])
  }
  const isMerged = sides.length > 1 || [...files.values()].some((hashes) => hashes.length > 1)
  return { gateway: first.gateway, files, isMerged }
}

type Side = Omit<FoundLock, 'isMerged'>

/** A line of a lock: a path and a hash. */
const line = /^\s*("(?:[^"\\]|\\.)*"): "([0-9a-f]{64})",?$/gm

/** Reads the text of one side. A union of two sides may name a file twice, and lack a comma where one of them ended. */
function readSide(text: string): Side | null {
  let parsed: unknown
  try {
    parsed = JSON.parse(text.replace(/"\n(?=\s*")/g, '",\n'))
  } catch {
    return null
  }
  if (!isObject(parsed)) return null
  const { gatewright, gateway, files } = parsed
  if (typeof gatewright !== 'string' || typeof gateway !== 'string' || !isTexts(files)) return null
  if (!Object.keys(files).every(isPortable)) return null
  const found = new Map<string, readonly string[]>(Object.entries(files).map(([path, hash]) => [path, [hash]]))
  for (const [, name = '', hash = ''] of text.matchAll(line)) {
    const path: unknown = JSON.parse(name)
    const hashes = typeof path === 'string' ? found.get(path) : undefined
    if (hashes !== undefined && !hashes.includes(hash)) found.set(String(path), [...hashes, hash])
  }
  return { gateway, files: found }
}

/** The two texts between which git found a conflict (gitattributes(5)); a text without markers is itself. */
function sidesOf(text: string): readonly string[] {
  const ours: string[] = []
  const theirs: string[] = []
  let at: 'both' | 'ours' | 'base' | 'theirs' = 'both'
  let conflicts = 0
  for (const line of text.split('\n')) {
    const marker = /^(<{7}|\|{7}|={7}|>{7})(?: |$)/.exec(line)?.[1]?.[0]
    if (marker === '<' && at === 'both') at = 'ours'
    else if (marker === '|' && at === 'ours') at = 'base'
    else if (marker === '=' && (at === 'ours' || at === 'base')) at = 'theirs'
    else if (marker === '>' && at === 'theirs') {
      at = 'both'
      conflicts += 1
    } else {
      if (at === 'both' || at === 'ours') ours.push(line)
      if (at === 'both' || at === 'theirs') theirs.push(line)
    }
  }
  return conflicts === 0 ? [text] : [ours.join('\n'), theirs.join('\n')]
}

/** Whether a text has the markers of a conflict of git. */
export function hasConflict(text: string): boolean {
  return sidesOf(text).length > 1
}

/** The hash of the plain text, so that a checkout with CRLF does not count as edited. */
export function digest(text: string): string {
  return createHash('sha256').update(plainText(text)).digest('hex')
}

function inOrder(entries: readonly [string, string][]): Record<string, string> {
  return Object.fromEntries([...entries].sort(([a], [b]) => compareText(a, b)))
}

function isTexts(value: unknown): value is Record<string, string> {
  return isObject(value) && Object.values(value).every((text) => typeof text === 'string')
}
