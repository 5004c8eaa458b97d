import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Observer } from '../observe/observer.ts'
import { catalogue, type ProblemName } from '../words/problems.ts'
import type { UnderWay } from './closing.ts'
import { problemBody } from './responder.ts'
import { closeInStages, isClosing } from './stagedClose.ts'
import { isDropping } from './unreadBody.ts'

const clientErrors: Readonly<Record<string, ProblemName>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'content-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
}

/**
 * Makes the listener for messages that Node.js cannot parse as a request, or whose body it cannot parse. It ends the connection,
 * with a problem if no other answer is in progress. `rejected` is called with that problem and its request id.
 */
export function createRejection(
  underWay: UnderWay,
  rejected: Observer['messageRejected'],
): (error: NodeJS.ErrnoException, socket: Duplex) => void {
  const reject = (error: NodeJS.ErrnoException, socket: Duplex): void => {
    if (!(socket instanceof Socket) || isClosing(socket)) return
    const exchanges = underWay(socket)
    const waiting = exchanges.filter(({ req }) => req.complete).at(-1)
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy()
    } else if (waiting !== undefined) {
      // Requests before the message were valid, and a service may have acted on them already: they are answered first.
      waiting.res.on('close', () => reject(error, socket))
    } else if (isDropping(socket) || exchanges.some(({ res }) => res.writableEnded)) {
      // What could not be parsed is the rest of a body whose request has been answered.
      closeInStages(socket)
    } else if (exchanges.some(({ res }) => res.headersSent)) {
      socket.destroy()
    } else {
      const name = clientErrors[error.code ?? ''] ?? 'malformed-request'
      const requestId = randomUUID()
      rejected({ requestId, problem: name })
      socket.write(rawProblem(name, requestId))
      closeInStages(socket)
    }
  }
  return reject
}

/** A problem as an HTTP message, for a connection without a parsed request. */
function rawProblem(name: ProblemName, requestId: string): string {
  const { status } = catalogue[name]
  const body = problemBody({ name, status, errors: [] }, requestId)
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    `x-request-id: ${requestId}`,
    'connection: close',
    '',
    body,
  ].join('\r\n')
}
