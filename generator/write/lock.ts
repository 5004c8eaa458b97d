import { createHash } from 'node:crypto'
import type { GeneratedFile } from '../emit/types.ts'
import { compareText } from '../support/index.ts'
import { isPortable, lockName, split } from './paths.ts'

/** What a set of gateways was made from. */
export interface Source {
  /** The manifest's name: tells our folders from those of another manifest that shares the output folder. */
  readonly gateway: string
  /** Of gatewright. */
  readonly version: string
  /**
   * By client, the sha256 (hex) of each file that a service of it was read from, by its shown name. The manifest is not among them: most
   * changes of it concern one client, and its hash would change the lock of every other.
   */
  readonly inputs: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Whether all clients of the manifest were made: only then are the folders of others superfluous. */
  readonly complete: boolean
}

/** The contents of `gatewright.lock.json`. */
export interface Lock {
  readonly gatewright: string
  readonly gateway: string
  /** sha256 (hex) of each file that a service of this client was read from. */
  readonly inputs: Readonly<Record<string, string>>
  /** sha256 (hex) of each file as generated, by its path in the client's folder. */
  readonly files: Readonly<Record<string, string>>
}

/** The files with a lock for each client's folder. Files made `once` are not locked: they belong to the user. */
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
      inputs: inOrder(Object.entries(source.inputs[folder] ?? {})),
      files: inOrder(entries),
    }
    return { path: `${folder}/${lockName}`, contents: `${printed(lock)}\n`, ownership: 'generated' }
  })
  return [...files, ...locks]
}

/** ASCII: the name of an input may hold what turns or hides the text around it. */
function printed(lock: Lock): string {
  const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  return JSON.stringify(lock, null, 2).replace(/[^\n -~]/g, escaped)
}

/** A lock as it was found, or `null` when it is none: a conflict of a merge, or paths that no generator wrote. */
export function readLock(text: string): Lock | null {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return null
  }
  if (!isRecord(parsed)) return null
  const { gatewright, gateway, inputs, files } = parsed
  if (typeof gatewright !== 'string' || typeof gateway !== 'string' || !isTexts(inputs) || !isTexts(files)) return null
  return Object.keys(files).every(isPortable) ? { gatewright, gateway, inputs, files } : null
}

/** Of the text with line feeds only: a checkout that turned them into CRLF has edited nothing. */
export function digest(text: string): string {
  return createHash('sha256').update(normal(text)).digest('hex')
}

export function normal(text: string): string {
  return text.replaceAll('\r\n', '\n')
}

function inOrder(entries: readonly [string, string][]): Record<string, string> {
  return Object.fromEntries([...entries].sort(([a], [b]) => compareText(a, b)))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isTexts(value: unknown): value is Record<string, string> {
  return isRecord(value) && Object.values(value).every((text) => typeof text === 'string')
}
