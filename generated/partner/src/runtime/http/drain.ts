import type { Server } from 'node:http'

export interface DrainOptions {
  /** Milliseconds in which new connections are still taken, while load balancers learn that this one is going. */
  readonly delay: number
  /** Milliseconds for what is under way after that. */
  readonly grace: number
  /** Ends what would not end by itself. */
  readonly endStreams: () => void
}

/** Stops a server that has begun to answer with `Connection: close`; what is not done within the grace is broken off. */
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
