import type { IncomingHttpHeaders, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseUrl } from '../../templates/runtime/words/urls.ts'

/** The names of this machine's loopback interface, as they are written in a URL. */
const names: readonly string[] = ['127.0.0.1', 'localhost', '[::1]']

/** Whether an origin or address is one of this machine: `http://localhost:5173`. */
export function isLocal(address: string): boolean {
  const url = parseUrl(address)
  return url !== null && /^https?:$/.test(url.protocol) && names.includes(url.hostname) && url.username === ''
}

/**
 * Listens on 127.0.0.1 and returns the address. Throws if the port is in use.
 *
 * @param port 0: any free port
 */
export async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Ends all connections and closes the server. */
export function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

/**
 * Whether a request names this server in `Host`. A page of another site can have its own name resolve to 127.0.0.1 (DNS
 * rebinding); its requests then name that site.
 */
export function namesItself({ host }: IncomingHttpHeaders, url: string): boolean {
  const { port } = new URL(url)
  return host !== undefined && names.some((name) => host.toLowerCase() === `${name}:${port}`)
}

/**
 * Whether a request was made by a page of this server, or by no page at all. Browsers send `Origin` with every `POST`, and
 * `Sec-Fetch-Site` with every request.
 */
export function isFromItself({ host, origin, 'sec-fetch-site': site }: IncomingHttpHeaders): boolean {
  if (origin !== undefined) return origin === `http://${host}`
  return site === undefined || site === 'same-origin' || site === 'none'
}
