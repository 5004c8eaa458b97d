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

/** Those of the given ports that other programs use. */
export async function usedPorts(ports: readonly number[]): Promise<readonly number[]> {
  const found = await Promise.all(ports.map(async (port) => ({ port, isFree: await isFree(port) })))
  return found.filter((one) => !one.isFree).map(({ port }) => port)
}

function isFree(port: number): Promise<boolean> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
