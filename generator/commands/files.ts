import { type Dirent, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** Folders that hold what is installed or built. */
const builtFolders: ReadonlySet<string> = new Set([
  'node_modules',
  'bower_components',
  'vendor',
  'dist',
  'build',
  'target',
  'generated',
  'coverage',
])
const depth = 10
const mostEntries = 50_000

export interface FoundFiles {
  /** Relative to the folder, with forward slashes, in code-unit order. */
  readonly names: readonly string[]
  /** Whether all folders were searched, which are too many or too deep otherwise. */
  readonly isComplete: boolean
}

/**
 * The files below a folder with names that are accepted, without those in hidden folders and in `builtFolders`.
 *
 * @param skips whether a folder, an absolute path, is left out as well
 */
export function filesBelow(
  folder: string,
  accepts: (name: string) => boolean,
  skips: (path: string) => boolean = () => false,
): FoundFiles {
  const names: string[] = []
  let seen = 0
  let isComplete = true
  const walk = (path: string, level: number): void => {
    for (const entry of entriesOf(path)) {
      if (entry.name.startsWith('.')) continue
      if (++seen > mostEntries || level > depth) {
        isComplete = false
        return
      }
      const inner = join(path, entry.name)
      if (entry.isDirectory()) {
        if (!builtFolders.has(entry.name) && !skips(inner)) walk(inner, level + 1)
      } else if (accepts(entry.name)) names.push(relative(folder, inner).split(sep).join('/'))
    }
  }
  walk(folder, 0)
  return { names: names.sort(), isComplete }
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}
