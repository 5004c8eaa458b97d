import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export interface Changes {
  /** In this order. Paths below the root, with forward slashes. */
  readonly write: readonly { readonly path: string; readonly contents: string }[]
  readonly remove: readonly string[]
}

/**
 * Makes all changes or none. Files are first written to a staging folder and then moved into place. If a step fails,
 * the steps before it are undone and the error is thrown again.
 */
export function apply(root: string, changes: Changes): void {
  if (changes.write.length === 0 && changes.remove.length === 0) return
  const undo: (() => void)[] = []
  makeFolder(root, undo)
  let staging: string | null = null
  try {
    staging = mkdtempSync(join(root, '.gatewright-'))
    const stage = staging
    const staged = changes.write.map(({ path, contents }, index) => {
      const from = join(stage, `new-${index}`)
      writeFileSync(from, contents, { flag: 'wx' })
      return { path, from }
    })
    for (const [index, { path, from }] of staged.entries())
      replace(join(root, path), from, join(stage, `old-${index}`), undo)
    for (const [index, path] of changes.remove.entries()) remove(join(root, path), join(stage, `gone-${index}`), undo)
  } catch (error) {
    for (const step of undo.reverse()) step()
    throw error
  } finally {
    if (staging !== null) rmSync(staging, { recursive: true, force: true })
  }
  for (const path of changes.remove) prune(root, dirname(path))
}

function replace(target: string, from: string, kept: string, undo: (() => void)[]): void {
  makeFolder(dirname(target), undo)
  if (existsSync(target)) remove(target, kept, undo)
  renameSync(from, target)
  undo.push(() => rmSync(target, { force: true }))
}

function remove(target: string, kept: string, undo: (() => void)[]): void {
  renameSync(target, kept)
  undo.push(() => renameSync(kept, target))
}

/** Creates a folder and its missing parents. Undoing removes the created ones. */
function makeFolder(folder: string, undo: (() => void)[]): void {
  const first = mkdirSync(folder, { recursive: true })
  if (first !== undefined) undo.push(() => rmSync(first, { recursive: true, force: true }))
}

/** Removes folders that have become empty, up to the root. */
function prune(root: string, folder: string): void {
  if (folder === '.' || !existsSync(join(root, folder)) || readdirSync(join(root, folder)).length > 0) return
  rmdirSync(join(root, folder))
  prune(root, dirname(folder))
}
