import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { plainText } from '../support/index.ts'
import { ownFingerprint } from './own.ts'

/** The files that a run read. */
export interface Read {
  /** The real path of each path that was requested, both absolute; `null`: it did not exist. */
  readonly asked: Readonly<Record<string, string | null>>
  /** sha256 (hex) of each file that was read, by its real path. */
  readonly hashes: Readonly<Record<string, string>>
}

/** `finding` is plain data. */
export interface Entry<Finding> {
  readonly read: Read
  readonly finding: Finding
}

/** The result of an earlier run. */
export interface Recalled<Finding> {
  readonly finding: Finding
  /** Text of a file that the run read, by its real path. */
  text(path: string): string | null
}

/**
 * Stores results of runs, on this machine only (docs/adr/0005). Any fault of the store is treated as an empty store.
 */
export interface Memory<Finding> {
  /** `null` also if the installation of gatewright or a file that was read has changed. */
  recall(): Recalled<Finding> | null
  remember(entry: Entry<Finding>): void
}

export const noMemory: Memory<never> = { recall: () => null, remember: () => undefined }

/**
 * @param folder of the store; created when the first result is stored
 * @param question identifies the options of the runs; runs with different options have separate results
 */
export function createMemory<Finding>(folder: string, question: string): Memory<Finding> {
  const name = sha256(question)
  const path = join(folder, `${name}.json`)
  return {
    recall() {
      try {
        const { by, entry } = JSON.parse(readFileSync(path, 'utf8')) as Kept<Finding>
        const texts = by === ownFingerprint() ? unchanged(entry.read) : null
        return texts === null ? null : { finding: entry.finding, text: (file) => texts.get(file) ?? null }
      } catch {
        return null
      }
    },
    remember(entry) {
      if (!isComplete(entry.read)) return
      const kept: Kept<Finding> = { by: ownFingerprint(), entry }
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        // Two runs at the same time must not mix their writes.
        const draft = `${path}.${randomUUID()}`
        writeFileSync(draft, JSON.stringify(kept), { mode: 0o600 })
        renameSync(draft, path)
      } catch {
        // If the folder cannot be written, only time is lost.
      }
    },
  }
}

interface Kept<Finding> {
  readonly by: string
  readonly entry: Entry<Finding>
}

/** The texts of all files that were read; `null` if one has changed, or a path leads to another file. */
function unchanged({ asked, hashes }: Read): ReadonlyMap<string, string> | null {
  for (const [path, real] of Object.entries(asked)) if (realPath(path) !== real) return null
  const texts = new Map<string, string>()
  for (const [path, hash] of Object.entries(hashes)) {
    const bytes = readFileSync(path)
    if (sha256(bytes) !== hash) return null
    texts.set(path, plainText(new TextDecoder().decode(bytes)))
  }
  return texts
}

/** Whether the hash of every file is known. It is not if the file was too large or not text. */
function isComplete({ asked, hashes }: Read): boolean {
  return Object.values(asked).every((real) => real === null || Object.hasOwn(hashes, real) || isFolder(real))
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

function realPath(path: string): string | null {
  try {
    return realpathSync(path)
  } catch {
    return null
  }
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}
