import { parseEnvText } from '../../templates/runtime/words/envText.ts'
import { compareText, isObject } from '../support/index.ts'
import { isPortable } from '../write/index.ts'
import type { Source } from './source.ts'

/** What is noted beside a document that was downloaded, in `<id>.source.json`. */
export interface Note extends Source {
  /** The document itself, one of `files`. */
  readonly document: string
  /** By paths below the folder of the note, with forward slashes. */
  readonly files: Readonly<Record<string, NotedFile>>
}

export interface NotedFile {
  /** With the names of variables, as in `Source.url`. */
  readonly url: string
  /** Of the file as it was written, with line feeds only (hex). */
  readonly sha256: string
  /** Of the answer, for a conditional request; `null`: the server gave none. */
  readonly etag: string | null
}

const ending = '.source.json'

/** File name of the note of a document. */
export function noteName(id: string): string {
  return id + ending
}

/** The id of a note, from its file name; `null`: it is not a note. */
export function idOfNote(name: string): string | null {
  return name.endsWith(ending) && name.length > ending.length ? name.slice(0, -ending.length) : null
}

/** A line for each fact, in an order that depends on nothing else, so that branches merge. */
export function printNote({ url, headers, origins, document, files }: Note): string {
  const inOrder = <T>(members: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(members).sort(([a], [b]) => compareText(a, b)))
  const note = {
    source: url,
    ...(Object.keys(headers).length === 0 ? {} : { headers: inOrder(headers) }),
    ...(origins.length === 0 ? {} : { origins: [...origins].sort(compareText) }),
    document,
    files: inOrder(files),
  }
  return `${JSON.stringify(note, null, 2)}\n`
}

/** `null`: the text is not a valid note, for example after a merge conflict, or names files that no download wrote. */
export function readNote(text: string): Note | null {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return null
  }
  if (!isObject(parsed)) return null
  const { source: url, headers = {}, origins = [], document, files } = parsed
  if (typeof url !== 'string' || typeof document !== 'string' || !isTexts(headers) || !isObject(files)) return null
  if (!Array.isArray(origins) || !origins.every((origin) => typeof origin === 'string')) return null
  const isValid = Object.entries(files).every(([path, file]) => isPortable(path) && isNotedFile(file))
  if (!isValid || !Object.hasOwn(files, document)) return null
  return { url, headers, origins, document, files: files as Note['files'] }
}

/** Whether a text in a file with the name of a note is JSON of another kind, which has not all members of a note. */
export function isOtherJson(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text)
    return !isObject(parsed) || !['source', 'document', 'files'].every((name) => Object.hasOwn(parsed, name))
  } catch {
    return false
  }
}

/** Whether a download needs variables of the environment. */
export function needsEnv({ url, headers }: Source): boolean {
  return [url, ...Object.values(headers)].some((text) => parseEnvText(text).variables.length > 0)
}

function isNotedFile(file: unknown): boolean {
  if (!isObject(file)) return false
  const { url, sha256, etag } = file
  return typeof url === 'string' && /^[0-9a-f]{64}$/.test(String(sha256)) && (etag === null || typeof etag === 'string')
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return isObject(value) && Object.values(value).every((text) => typeof text === 'string')
}
