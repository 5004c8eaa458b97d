import type { Server } from 'node:http'

export interface DrainOptions {
  /** Milliseconds in which new connections are still accepted, so that load balancers can detect that the gateway is not ready. */
  readonly delay: number
  /** Milliseconds for requests in progress after that. */
  readonly grace: number
  /** Called before the connections are closed that are left after the grace. */
  readonly aborting: () => void
  /** Ends streams, which would not end within the grace. */
  readonly endStreams: () => void
}

/** Stops a server whose answers already have `Connection: close`. Requests that take longer than the grace are aborted. */
export async function drainServer(server: Server, { delay, grace, aborting, endStreams }: DrainOptions): Promise<void> {
  if (!server.listening) return
  await new Promise<void>((resolve) => {
    // The server keeps the process alive, so the timer need not.
    setTimeout(resolve, delay).unref()
  })
  await new Promise<void>((resolve) => {
    const late = setTimeout(() => {
      aborting()
      server.closeAllConnections()
    }, grace)
    server.close(() => {
      clearTimeout(late)
      resolve()
    })
    server.closeIdleConnections()
    endStreams()
  })
}
