import { createServer } from 'node:net'

/** The ports of a development system; 0: any free port. */
export interface Ports {
  readonly page: number
  readonly identity: number
  /** Of the first gateway; further ones use the following ports. */
  readonly gateways: number
}

export function portsFrom(first: number): Ports {
  return first === 0 ? { page: 0, identity: 0, gateways: 0 } : { page: first, identity: first + 1, gateways: first + 2 }
}

/** A port that a server cannot listen on. */
export interface BlockedPort {
  readonly port: number
  /** Follows `is` or `are`: `in use`. */
  readonly why: string
}

/** Those of the given ports that cannot be listened on. */
export async function blockedPorts(ports: readonly number[]): Promise<readonly BlockedPort[]> {
  const found = await Promise.all(ports.map(async (port) => ({ port, why: await whyBlocked(port) })))
  return found.flatMap(({ port, why }) => (why === null ? [] : [{ port, why }]))
}

/** The last port that there is. */
export const lastPort = 65_535

function whyBlocked(port: number): Promise<string | null> | string {
  if (port > lastPort) return `beyond the last port, ${lastPort}`
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', (error) => resolve(whyOf(error)))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(null)))
  })
}

/** Why listening failed. */
export function whyOf({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'EADDRINUSE') return 'in use'
  return code === 'EACCES' ? 'not permitted for this user' : `not usable (${message})`
}
