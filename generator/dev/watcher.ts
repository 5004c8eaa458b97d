import { resolve } from 'node:path'
import { type FSWatcher, watch } from 'chokidar'

export interface Watcher {
  /** Replaces the watched files. Names are relative to the folder. */
  follow(files: readonly string[]): void
  close(): Promise<void>
}

/** How long files must be unchanged before a change is reported, in ms. Editors write in several steps. */
const quiet = 100

/**
 * Calls back once for each burst of changes to the watched files. The next call starts only after the one before has
 * ended.
 */
export function createWatcher(folder: string, onChange: () => Promise<void>): Watcher {
  const watcher: FSWatcher = watch([], { ignoreInitial: true })
  let followed: readonly string[] = []
  let timer: NodeJS.Timeout | null = null
  let working = false
  let again = false

  const work = async (): Promise<void> => {
    timer = null
    if (working) {
      again = true
      return
    }
    working = true
    await onChange()
    working = false
    if (again) {
      again = false
      await work()
    }
  }
  watcher.on('all', () => {
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(() => void work(), quiet)
  })
  return {
    follow: (files) => {
      const next = files.map((file) => resolve(folder, file))
      watcher.unwatch(followed.filter((file) => !next.includes(file)))
      watcher.add(next.filter((file) => !followed.includes(file)))
      followed = next
    },
    close: async () => {
      if (timer !== null) clearTimeout(timer)
      await watcher.close()
    },
  }
}
