import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An answer by path: a text, or whatever is written to the response. */
export type Files = Record<string, string | ((request: IncomingMessage, response: ServerResponse) => void)>

export interface DocumentServer {
  readonly origin: string
  /** May be changed while the server runs. */
  readonly files: Files
  /** `200 /a.yaml`, in the order of the answers. */
  readonly log: string[]
  /** The requests, in order. */
  readonly requests: IncomingMessage[]
  close(): Promise<void>
}

/** A server of documents on loopback. Texts have an `ETag`, and conditional requests are answered with 304. */
export async function documentServer(files: Files): Promise<DocumentServer> {
  const log: string[] = []
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => {
    const { url = '' } = request
    requests.push(request)
    response.on('finish', () => log.push(`${response.statusCode} ${url}`))
    const file = files[url]
    if (typeof file === 'function') return file(request, response)
    if (file === undefined) return response.writeHead(404).end('nothing here')
    const etag = `"${createHash('sha256').update(file).digest('hex').slice(0, 8)}"`
    const isKnown = request.headers['if-none-match'] === etag
    return response.writeHead(isKnown ? 304 : 200, { etag }).end(isKnown ? undefined : file)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    files,
    log,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
