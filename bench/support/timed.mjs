import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { median, round } from './statistics.mjs'

const preload = pathToFileURL(fileURLToPath(new URL('usage.mjs', import.meta.url))).href
const file = join(tmpdir(), `gatewright-bench-${process.pid}.json`)

/** Runs a Node.js program; returns seconds elapsed, seconds of processor time of all threads, and peak memory in megabytes. */
export async function timed(args, options = {}) {
  const started = performance.now()
  // `CI` is not set, and runs are remembered in the folder.
  const { CI: _, ...env } = { ...process.env, XDG_CACHE_HOME: join(options.cwd ?? tmpdir(), '.cache') }
  const child = spawn(process.execPath, ['--import', preload, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    ...options,
    env: { ...env, ...options.env, BENCH_USAGE: file },
  })
  let complaints = ''
  child.stderr.on('data', (chunk) => {
    complaints += chunk
  })
  const code = await new Promise((resolve) => child.once('exit', resolve))
  const seconds = (performance.now() - started) / 1000
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}:\n${complaints}`)
  const usage = JSON.parse(readFileSync(file, 'utf8'))
  rmSync(file)
  return { seconds, ...usage }
}

/** The medians of several runs. */
export function medians(runs) {
  const of = (name, digits) => round(median(runs.map((run) => run[name])), digits)
  return { seconds: of('seconds', 3), cpu: of('cpu', 3), memory: of('memory', 0) }
}
