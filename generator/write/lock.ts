import { createHash } from 'node:crypto'
import type { GeneratedFile } from '../emit/types.ts'
import { compareText, isObject } from '../support/index.ts'
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
  /**
   * For each client, the sha256 (hex) of each file of its services, by its displayed name. The manifest is not
   * included: most of its changes concern one client, and its hash would change the locks of all others.
   */
  readonly inputs: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Whether all clients of the manifest were generated. Only then are folders of other clients superfluous. */
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
      inputs: inOrder(Object.entries(source.inputs[folder] ?? {})),
      files: inOrder(entries),
    }
    return { path: `${folder}/${lockName}`, contents: `${printed(lock)}\n`, ownership: 'generated' }
  })
  return [...files, ...locks]
}

/** ASCII only: the name of an input may contain characters that hide or reorder text. */
function printed(lock: Lock): string {
  const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  return JSON.stringify(lock, null, 2).replace(/[^\n -~]/g, escaped)
}

/**
 * A lock, or `null` if the text is not a valid one, for example after a merge conflict, or contains paths that no
 * generator wrote.
 */
export function readLock(text: string): Lock | null {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return null
  }
  if (!isObject(parsed)) return null
  const { gatewright, gateway, inputs, files } = parsed
  if (typeof gatewright !== 'string' || typeof gateway !== 'string' || !isTexts(inputs) || !isTexts(files)) return null
  return Object.keys(files).every(isPortable) ? { gatewright, gateway, inputs, files } : null
}

/** The hash of the text with line feeds only, so that a checkout with CRLF does not count as edited. */
export function digest(text: string): string {
  return createHash('sha256').update(normal(text)).digest('hex')
}

export function normal(text: string): string {
  return text.replaceAll('\r\n', '\n')
}

function inOrder(entries: readonly [string, string][]): Record<string, string> {
  return Object.fromEntries([...entries].sort(([a], [b]) => compareText(a, b)))
}

function isTexts(value: unknown): value is Record<string, string> {
  return isObject(value) && Object.values(value).every((text) => typeof text === 'string')
}
