import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { plainText } from '../support/index.ts'

/** What exists at a path below the output folder. */
export type Found =
  | { readonly kind: 'absent' }
  /** Its text, with line feeds only and without a byte order mark. */
  | { readonly kind: 'file'; readonly text: string }
  /** `at`, which is the path itself or a folder on the way, must not be written to or through. */
  | {
      readonly kind: 'blocked'
      readonly what: 'a symbolic link' | 'a folder' | 'no folder' | 'no regular file'
      readonly at: string
    }

/** Does not follow symbolic links below `root`. `root` itself may be one. */
export function look(root: string, path: string): Found {
  const segments = path.split('/')
  for (let depth = 1; depth <= segments.length; depth++) {
    const at = segments.slice(0, depth).join('/')
    const stats = lstatSync(join(root, at), { throwIfNoEntry: false })
    if (stats === undefined) return { kind: 'absent' }
    if (stats.isSymbolicLink()) return { kind: 'blocked', what: 'a symbolic link', at }
    if (depth < segments.length && !stats.isDirectory()) return { kind: 'blocked', what: 'no folder', at }
    if (depth === segments.length && stats.isDirectory()) return { kind: 'blocked', what: 'a folder', at }
    if (depth === segments.length && !stats.isFile()) return { kind: 'blocked', what: 'no regular file', at }
  }
  return { kind: 'file', text: plainText(readFileSync(join(root, path), 'utf8')) }
}

/** Names of the files and folders in a folder; empty if it does not exist. A file in its place is reported when it is written. */
export function list(folder: string): string[] {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true ? readdirSync(folder) : []
}

/** Everything below `folder` that is not a folder, with forward slashes, relative to `root`. Symbolic links are not followed. */
export function walk(root: string, folder: string): string[] {
  const found = look(root, folder)
  if (found.kind !== 'blocked' || found.at !== folder || found.what !== 'a folder') return []
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    return entry.isDirectory() ? walk(root, path) : [path]
  })
}

/** Regular files below `folder`, with forward slashes, relative to `root`. */
export function filesBelow(root: string, folder: string): string[] {
  return walk(root, folder).filter((path) => look(root, path).kind === 'file')
}

/** Text of an existing file, or `null`. Faults of the folder itself are reported when it is written. */
export function existing(root: string, path: string): string | null {
  if (statSync(root, { throwIfNoEntry: false })?.isDirectory() !== true) return null
  const found = look(root, path)
  return found.kind === 'file' ? found.text : null
}
