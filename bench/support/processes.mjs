import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'

const canPin = cpus().length > 1 && spawnSync('taskset', ['--version']).status === 0

/** The gateway has the first core for itself; the load generator and the service share the others. */
export const cores = { gateway: '0', others: cpus().length > 2 ? `1-${cpus().length - 1}` : '1' }

export function has(program) {
  return spawnSync(program, ['-v']).error === undefined
}

/** A command that runs on the given cores, on systems that have `taskset`. */
export function pinned(core, command) {
  return canPin ? ['taskset', '-c', core, ...command] : command
}

const running = new Set()

// Interrupting a benchmark ends all of its processes.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))

/** Starts a process on the given cores. `taskset` replaces itself with the command, so the process id is the command's. */
export function start(core, command, options = {}) {
  const [program, ...args] = pinned(core, command)
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'], ...options })
  running.add(child)
  const ended = new Promise((resolve) => {
    child.once('exit', resolve)
    // The command was not found.
    child.once('error', () => resolve(127))
  })
  ended.then(() => running.delete(child))
  return {
    pid: child.pid,
    child,
    ended,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
      await ended
    },
  }
}

/** Runs a command to its end and returns its standard output. */
export async function run(core, command, options = {}) {
  const { child, ended } = start(core, command, { ...options, stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  const code = await ended
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}`)
  return output
}

const ticks = Number(spawnSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }).stdout) || 100

/** Processor time of a process in microseconds: user and system, all threads. */
export function cpuTime(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return ((Number(fields[11]) + Number(fields[12])) / ticks) * 1_000_000
}

/** Resident memory of a process, in megabytes. */
export function residentMemory(pid) {
  const [, kilobytes] = /VmRSS:\s+([0-9]+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) / 1024
}
