import { execFileSync } from 'node:child_process'

/** Git without the settings of this machine. */
const settings = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.org',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.org',
}

/** Runs git in a folder and returns what it prints. Throws if it fails. */
export function gitIn(folder: string, ...args: readonly string[]): string {
  const env = { ...process.env, ...settings }
  return execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'ignore'] })
}
