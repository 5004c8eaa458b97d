import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, posix } from 'node:path'
import { diffSpecs, type SpecChanges } from '../diff/index.ts'
import { createLocator, fileNameOf, read, type SpecDocument, withLinks } from '../read/index.ts'
import { Diagnostics } from '../support/index.ts'
import { apply, type Changes, digest, look } from '../write/index.ts'
import { type CollectedFile, collect, type KnownFile } from './collect.ts'
import { createDownloader } from './download.ts'
import { type Layout, layOut, movedLinks } from './layout.ts'
import { type DownloadLimits, downloadLimits } from './limits.ts'
import { type Note, noteName, printNote } from './note.ts'
import { type ResolvedSource, resolveSource, type Source } from './source.ts'

export interface PrepareOptions {
  /** Absolute folder of the note. */
  readonly folder: string
  /** Name of the note, and of the document or of its folder. */
  readonly id: string
  readonly source: Source
  /** Of an earlier download. */
  readonly note: Note | null
  /** Overwrite files that were changed by hand, or that are not of the document. */
  readonly force: boolean
  readonly env: Readonly<Record<string, string | undefined>>
  readonly limits?: Partial<DownloadLimits>
  /** Names a file below the folder in messages. */
  readonly shown: (path: string) => string
  /** Called with the URL of each file before it is downloaded. */
  readonly onFile: (url: string) => void
}

/** A document that was downloaded, and what is to be written. */
export interface Prepared {
  readonly note: Note
  /** Below the folder of the note. Nothing is written yet: see `commit`. */
  readonly changes: Changes
  /** How the document is after the change, its files joined. */
  readonly document: SpecDocument
  /** Compared with the files in the repository; `null`: there were none, or they cannot be read. */
  readonly comparison: SpecChanges | null
}

/**
 * Downloads a document with its files, checks it, and compares it with what lies in the repository. Reports all problems; `null`: there
 * was an error. Writes nothing.
 */
export async function prepare(options: PrepareOptions, diagnostics: Diagnostics): Promise<Prepared | null> {
  const { folder, id, note, source, env } = options
  const resolution = resolveSource(source, env)
  if (resolution.kind === 'faults') {
    for (const fault of resolution.faults) diagnostics.report(fault)
    return null
  }
  const before = note === null ? new Map<string, string>() : presentFiles(options, note, diagnostics)
  if (diagnostics.hasErrors) return null

  const texts = new Map<string, string>()
  diagnostics.locator = createLocator((name) => texts.get(name) ?? null)
  const limits = { ...downloadLimits, ...options.limits }
  const downloader = createDownloader(env, limits)
  const known = knownFiles(note, before, resolution.source)
  const { onFile } = options
  const collected = await collect({ source: resolution.source, known, downloader, limits, diagnostics, texts, onFile })
  downloader.close()
  if (collected === null) return null
  reportValues(collected, source, resolution.source, diagnostics)
  if (diagnostics.hasErrors) return null

  const paths: Layout = new Map(
    Object.entries(note?.files ?? {}).flatMap(([path, { url }]) => {
      const place = resolution.source.resolved(url)
      return place === null ? [] : [[place, path] as const]
    }),
  )
  const layout = layOut(collected, id, paths, resolution.source.pathOf)
  const files = collected.map((file) => written(file, layout, resolution.source))
  const after = noteOf(files, source)
  checkTargets(options, files, diagnostics)
  const document = await joined(files, after.document, diagnostics)
  if (document === null || diagnostics.hasErrors) return null
  const earlier = note === null ? null : await joinedOnDisk(folder, note.document)
  return {
    note: after,
    changes: changesOf(files, after, note, before, noteName(id)),
    document,
    comparison: earlier && diffSpecs(earlier.document, document.document),
  }
}

/** Writes what was prepared, all or nothing. Reports an error of the file system, and returns whether there was none. */
export function commit(folder: string, { changes }: Prepared, diagnostics: Diagnostics): boolean {
  try {
    apply(folder, changes)
    return true
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    diagnostics.report({ code: 'GW4105', message: `The document cannot be written: ${reason}.`, origin: null })
    return false
  }
}

/** The noted files that exist, by path. Reports those that were changed since they were written. */
function presentFiles(
  { folder, force, shown }: PrepareOptions,
  { files }: Note,
  diagnostics: Diagnostics,
): Map<string, string> {
  const present = new Map<string, string>()
  for (const [path, { sha256 }] of Object.entries(files)) {
    const found = look(folder, path)
    if (found.kind !== 'file') continue
    present.set(path, found.text)
    if (digest(found.text) !== sha256 && !force) {
      diagnostics.report({
        code: 'GW1406',
        message: `${shown(path)} was changed after it was downloaded.`,
        origin: null,
      })
    }
  }
  return present
}

/** What conditional requests need, by URL. A file that was changed or removed is downloaded without condition. */
function knownFiles(
  note: Note | null,
  present: ReadonlyMap<string, string>,
  source: ResolvedSource,
): ReadonlyMap<string, KnownFile> {
  const files = note?.files ?? {}
  const known = new Map<string, KnownFile>()
  for (const [path, { url, sha256, etag }] of Object.entries(files)) {
    const text = present.get(path)
    if (text === undefined || digest(text) !== sha256) continue
    const targetOf = (reference: string): string | null => {
      const name = fileNameOf(reference)
      const target = name === null ? undefined : files[posix.join(posix.dirname(path), name)]
      return target === undefined ? null : source.resolved(target.url)
    }
    const place = source.resolved(url)
    if (place !== null) known.set(place, { text, etag, targetOf })
  }
  return known
}

/** Reports files whose URLs cannot be noted without a value of the environment. */
function reportValues(
  files: readonly CollectedFile[],
  { url }: Source,
  source: ResolvedSource,
  diagnostics: Diagnostics,
): void {
  if (files.every((file) => source.noted(file.url) !== null)) return
  diagnostics.report({
    code: 'GW1400',
    message: `The URL of a file that ${url} refers to contains a value of the environment in another spelling, and would be written into the repository.`,
    origin: null,
    remedy: 'Send the value as a header, or ask the owner of the document for references without it.',
  })
}

interface WrittenFile {
  readonly path: string
  readonly contents: string
  readonly url: string
  readonly etag: string | null
}

function written(file: CollectedFile, layout: Layout, source: ResolvedSource): WrittenFile {
  const contents = withLinks(file.text, movedLinks(file, layout))
  return { path: layout.get(file.url) ?? '', contents, url: source.noted(file.url) ?? '', etag: file.etag }
}

function noteOf(files: readonly WrittenFile[], source: Source): Note {
  const noted = files.map(({ path, contents, url, etag }) => [path, { url, sha256: digest(contents), etag }] as const)
  return { ...source, document: files[0]?.path ?? '', files: Object.fromEntries(noted) }
}

function checkTargets(
  { folder, note, force, shown }: PrepareOptions,
  files: readonly WrittenFile[],
  diagnostics: Diagnostics,
): void {
  for (const { path, contents } of files) {
    const found = look(folder, path)
    if (found.kind === 'blocked') {
      diagnostics.report({
        code: 'GW4103',
        message: `${shown(path)} cannot be written, because ${shown(found.at)} is ${found.what}.`,
        origin: null,
      })
    } else if (
      found.kind === 'file' &&
      !force &&
      note?.files[path] === undefined &&
      digest(found.text) !== digest(contents)
    ) {
      diagnostics.report({
        code: 'GW5006',
        message: `${shown(path)} exists already, and is not a file of this document.`,
        origin: null,
      })
    }
  }
}

/** Of a file whose contents are the same, the note keeps its `ETag`: a server may give another one with each answer. */
function changesOf(
  files: readonly WrittenFile[],
  after: Note,
  before: Note | null,
  present: ReadonlyMap<string, string>,
  name: string,
): Changes {
  const write = files.filter(({ path, contents }) => digest(present.get(path) ?? '') !== digest(contents))
  const remove = Object.keys(before?.files ?? {}).filter((path) => present.has(path) && after.files[path] === undefined)
  const isNoted = before !== null && write.length + remove.length === 0 && sameSources(before, after)
  return { write: isNoted ? write : [...write, { path: name, contents: printNote(after) }], remove }
}

/** Whether two notes name the same files with the same contents. */
function sameSources(before: Note, after: Note): boolean {
  const withoutTags = (note: Note): string =>
    printNote({
      ...note,
      files: Object.fromEntries(Object.entries(note.files).map(([path, file]) => [path, { ...file, etag: null }])),
    })
  return withoutTags(before) === withoutTags(after)
}

/** The document as it will be read, from a folder of its own. */
async function joined(
  files: readonly WrittenFile[],
  root: string,
  diagnostics: Diagnostics,
): Promise<SpecDocument | null> {
  const folder = mkdtempSync(join(tmpdir(), 'gatewright-spec-'))
  try {
    for (const { path, contents } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), contents)
    }
    const found = new Diagnostics()
    const document = await documentIn(folder, root, found)
    for (const { code, message } of found.all) diagnostics.report({ code, message, origin: null })
    return document
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** `null`: it cannot be read. */
function joinedOnDisk(folder: string, root: string): Promise<SpecDocument | null> {
  return documentIn(folder, root, new Diagnostics())
}

async function documentIn(folder: string, root: string, diagnostics: Diagnostics): Promise<SpecDocument | null> {
  const services = { document: { spec: root, url: 'http://127.0.0.1' } }
  const manifest = { gatewright: 1, name: 'document', services, clients: { nobody: { expose: {} } } }
  const inputs = await read(join(folder, 'gateway.yaml'), { text: JSON.stringify(manifest) }, diagnostics)
  return inputs?.value.specs[0] ?? null
}
