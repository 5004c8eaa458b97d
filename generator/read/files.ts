import { createHash } from 'node:crypto'
import { type Dirent, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import { compareText, plainText } from '../support/index.ts'
import { isWithin } from './paths.ts'

/** A file as it was read. */
export interface SourceFile {
  /** Absolute, symbolic links resolved. */
  readonly path: string
  /** Relative to the manifest's folder, with forward slashes, for display. */
  readonly shown: string
  /** With line feeds only, and without a byte order mark. */
  readonly text: string
}

export type ReadFailure =
  | { readonly kind: 'absent'; readonly reason: string }
  /** `path`: where the file is, symbolic links resolved if they lead outside. */
  | { readonly kind: 'outside'; readonly path: string }
  | { readonly kind: 'large'; readonly bytes: number }
  | { readonly kind: 'encoding' }

export type ReadResult = { readonly kind: 'file'; readonly file: SourceFile } | ReadFailure

/** The only access to the file system while reading. Applies the rules about paths; keeps texts and hashes. */
export interface Files {
  readonly folder: string
  /** Absolute path of a name that is relative to `base`, a folder. */
  pathOf(name: string, base?: string): string
  shown(path: string): string
  /** Uses `text` as the contents of a file, which need not exist. */
  given(path: string, text: string): ReadResult
  /** Reads a file that the manifest itself names, in any folder. */
  readNamed(path: string, maxBytes: number): ReadResult
  /** Reads a file that a document refers to; only below one of `roots`, symbolic links resolved (rule G2). */
  readReferred(path: string, maxBytes: number, roots: readonly string[]): ReadResult
  /** Real path of an existing file or folder, or `null`. */
  real(path: string): string | null
  /** Text of a file that was read, by shown name. */
  text(shown: string): string | null
  /** sha256 (hex) of the bytes of each file that was read, by shown name. */
  hashes(): Readonly<Record<string, string>>
  /** Documents below the manifest's folder, by shown name and sorted, to suggest one: the first that are found. */
  documents(): readonly string[]
  /** The real path of each absolute path that was looked up; `null`: it does not exist. */
  readonly asked: ReadonlyMap<string, string | null>
}

/** @param directory the manifest's folder; it need not exist. */
export function createFiles(directory: string): Files {
  const asked = new Map<string, string | null>()
  const real = (path: string): string | null => {
    const found = realOf(path)
    asked.set(path, found)
    return found
  }
  const folder = real(directory) ?? directory
  const read = new Map<string, SourceFile>()
  const hashes = new Map<string, string>()
  const shown = (path: string): string => relative(folder, path).split(sep).join('/')

  let documents: readonly string[] | null = null

  const load = (path: string, maxBytes: number): ReadResult => {
    const known = read.get(path)
    if (known !== undefined) return { kind: 'file', file: known }
    let bytes: Buffer
    try {
      const stat = statSync(path)
      if (!stat.isFile()) return { kind: 'absent', reason: stat.isDirectory() ? 'it is a folder' : 'it is not a file' }
      if (stat.size > maxBytes) return { kind: 'large', bytes: stat.size }
      bytes = readFileSync(path)
    } catch (error) {
      return { kind: 'absent', reason: reasonOf(error) }
    }
    let text: string
    try {
      text = plainText(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    } catch {
      return { kind: 'encoding' }
    }
    const file: SourceFile = { path, shown: shown(path), text }
    read.set(path, file)
    hashes.set(file.shown, createHash('sha256').update(bytes).digest('hex'))
    return { kind: 'file', file }
  }

  return {
    folder,
    pathOf: (name, base = folder) => resolve(base, name),
    shown,
    real,
    asked,
    given(path, text) {
      const file: SourceFile = { path, shown: shown(path), text: plainText(text) }
      read.set(path, file)
      hashes.set(file.shown, createHash('sha256').update(text).digest('hex'))
      return { kind: 'file', file }
    },
    readNamed: (path, maxBytes) => load(real(path) ?? path, maxBytes),
    readReferred(path, maxBytes, roots) {
      // A path that is outside as written is refused before any access to the file system.
      if (!roots.some((root) => isWithin(path, root))) return { kind: 'outside', path }
      const target = real(path)
      if (target === null) return { kind: 'absent', reason: 'it does not exist' }
      if (!roots.some((root) => isWithin(target, root))) return { kind: 'outside', path: target }
      return load(target, maxBytes)
    },
    text: (name) => [...read.values()].find((file) => file.shown === name)?.text ?? null,
    documents: () => {
      documents ??= documentsBelow(folder).map(shown).sort(compareText)
      return documents
    },
    hashes: () => Object.fromEntries([...hashes].sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

/** The most folders that are searched for documents. */
const mostFolders = 200

function documentsBelow(folder: string): readonly string[] {
  const found: string[] = []
  const folders = [folder]
  for (let index = 0; index < folders.length && index < mostFolders; index++) {
    const current = folders[index] ?? folder
    for (const entry of entriesOf(current)) {
      const path = resolve(current, entry.name)
      if (entry.isDirectory() && !/^(?:\.|node_modules$)/.test(entry.name)) folders.push(path)
      else if (entry.isFile() && /\.(?:ya?ml|json)$/i.test(entry.name)) found.push(path)
    }
  }
  return found
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}

function realOf(path: string): string | null {
  try {
    return realpathSync(path)
  } catch {
    return null
  }
}

function reasonOf(error: unknown): string {
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : null
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'it does not exist'
  if (code === 'EACCES' || code === 'EPERM') return 'access is denied'
  return typeof code !== 'string' ? 'it cannot be opened' : `error ${code} of the operating system`
}
