import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Observer } from '../observe/observer.ts'
import { createClosing, type UnderWay } from './closing.ts'
import { answerHalfClosed } from './halfClosed.ts'
import { createRejection } from './rejection.ts'
import { stageLastClose } from './stagedClose.ts'
import { createUpgrades } from './upgrades.ts'

export interface ServerOptions {
  readonly IncomingMessage: typeof IncomingMessage
  readonly ServerResponse: typeof ServerResponse
  readonly listener: (req: IncomingMessage, res: ServerResponse) => void
  /** Handles a request for another protocol. It must answer; the connection closes after the answer. */
  readonly upgrade: (req: IncomingMessage, res: ServerResponse) => void
  readonly underWay: UnderWay
  /** Called for each message that could not be parsed as a request. */
  readonly rejected: Observer['messageRejected']
  /** Milliseconds. */
  readonly keepAlive: number
  /** Milliseconds until the last byte of the head of a request. */
  readonly headTimeout: number
  /** Milliseconds until the last byte of a request, its body included. */
  readonly requestTimeout: number
  /** Bytes of the first line and the header fields of a request. */
  readonly maxHead: number
  /** Milliseconds without a byte in either direction, while a request is in progress. */
  readonly stillness: number
}

/**
 * Makes the server with limits for a gateway (rules P6, P7); the defaults of Node.js are minutes, or none. Lenient parsing is
 * never enabled (rule P1).
 */
export function createServer(options: ServerOptions): Server {
  const { underWay, rejected } = options
  const closing = createClosing(underWay)

  const listener = (req: IncomingMessage, res: ServerResponse): void => {
    if (closing.isLate(req)) {
      stageLastClose(req.socket, always)
      return
    }
    options.listener(req, res)
    closing.note(req, res)
  }

  const server = createHttpServer(
    {
      IncomingMessage: options.IncomingMessage,
      ServerResponse: options.ServerResponse,
      headersTimeout: options.headTimeout,
      requestTimeout: options.requestTimeout,
      connectionsCheckingInterval: 1_000,
      keepAliveTimeout: options.keepAlive,
      maxHeaderSize: options.maxHead,
      insecureHTTPParser: false,
      // The step `host` refuses a request without `Host`, with a problem.
      requireHostHeader: false,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: 30_000,
    },
    listener,
  )
  // With a limit, Node.js silently drops the fields above it. `admit` counts the fields and refuses the request.
  server.maxHeadersCount = 0
  server.maxConnections = 10_000
  server.maxRequestsPerSocket = 1_000
  // A client that does not read its answer would keep it in memory indefinitely (rule F17).
  server.timeout = options.stillness
  // `invite` requests the body after the access decision; other expectations are ignored.
  server.on('checkContinue', listener)
  server.on('checkExpectation', listener)
  const upgrades = createUpgrades({ ...options, closing })
  server.on('upgrade', upgrades.listener)
  server.on('connect', upgrades.listener)
  const closeAll = server.closeAllConnections
  server.closeAllConnections = () => {
    closeAll.call(server)
    upgrades.destroyAll()
  }
  answerHalfClosed(server, underWay)
  server.on('clientError', createRejection(underWay, rejected))
  return server
}

const always = (): boolean => true
