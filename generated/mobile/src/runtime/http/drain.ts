import type { Server } from 'node:http'

export interface DrainOptions {
  /** Milliseconds in which new connections are still accepted, until load balancers have seen that the gateway is not ready. */
  readonly delay: number
  /** Milliseconds for requests under way after that. */
  readonly grace: number
  /** Ends event streams, which would not end within the grace. */
  readonly endStreams: () => void
}

/** Stops a server whose answers say `Connection: close` by now; requests that take longer than the grace are broken off. */
export async function drainServer(server: Server, { delay, grace, endStreams }: DrainOptions): Promise<void> {
  if (!server.listening) return
  await new Promise<void>((resolve) => {
    // The server keeps the process alive; a timer alone need not.
    setTimeout(resolve, delay).unref()
  })
  await new Promise<void>((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), grace)
    server.close(() => {
      clearTimeout(late)
      resolve()
    })
    server.closeIdleConnections()
    endStreams()
  })
}
