import { spawnSync } from 'node:child_process'
import { relative } from 'node:path'

export type GitAnswer =
  | { readonly kind: 'answer'; readonly output: Buffer }
  | { readonly kind: 'failure'; readonly reason: string }

/** Runs git in a folder. */
export function git(folder: string, args: readonly string[], input = ''): GitAnswer {
  const { error, status, stdout, stderr } = spawnSync('git', ['-C', folder, ...args], {
    input,
    maxBuffer: Number.POSITIVE_INFINITY,
    windowsHide: true,
  })
  if (error !== undefined) return { kind: 'failure', reason: `git cannot be run: ${error.message}` }
  if (status === 0) return { kind: 'answer', output: stdout }
  const said = stderr.toString('utf8').trim().split('\n')[0] ?? ''
  return { kind: 'failure', reason: said === '' ? `git ended with ${status}` : said }
}

/** Whether a file is tracked by the repository that a folder is in. `false` as well: there is no repository, or no git. */
export function isTracked(folder: string, path: string): boolean {
  const args = ['--literal-pathspecs', 'ls-files', '--error-unmatch', '--', relative(folder, path)]
  return git(folder, args).kind === 'answer'
}
