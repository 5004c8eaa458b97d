import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bench } from './paths.mjs'

/** Installs the peers that the benchmarks compare with, unless they are installed. */
export function installPeers() {
  const { dependencies } = JSON.parse(readFileSync(join(bench, 'package.json'), 'utf8'))
  if (Object.keys(dependencies).every((name) => existsSync(join(bench, 'node_modules', name)))) return
  process.stderr.write('Installing the peers ...\n')
  const args = ['install', '--no-audit', '--no-fund', '--loglevel=error']
  const { status } = spawnSync('npm', args, {
    cwd: bench,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error('npm install failed in bench/')
}
