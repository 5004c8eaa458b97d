import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { on } from 'node:events'
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { nodeFlags } from '../../../generator/dev/gateway.ts'
import type { Measurement } from '../verdict.ts'
import type { Pinged, Ready, Received, Times } from './parts.ts'

const streams = 2_000
const seconds = 20
/** The gateway has the first core for itself, where `taskset` exists. */
const canPin = availableParallelism() > 1 && spawnSync('taskset', ['--version']).status === 0

/**
 * The times of `/ping` beside 2,000 open event streams with an event of 200 bytes a second each: through the gateway, and of the service
 * without a gateway, which shares a core with the load. Gateway, service, clients and pinger are processes of their own.
 */
export async function eventStreams(): Promise<readonly Measurement[]> {
  return [...(await measure('spread', 20)), ...(await measure('together', null))]
}

/** One of the processes. Its messages are kept until they are read. */
interface Part {
  readonly child: ChildProcess
  readonly messages: AsyncIterator<unknown>
}

type Start = (name: string, ...args: readonly (string | number)[]) => Part

/** Starts the processes, and ends them after the measurement. Fails when one of them ends before. */
async function measure(how: 'spread' | 'together', most: number | null): Promise<readonly Measurement[]> {
  const started: ChildProcess[] = []
  try {
    return await new Promise((resolve, reject) => {
      const start: Start = (name, ...args) => {
        const child = startProcess(name, args)
        started.push(child)
        child.once('error', reject)
        child.once('exit', (code, signal) => reject(new Error(`${name} of the soak ended early: ${signal ?? code}`)))
        return { child, messages: on(child, 'message') }
      }
      measureWith(start, how, most).then(resolve, reject)
    })
  } finally {
    for (const child of started) child.kill('SIGKILL')
  }
}

function startProcess(name: string, args: readonly (string | number)[]): ChildProcess {
  const file = fileURLToPath(new URL(`${name}.js`, import.meta.url))
  const command = [process.execPath, ...(name === 'gateway' ? nodeFlags : []), file, ...args.map(String)]
  const core = name === 'gateway' ? '0' : `1-${availableParallelism() - 1}`
  const [program = '', ...rest] = canPin ? ['taskset', '-c', core, ...command] : command
  return spawn(program, rest, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
}

async function measureWith(
  start: Start,
  how: 'spread' | 'together',
  most: number | null,
): Promise<readonly Measurement[]> {
  const service = start('service', how)
  const servicePort = (await message<Ready>(service)).port
  const gateway = start('gateway', `http://127.0.0.1:${servicePort}`, streams)
  const { port } = await message<Ready>(gateway)
  await message<Pinged>(start('pinger', port, servicePort, 1))
  const before = residentMemory(gateway.child)
  const clients = start('clients', port, streams)
  await message<Ready>(clients)
  const cpu = processorTime(gateway.child)
  const from = performance.now()
  const pinged = await message<Pinged>(start('pinger', port, servicePort, seconds))
  const share = ((processorTime(gateway.child) - cpu) / (performance.now() - from)) * 100
  const memory = ((residentMemory(gateway.child) - before) * 1_000) / streams
  service.child.send('end')
  const { events, lost } = await message<Received>(clients)
  const where = `beside 2,000 event streams, events ${how}`
  return [
    ...times(`/ping ${where}`, pinged.gateway, most),
    ...times(`/ping of the service alone ${where}`, pinged.service, null),
    { what: `events lost of ${events}, events ${how}`, value: lost, most: 0, unit: '' },
    { what: `processor time of the gateway ${where}`, value: share, most: null, unit: '%' },
    { what: `memory of 1,000 event streams, events ${how}`, value: memory, most: null, unit: 'MB' },
  ]
}

async function message<T>({ messages }: Part): Promise<T> {
  const { value } = await messages.next()
  const [first] = value as [T]
  return first
}

function times(what: string, { p50, p99, max, failed }: Times, most: number | null): readonly Measurement[] {
  return [
    { what: `${what}: median`, value: p50, most: null, unit: 'ms' },
    { what: `${what}: 99th percentile`, value: p99, most, unit: 'ms' },
    { what: `${what}: longest`, value: max, most: null, unit: 'ms' },
    { what: `${what}: failed`, value: failed, most: 0, unit: '' },
  ]
}

/** Megabytes; 0 where `/proc` does not exist. */
function residentMemory({ pid }: ChildProcess): number {
  return Number(/VmRSS:\s+([0-9]+)/.exec(proc(`${pid}/status`))?.[1] ?? 0) / 1024
}

/** Milliseconds of all threads, user and system, in the ticks of a hundredth second that Linux counts; 0 where `/proc` does not exist. */
function processorTime({ pid }: ChildProcess): number {
  const stat = proc(`${pid}/stat`)
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * 10
}

function proc(file: string): string {
  try {
    return readFileSync(`/proc/${file}`, 'utf8')
  } catch {
    return ''
  }
}
