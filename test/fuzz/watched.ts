import { type Caller, type SampleSystem, startSampleSystem } from '../support/sampleSystem.ts'

/** The sample's gateways, with the log, the state and the memory of each process. */
export interface WatchedSystem extends SampleSystem {
  /** Lines that a gateway has written, unchanged. */
  log(client: string): readonly string[]
  /** Clients whose process ended unexpectedly. */
  readonly ended: readonly string[]
  /** Memory of a gateway after a garbage collection, in bytes. */
  memory(client: string): Promise<number>
}

/** Loaded into each gateway process. It prints the process id, and the used memory on a signal. */
const probe = `
  import v8 from 'node:v8'
  import vm from 'node:vm'
  v8.setFlagsFromString('--expose-gc')
  const collect = vm.runInNewContext('gc')
  const tell = (probe) => process.stdout.write(JSON.stringify({ probe }) + '\\n')
  process.on('SIGUSR2', () => {
    collect()
    collect()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    tell({ memory: heapUsed + arrayBuffers })
  })
  tell({ pid: process.pid })
`

export async function startWatchedSystem(callers: readonly Caller[]): Promise<WatchedSystem> {
  const logs = new Map<string, string[]>()
  const pids = new Map<string, number>()
  const waiting = new Map<string, (bytes: number) => void>()
  const ended: string[] = []
  const sample = await startSampleSystem(callers, {
    preload: [`data:text/javascript,${encodeURIComponent(probe)}`],
    onLog(client, line) {
      const probed = line.startsWith('{"probe"')
        ? (JSON.parse(line) as { probe: { pid?: number; memory?: number } }).probe
        : null
      const lines = logs.get(client) ?? []
      logs.set(client, lines)
      if (probed === null) lines.push(line)
      if (probed?.pid !== undefined) pids.set(client, probed.pid)
      if (probed?.memory !== undefined) waiting.get(client)?.(probed.memory)
    },
    onEnd: (client) => ended.push(client),
  })
  return {
    ...sample,
    ended,
    log: (client) => logs.get(client) ?? [],
    memory: (client) =>
      new Promise((resolve) => {
        waiting.set(client, resolve)
        process.kill(pids.get(client) ?? 0, 'SIGUSR2')
      }),
  }
}
