import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

export interface GatewayProcess {
  readonly client: string
  readonly url: string
  /** Settles when the process has gone, with its exit code (`null`: killed by a signal). */
  readonly ended: Promise<number | null>
  /** Asks the gateway to drain, and waits until it has gone. */
  stop(): Promise<void>
}

export interface GatewayOptions {
  readonly client: string
  /** The emitted gateway, built. */
  readonly folder: string
  /** 0: any free port. */
  readonly port: number
  /** The whole environment of the process, besides its port. */
  readonly variables: Readonly<Record<string, string>>
  /** The Node.js executable. */
  readonly node: string
  /** Modules that the process loads before the gateway (`--import`). */
  readonly preload: readonly string[]
  /** A line of the gateway's log (JSON). */
  readonly onLog: (line: string) => void
}

/**
 * Starts an emitted gateway as a process of its own, the way it runs in production: no code from strings. Throws with the gateway's own
 * words if it does not start.
 */
export async function startGateway(options: GatewayOptions): Promise<GatewayProcess> {
  const preload = options.preload.flatMap((module) => ['--import', module])
  const child = spawn(options.node, ['--disallow-code-generation-from-strings', ...preload, 'dist/main.js'], {
    cwd: options.folder,
    env: {
      NODE_NO_WARNINGS: '1',
      HOST: '127.0.0.1',
      DRAIN_DELAY_MS: '0',
      ...options.variables,
      PORT: String(options.port),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
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

/** The port in the log line that says a gateway listens; `null` for every other line. */
function listeningPort(line: string): number | null {
  if (!line.includes('"listening"')) return null
  const { msg, port } = JSON.parse(line) as { msg?: unknown; port?: unknown }
  return msg === 'listening' && typeof port === 'number' ? port : null
}
