import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { idOfNote, isOtherJson, type Note, needsEnv, noteName, readNote } from '../../remote/index.ts'
import { type Report, shellWord } from '../../support/index.ts'
import { filesBelow } from '../files.ts'
import { type Env, isTracked } from '../git.ts'
import { nameFrom } from '../report.ts'

/** A note in the repository. */
export interface FoundNote {
  /** Absolute. */
  readonly folder: string
  readonly id: string
  readonly note: Note
}

export type Search =
  | { readonly kind: 'notes'; readonly notes: readonly FoundNote[]; readonly faults: readonly Report[] }
  /** Names that have no note. */
  | { readonly kind: 'faults'; readonly faults: readonly Report[] }

/**
 * The notes of downloaded documents: those that are named, by the note, the document or one of its files, or those below a named folder;
 * without names those below the working directory. A search leaves out what is installed or built, and other repositories. Whoever
 * writes a note chooses where variables are sent: one that a search found may have them only if it belongs to the repository.
 * `faults`: notes that cannot be used.
 */
export function findNotes(names: readonly string[], cwd: string, env: Env): Search {
  const wrong: Report[] = []
  const chosen = new Set<string>()
  const searched = new Set<string>()
  for (const name of names.length === 0 ? ['.'] : names) {
    const path = resolve(cwd, name)
    const stat = statSync(path, { throwIfNoEntry: false })
    const isFolder = stat?.isDirectory() === true
    const paths = isFolder ? notesBelow(path) : ownerOf(path)
    if (paths.length === 0) wrong.push(withoutNote(name, stat === undefined))
    for (const one of paths) (isFolder ? searched : chosen).add(one)
  }
  if (wrong.length > 0) return { kind: 'faults', faults: wrong }
  const notes: FoundNote[] = []
  const faults: Report[] = []
  for (const path of new Set([...chosen, ...searched])) {
    const found = noteAt(path)
    if (found === null) faults.push(unreadable(nameFrom(cwd, path)))
    else if (needsEnv(found.note) && !chosen.has(path) && !isTracked(cwd, path, env))
      faults.push(foreign(nameFrom(cwd, path)))
    else notes.push(found)
  }
  return { kind: 'notes', notes, faults }
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
  const isRepository = (path: string): boolean => existsSync(join(path, '.git'))
  const { names } = filesBelow(folder, (name) => idOfNote(name) !== null, isRepository)
  return names.map((name) => join(folder, name)).filter((path) => !isOther(path))
}

function isOther(path: string): boolean {
  try {
    return isOtherJson(readFileSync(path, 'utf8'))
  } catch {
    return false
  }
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

function unreadable(name: string): Report {
  return { code: 'GW1407', message: `${name} is not the note of a downloaded document, or is damaged.`, origin: null }
}

function foreign(name: string): Report {
  return {
    code: 'GW1410',
    message: `${name} refers to the environment, and git does not track it.`,
    origin: null,
    remedy: `Add the note to the repository, or name it, if its source is to be trusted:\n    gatewright spec update ${shellWord(name)}`,
  }
}

function withoutNote(name: string, isAbsent: boolean): Report {
  const message = isAbsent
    ? `${name} does not exist.`
    : name === '.'
      ? 'There is no downloaded document here.'
      : `${name} was not downloaded: no ${noteName('*')} names it.`
  return { code: 'GW1408', message, origin: null }
}
