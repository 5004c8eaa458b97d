import { spawnSync } from 'node:child_process'
import { relative } from 'node:path'

/** The environment of a command. */
export type Env = Readonly<Record<string, string | undefined>>

export type GitAnswer =
  | { readonly kind: 'answer'; readonly output: Buffer }
  | {
      readonly kind: 'failure'
      readonly reason: string
      /** All that git printed; `null`: it could not be started. */
      readonly said: string | null
    }

/** Runs git in a folder. Its messages are in English, because remedies depend on them. */
export function runGit(folder: string, args: readonly string[], env: Env, input = ''): GitAnswer {
  const { error, status, stdout, stderr } = spawnSync('git', ['-C', folder, ...args], {
    input,
    env: { ...env, LC_ALL: 'C' },
    maxBuffer: Number.POSITIVE_INFINITY,
    windowsHide: true,
  })
  if (error !== undefined) return { kind: 'failure', reason: `git cannot be run: ${error.message}`, said: null }
  if (status === 0) return { kind: 'answer', output: stdout }
  const said = stderr.toString('utf8').trim()
  const [first = ''] = said.split('\n')
  return { kind: 'failure', reason: first === '' ? `git ended with ${status}` : first, said }
}

/** Whether a file is tracked by the repository that a folder is in. `false` as well: there is no repository, or no git. */
export function isTracked(folder: string, path: string, env: Env): boolean {
  const args = ['--literal-pathspecs', 'ls-files', '--error-unmatch', '--', relative(folder, path)]
  return runGit(folder, args, env).kind === 'answer'
}
