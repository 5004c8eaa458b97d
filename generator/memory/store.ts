import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ownFingerprint } from './own.ts'

/** What a run read. */
export interface Read {
  /** By absolute path as it was asked for, the real path that it led to; `null`: there was nothing. */
  readonly asked: Readonly<Record<string, string | null>>
  /** sha256 (hex) of each file that was read, by its real path. */
  readonly hashes: Readonly<Record<string, string>>
}

/** `finding` is plain data. */
export interface Entry<Finding> {
  readonly read: Read
  readonly finding: Finding
}

/** What an earlier run found. */
export interface Recalled<Finding> {
  readonly finding: Finding
  /** Text of a file that it read, by its real path. */
  text(path: string): string | null
}

/**
 * Remembers, on this machine only, what runs have found (docs/adr/0005). Whatever is wrong with the memory is the same as having
 * none.
 */
export interface Memory<Finding> {
  /** `null` as well when this gatewright is another, or what was read has changed. */
  recall(): Recalled<Finding> | null
  remember(entry: Entry<Finding>): void
}

export const noMemory: Memory<never> = { recall: () => null, remember: () => undefined }

/**
 * @param folder where it is kept; made when there is something to keep
 * @param question what the runs are asked for: those that are asked for anything else remember nothing of each other
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
        // Two runs at a time must not mix what they write.
        const draft = `${path}.${randomUUID()}`
        writeFileSync(draft, JSON.stringify(kept), { mode: 0o600 })
        renameSync(draft, path)
      } catch {
        // A folder that cannot be written costs time, and nothing else.
      }
    },
  }
}

interface Kept<Finding> {
  readonly by: string
  readonly entry: Entry<Finding>
}

/** The texts of all files that were read, if they are what they were and every way still leads where it led. */
function unchanged({ asked, hashes }: Read): ReadonlyMap<string, string> | null {
  for (const [path, real] of Object.entries(asked)) if (realPath(path) !== real) return null
  const texts = new Map<string, string>()
  for (const [path, hash] of Object.entries(hashes)) {
    const bytes = readFileSync(path)
    if (sha256(bytes) !== hash) return null
    texts.set(path, new TextDecoder().decode(bytes))
  }
  return texts
}

/** Whether it is known of every file what it held: of one that was too large, or no text, it is not. */
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
