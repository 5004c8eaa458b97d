import { join } from 'node:path'
import { type Outcome, remembering } from '../memory/index.ts'
import type { OutputOptions } from '../run.ts'
import type { Terminal } from './terminal.ts'

/**
 * Runs the stages, or returns the stored result of an earlier run if nothing has changed since. `again`: always runs.
 */
export function outcome(options: OutputOptions, again: boolean, { env }: Terminal): Promise<Outcome> {
  const remembered = remembering(
    async (asked) => {
      // The stages are most of the code that is loaded.
      const { run } = await import('../run.ts')
      return run(asked)
    },
    { folder: memoryFolder(env), recall: !again },
  )
  return remembered(options)
}

/** The folder of stored results. `null` on a build server, where every run does all the work. */
function memoryFolder(env: Terminal['env']): string | null {
  const { CI = '', XDG_CACHE_HOME = '', HOME = '', LOCALAPPDATA = '' } = env
  if (CI !== '' && CI !== 'false') return null
  const folder = XDG_CACHE_HOME || LOCALAPPDATA || (HOME === '' ? '' : join(HOME, '.cache'))
  return folder === '' ? null : join(folder, 'gatewright')
}
