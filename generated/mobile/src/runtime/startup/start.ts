import { ConfigurationError } from '../environment/environment.ts'
import type { WrittenGateway } from '../vocabulary.ts'
import { createGateway, type RunningGateway } from './gateway.ts'

/**
 * Runs a gateway as this process. On SIGTERM or SIGINT it drains and exits with 0; a second signal exits immediately with 1.
 * If it cannot start, all reasons are written to standard error and the process exits with 1. An uncaught exception or unhandled
 * rejection drains and exits with 1, since the state of the process is undefined after it (rule F22).
 */
export async function start(gateway: WrittenGateway): Promise<void> {
  const running = create(gateway)
  if (running === null) return
  let stopping = false

  const stop = (code: number): void => {
    if (stopping) process.exit(1)
    stopping = true
    running.drain().then(
      () => process.exit(code),
      () => process.exit(1),
    )
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      running.log.info({ signal }, 'draining')
      stop(0)
    })
  }
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      running.log.fatal({ err: error }, 'unhandled error')
      // Further errors while draining are only logged: the process exits anyway.
      if (!stopping) stop(1)
    })
  }

  try {
    const { host, port } = await running.listen()
    running.log.info({ host, port, gateway: gateway.client.gateway, client: gateway.client.name }, 'listening')
  } catch (error) {
    complain(`The gateway cannot listen: ${error instanceof Error ? error.message : String(error)}`)
    await running.close()
    process.exitCode = 1
  }
}

function create(gateway: WrittenGateway): RunningGateway | null {
  try {
    return createGateway(gateway, { env: process.env })
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    complain(error.message)
    process.exitCode = 1
    return null
  }
}

function complain(message: string): void {
  process.stderr.write(`${message}\n`)
}
