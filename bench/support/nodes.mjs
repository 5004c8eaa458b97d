import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { bench } from './paths.mjs'

/** The executables of the given Node.js versions (`20,24`): the running one, else that of the npm package `node`. */
export function findNodes(majors) {
  return majors.split(',').map((text) => {
    const major = Number(text)
    const own = Number(process.versions.node.split('.')[0])
    const path = major === own ? process.execPath : join(bench, 'node_modules', `node-${major}`, 'bin', 'node')
    const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' })
    if (status !== 0) throw new Error(`Node.js ${text} was not found. bench/package.json installs 20 and 24.`)
    return { major, version: stdout.trim(), path }
  })
}
