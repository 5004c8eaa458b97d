import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** `npm run build`: compiles the sources into `dist`, unless they are as they were at the last build. Argument: another folder. */
const root = process.argv[2] ?? fileURLToPath(new URL('../..', import.meta.url))
const inputs = ['generator', 'templates/runtime', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json']
const record = join(root, 'dist/.built')

const state = stateOf(inputs.flatMap(filesAt))
if (existsSync(join(root, 'dist/generator/cli.js')) && existsSync(record) && readFileSync(record, 'utf8') === state) {
  say('The build in dist/ is up to date.')
} else {
  say(
    existsSync(record)
      ? 'Sources changed: building dist/ ...'
      : 'Building dist/, which takes longest the first time ...',
  )
  const started = performance.now()
  // What the compiler made of a source that was removed would stay, and embedded packages would be found before the installed ones.
  for (const made of ['generator', 'templates', 'node_modules', '.tsbuildinfo']) {
    rmSync(join(root, 'dist', made), { recursive: true, force: true })
  }
  // A build that fails leaves what no record describes.
  if (existsSync(record)) writeFileSync(record, '')
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  })
  if (status === 0) {
    writeFileSync(record, state)
    say(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s.`)
  }
  process.exitCode = status ?? 1
}

/** A hash of the contents, so that switching branches back and forth needs no build. */
function stateOf(files) {
  const hash = createHash('sha256').update(process.version)
  for (const file of files.sort()) hash.update(`\0${file}\0`).update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

function filesAt(path) {
  if (!statSync(join(root, path)).isDirectory()) return [path]
  return readdirSync(join(root, path)).flatMap((name) => filesAt(`${path}/${name}`))
}

function say(line) {
  process.stderr.write(`${line}\n`)
}
