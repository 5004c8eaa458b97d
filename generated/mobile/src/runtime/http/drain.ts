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

/**
 * Waits for the requests in progress of a gateway whose app another server uses, which accepts the connections. `none` resolves when
 * there are no requests. Requests that wait for a service longer than the grace are ended by the release of the connections to services;
 * those whose body still arrives, by the other server.
 */
export async function drainApp(
  none: () => Promise<void>,
  { delay, grace, aborting, endStreams }: DrainOptions,
): Promise<void> {
  await after(delay)
  endStreams()
  const late = after(grace).then(() => 'late' as const)
  if ((await Promise.race([none(), late])) === 'late') aborting()
}

/** Milliseconds. The server keeps the process alive, so the timer need not. */
function after(time: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, time).unref()
  })
}

/** Stops a server whose answers already have `Connection: close`. Requests that take longer than the grace are aborted. */
export async function drainServer(server: Server, { delay, grace, aborting, endStreams }: DrainOptions): Promise<void> {
  await after(delay)
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
