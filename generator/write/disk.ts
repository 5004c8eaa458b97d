import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { normal } from './lock.ts'

/** What lies at a path below the output folder. */
export type Found =
  | { readonly kind: 'absent' }
  /** Its text, with line feeds only. */
  | { readonly kind: 'file'; readonly text: string }
  /** Something at `at`, the path itself or a folder on the way to it, that must not be written to or through. */
  | {
      readonly kind: 'blocked'
      readonly what: 'a symbolic link' | 'a folder' | 'no folder' | 'no regular file'
      readonly at: string
    }

/** Looks without following symbolic links below `root`, which itself may be one. */
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
  return { kind: 'file', text: normal(readFileSync(join(root, path), 'utf8')) }
}

/** Names in a folder, of files and folders; none when it is not there. */
export function list(folder: string): string[] {
  return statSync(folder, { throwIfNoEntry: false }) === undefined ? [] : readdirSync(folder)
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

/** Text of a file that was generated earlier, or `null`; what is wrong with the folder itself is reported when it is written to. */
export function existing(root: string, path: string): string | null {
  if (statSync(root, { throwIfNoEntry: false })?.isDirectory() !== true) return null
  const found = look(root, path)
  return found.kind === 'file' ? found.text : null
}
