import { randomUUID } from 'node:crypto'
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http'
import type { Duplex } from 'node:stream'
import { type ProblemName, problem } from '../words/problems.ts'
import { problemBody } from './responder.ts'

export interface ServerOptions {
  readonly IncomingMessage: typeof IncomingMessage
  readonly ServerResponse: typeof ServerResponse
  readonly listener: (req: IncomingMessage, res: ServerResponse) => void
  /** Takes what asks for another protocol on the connection; must answer, and the connection ends with the answer. */
  readonly upgrade: (req: IncomingMessage, res: ServerResponse) => void
  /** The requests on a connection that have not been answered to the end. */
  readonly underWay: (socket: Duplex) => readonly { readonly req: IncomingMessage; readonly res: ServerResponse }[]
  /** Told about messages that were no requests. */
  readonly rejected: (problem: ProblemName) => void
  /** Milliseconds. */
  readonly keepAlive: number
  /** Milliseconds until the last byte of a request, its body included. */
  readonly requestTimeout: number
  /** Milliseconds without a byte in either direction, while there is a request to answer. */
  readonly stillness: number
}

/**
 * Makes the server with limits of a gateway's kind (rules P6, P7); those of Node.js are minutes where they exist at all.
 * No lenient parsing, ever (rule P1).
 */
export function createServer(options: ServerOptions): Server {
  const { upgrade, underWay, rejected } = options
  const ending = new WeakSet<Duplex>()

  /**
   * Whether a request comes after one whose answer ends the connection: it must not be processed (RFC 9112 section 9.6). Who was
   * refused for a message with two readings has not got another one past by sending it along (rule P1).
   */
  const isLate = ({ socket }: IncomingMessage): boolean =>
    ending.has(socket) || underWay(socket).some(({ res }) => !res.shouldKeepAlive)

  const listener = (req: IncomingMessage, res: ServerResponse): void => {
    if (isLate(req)) return
    options.listener(req, res)
    // Remembered for longer than the exchange is under way: the connection closes a moment after it.
    if (!res.shouldKeepAlive) ending.add(req.socket)
  }

  const server = createHttpServer(
    {
      IncomingMessage: options.IncomingMessage,
      ServerResponse: options.ServerResponse,
      headersTimeout: Math.min(10_000, options.requestTimeout),
      requestTimeout: options.requestTimeout,
      connectionsCheckingInterval: 1_000,
      keepAliveTimeout: options.keepAlive,
      maxHeaderSize: 16_384,
      insecureHTTPParser: false,
      // The pipeline says so itself, as a problem.
      requireHostHeader: false,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: 30_000,
    },
    listener,
  )
  // With a limit Node.js drops fields without a word; the pipeline counts them and refuses.
  server.maxHeadersCount = 0
  server.maxConnections = 10_000
  server.maxRequestsPerSocket = 1_000
  // A client that does not take its answer must not hold it in memory for ever (rule F17).
  server.timeout = options.stillness
  // A body is invited once it is known who sends it (`pipeline.ts`); what else a client expects is not for it to demand.
  server.on('checkContinue', listener)
  server.on('checkExpectation', listener)

  /** An upgrade bypasses the app; Node.js has given the connection away and leaves the rest to us (rule R7). */
  const turn = (req: IncomingMessage, socket: Duplex): void => {
    socket.on('error', () => socket.destroy())
    refuse(req)
  }
  const refuse = (req: IncomingMessage): void => {
    const before = underWay(req.socket).at(-1)
    if (isLate(req) || req.socket.destroyed) return
    if (before !== undefined) {
      // The connection is still that answer's.
      before.res.on('close', () => refuse(req))
      return
    }
    const res = new options.ServerResponse(req)
    res.shouldKeepAlive = false
    res.assignSocket(req.socket)
    res.on('finish', () => req.socket.destroySoon())
    upgrade(req, res)
  }
  server.on('upgrade', turn)
  server.on('connect', turn)

  /** Ends a connection on which the next request, or the body of the last one, cannot be read. */
  const reject = (error: NodeJS.ErrnoException, socket: Duplex): void => {
    const exchanges = underWay(socket)
    const waiting = exchanges.filter(({ req }) => req.complete).at(-1)
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy()
    } else if (waiting !== undefined) {
      // What came before it was in order, and has perhaps been done already: it gets its answer first.
      waiting.res.on('close', () => reject(error, socket))
    } else if (exchanges.some(({ res }) => res.headersSent)) {
      socket.destroy()
    } else {
      const name = clientErrors[error.code ?? ''] ?? 'malformed-request'
      rejected(name)
      socket.end(rawProblem(name), () => socket.destroy())
    }
  }
  server.on('clientError', reject)
  return server
}

const clientErrors: Readonly<Record<string, ProblemName>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'content-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
}

/** A problem for a connection on which there was no request to answer. */
function rawProblem(name: ProblemName): string {
  const { status } = problem(name)
  const body = problemBody(problem(name), randomUUID())
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    'connection: close',
    '',
    body,
  ].join('\r\n')
}
