import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createNetServer, type Socket } from 'node:net'

/** A complete request as a service received it. */
export interface RecordedRequest {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly rawHeaders: readonly string[]
  readonly body: string
}

export interface RecordingService {
  readonly port: number
  readonly url: string
  /** Requests that arrived completely. */
  readonly requests: readonly RecordedRequest[]
  /** The number of requests that started, complete or not. */
  readonly begun: number
  /** The number of open connections. */
  readonly connections: number
  close(): Promise<void>
}

export type Answer = (request: RecordedRequest, res: ServerResponse, req: IncomingMessage) => void

const json: Answer = (_request, res) => {
  res.writeHead(200, { 'content-type': 'application/json' })
  res.end('{"ok":true}')
}

/** A service on loopback that records requests. The default answer is `{"ok":true}`. */
export async function createRecordingService(answer: Answer = json): Promise<RecordingService> {
  const requests: RecordedRequest[] = []
  const sockets = new Set<Socket>()
  let begun = 0
  const server = createServer({ maxHeaderSize: 1_048_576 }, (req, res) => {
    begun++
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('error', () => undefined)
    req.on('end', () => {
      const request: RecordedRequest = {
        method: req.method ?? '',
        url: req.url ?? '',
        headers: req.headers,
        rawHeaders: req.rawHeaders,
        body: Buffer.concat(chunks).toString('utf8'),
      }
      requests.push(request)
      answer(request, res, req)
    })
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  const port = await listen(server)
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    requests,
    get begun() {
      return begun
    },
    get connections() {
      return sockets.size
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export interface RawService {
  readonly port: number
  readonly url: string
  /** The number of request heads that arrived. */
  readonly requests: number
  close(): Promise<void>
}

/**
 * A service on loopback that answers with bytes. `react` gets the socket each time that a request's head is complete.
 */
export async function createRawService(react: (socket: Socket, head: string) => void): Promise<RawService> {
  const sockets = new Set<Socket>()
  let requests = 0
  const server = createNetServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    let received = ''
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1')
      for (let end = received.indexOf('\r\n\r\n'); end >= 0; end = received.indexOf('\r\n\r\n')) {
        const head = received.slice(0, end)
        received = received.slice(end + 4)
        requests++
        react(socket, head)
      }
    })
  })
  const port = await listen(server)
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    get requests() {
      return requests
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** A port on loopback that nothing listens on. */
export async function closedPort(): Promise<number> {
  const server = createNetServer()
  const port = await listen(server)
  await new Promise((resolve) => server.close(resolve))
  return port
}

function listen(server: {
  listen(port: number, host: string, done: () => void): unknown
  address(): AddressInfo | string | null
}): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
}
