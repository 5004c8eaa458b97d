import { join } from 'node:path'
import { type Outcome, outcomeOf, recall } from '../memory/index.ts'
import type { GenerateOptions } from '../run.ts'
import type { Terminal } from './terminal.ts'

/** Runs the stages, unless an earlier run is remembered after which nothing has changed; `anew` runs them anyway. */
export async function outcome(
  options: Omit<GenerateOptions, 'memory'>,
  anew: boolean,
  { env }: Terminal,
): Promise<Outcome> {
  const remembering = { ...options, ...memoryFolder(env) }
  const recalled = anew ? null : await recall(remembering)
  if (recalled !== null) return recalled
  // The stages are most of what there is to load.
  const { generate } = await import('../run.ts')
  return outcomeOf(await generate(remembering))
}

/**
 * Where this person's machine keeps what runs have found. A build server remembers nothing: there everything is looked at, whatever
 * somebody left behind.
 */
function memoryFolder(env: Terminal['env']): Pick<GenerateOptions, 'memory'> {
  const { CI = '', XDG_CACHE_HOME = '', HOME = '', LOCALAPPDATA = '' } = env
  if (CI !== '' && CI !== 'false') return {}
  const folder = XDG_CACHE_HOME || LOCALAPPDATA || (HOME === '' ? '' : join(HOME, '.cache'))
  return folder === '' ? {} : { memory: join(folder, 'gatewright') }
}
