import type { Server } from 'node:http'

export interface Listening {
  readonly host: string
  readonly port: number
}

/** Lets a server listen; port 0: any that is free. Rejects when the address is taken or not one of this machine's. */
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
