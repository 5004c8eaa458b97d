import { join } from 'node:path'
import { type Outcome, remembering } from '../memory/index.ts'
import type { OutputOptions } from '../run.ts'
import type { Terminal } from './terminal.ts'

/** Runs the stages, unless an earlier run is remembered since which nothing has changed; with `again` they run in any case. */
export function outcome(options: OutputOptions, again: boolean, { env }: Terminal): Promise<Outcome> {
  const remembered = remembering(
    async (asked) => {
      // The stages are most of what there is to load.
      const { run } = await import('../run.ts')
      return run(asked)
    },
    { folder: memoryFolder(env), recall: !again },
  )
  return remembered(options)
}

/** Where this user's machine keeps what runs have found. `null` on a build server, where every run looks at everything. */
function memoryFolder(env: Terminal['env']): string | null {
  const { CI = '', XDG_CACHE_HOME = '', HOME = '', LOCALAPPDATA = '' } = env
  if (CI !== '' && CI !== 'false') return null
  const folder = XDG_CACHE_HOME || LOCALAPPDATA || (HOME === '' ? '' : join(HOME, '.cache'))
  return folder === '' ? null : join(folder, 'gatewright')
}
