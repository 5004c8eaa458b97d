import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { idOfNote, type Note, noteName, readNote } from '../../remote/index.ts'
import type { Report } from '../../support/index.ts'
import { filesBelow } from '../files.ts'

/** A note in the repository. */
export interface FoundNote {
  /** Absolute. */
  readonly folder: string
  readonly id: string
  readonly note: Note
}

export type Search =
  | { readonly kind: 'notes'; readonly notes: readonly FoundNote[] }
  | { readonly kind: 'faults'; readonly faults: readonly Report[] }

/**
 * The notes of downloaded documents: those that are named, by the note, the document or one of its files, or those below a named folder;
 * without names those below the working directory.
 */
export function findNotes(names: readonly string[], cwd: string): Search {
  const faults: Report[] = []
  const found = new Map<string, FoundNote>()
  const add = (path: string): void => {
    const note = noteAt(path)
    if (note === null) faults.push(unreadable(path, cwd))
    else found.set(path, note)
  }
  for (const name of names.length === 0 ? ['.'] : names) {
    const path = resolve(cwd, name)
    const stat = statSync(path, { throwIfNoEntry: false })
    const paths = stat?.isDirectory() === true ? notesBelow(path) : ownerOf(path)
    if (paths.length === 0) faults.push(withoutNote(name, stat === undefined))
    for (const one of paths) add(one)
  }
  return faults.length > 0 ? { kind: 'faults', faults } : { kind: 'notes', notes: [...found.values()] }
}

/** The note at a path; `null`: it cannot be read. */
export function noteAt(path: string): FoundNote | null {
  const id = idOfNote(basename(path))
  try {
    const note = id === null ? null : readNote(readFileSync(path, 'utf8'))
    return note === null || id === null ? null : { folder: dirname(path), id, note }
  } catch {
    return null
  }
}

function notesBelow(folder: string): readonly string[] {
  const { names } = filesBelow(folder, (name) => idOfNote(name) !== null, new Set(['node_modules']))
  return names.map((name) => join(folder, name))
}

/** The note of a file: in its folder or in one above it. */
function ownerOf(path: string): readonly string[] {
  if (idOfNote(basename(path)) !== null) return [path]
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    for (const name of notesIn(folder)) {
      const found = noteAt(join(folder, name))
      if (found !== null && Object.keys(found.note.files).some((file) => join(folder, file) === path))
        return [join(folder, name)]
    }
    if (dirname(folder) === folder) return []
  }
}

function notesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => idOfNote(name) !== null)
  } catch {
    return []
  }
}

function unreadable(path: string, cwd: string): Report {
  const name = path.startsWith(`${cwd}/`) ? path.slice(cwd.length + 1) : path
  return { code: 'GW1407', message: `${name} is not the note of a downloaded document, or is damaged.`, origin: null }
}

function withoutNote(name: string, isAbsent: boolean): Report {
  const message = isAbsent
    ? `${name} does not exist.`
    : name === '.'
      ? 'There is no downloaded document here.'
      : `${name} was not downloaded: no ${noteName('*')} names it.`
  return { code: 'GW1408', message, origin: null }
}
