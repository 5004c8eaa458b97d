import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

export interface GatewayProcess {
  readonly client: string
  readonly url: string
  /** Resolves when the process has ended, with its exit code (`null`: killed by a signal). */
  readonly ended: Promise<number | null>
  /** Sends SIGTERM, and waits until the process has drained and ended. */
  stop(): Promise<void>
}

export interface GatewayOptions {
  readonly client: string
  /** Folder of the emitted gateway, which must be built. */
  readonly folder: string
  /** 0: any free port. */
  readonly port: number
  /** The environment of the process, without the port. */
  readonly variables: Readonly<Record<string, string>>
  /** The Node.js executable. */
  readonly node: string
  /** Modules that the process loads before the gateway (`--import`). */
  readonly preload: readonly string[]
  /** A line of the gateway's log (JSON). */
  readonly onLog: (line: string) => void
}

/** The flags of an emitted gateway's Dockerfile and start script. */
export const nodeFlags = [
  '--disallow-code-generation-from-strings',
  '--max-semi-space-size=16',
  '--no-allocation-site-pretenuring',
]

/**
 * Starts an emitted gateway as a separate process, with the flags of production. If it does not start, throws an error with its
 * error output.
 */
export async function startGateway(options: GatewayOptions): Promise<GatewayProcess> {
  const preload = options.preload.flatMap((module) => ['--import', module])
  const child = spawn(options.node, [...nodeFlags, ...preload, 'dist/main.js'], {
    cwd: options.folder,
    env: {
      NODE_NO_WARNINGS: '1',
      HOST: '127.0.0.1',
      DRAIN_DELAY_MS: '0',
      ...options.variables,
      PORT: String(options.port),
    },
    // The input is never written to; see parent.ts.
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const url = await listening(child, ended, options)
  return {
    client: options.client,
    url,
    ended,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}

function listening(child: ChildProcess, ended: Promise<number | null>, options: GatewayOptions): Promise<string> {
  const complaints: string[] = []
  return new Promise((resolve, reject) => {
    const { stdout, stderr } = child
    if (stdout === null || stderr === null) throw new Error('A gateway was started without streams.')
    createInterface({ input: stderr }).on('line', (line) => complaints.push(line))
    createInterface({ input: stdout }).on('line', (line) => {
      const port = listeningPort(line)
      if (port === null) options.onLog(line)
      else resolve(`http://127.0.0.1:${port}`)
    })
    ended.then(() => reject(new Error(complaints.join('\n') || `The gateway ${options.client} ended at its start.`)))
  })
}

/** The port in the log line `listening`; `null` for other lines. */
function listeningPort(line: string): number | null {
  if (!line.includes('"listening"')) return null
  const { msg, port } = JSON.parse(line) as { msg?: unknown; port?: unknown }
  return msg === 'listening' && typeof port === 'number' ? port : null
}
