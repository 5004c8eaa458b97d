import type { Server } from 'node:http'

export interface Listening {
  readonly host: string
  readonly port: number
}

/** Makes a server listen; port 0: any free port. Rejects if the address is in use or is not an address of this machine. */
export function listen(server: Server, host: string, port: number): Promise<Listening> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      const address = server.address()
      resolve({ host, port: typeof address === 'object' && address !== null ? address.port : port })
    })
  })
}
