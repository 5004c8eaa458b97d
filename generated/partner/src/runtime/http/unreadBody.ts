import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { closeInStages, isClosing, stageLastClose } from './stagedClose.ts'

/** Bytes of an unread body that are dropped to keep the connection, and milliseconds that this may take. */
const most = { bytes: 1_048_576, time: 10_000 } as const

/** Whether some of a request's body has not arrived yet. */
export function isUnfinished({ complete, headers }: IncomingMessage): boolean {
  if (complete) return false
  const length = headers['content-length']
  return (length !== undefined && length !== '0') || headers['transfer-encoding'] !== undefined
}

/**
 * Prepares the answer to a request whose body has not arrived completely; call it before the head is written. The connection is
 * kept if the rest can be dropped, else closed in stages. `read`: the body is still being passed on, and the decision is made
 * at the end of the answer.
 */
export function answerUnfinished(req: IncomingMessage, res: ServerResponse, read: boolean): void {
  if (!read && !isSmall(req)) res.shouldKeepAlive = false
  stageLastClose(req.socket, () => !req.complete)
  if (read) res.once('finish', () => drop(req))
  else if (res.shouldKeepAlive) drop(req)
}

/** A client that was not asked to continue may send its body or the next request (RFC 9110 section 10.1.1). */
function isSmall({ headers }: IncomingMessage): boolean {
  return headers.expect === undefined && Number(headers['content-length'] ?? 0) <= most.bytes
}

const dropping = new WeakSet<Socket>()

/** Whether the rest of a body is being read and dropped. */
export function isDropping(socket: Socket): boolean {
  return dropping.has(socket)
}

/** Reads the rest of a body and drops it. Above the limits the connection is closed. */
function drop(req: IncomingMessage): void {
  const { socket } = req
  if (req.complete || isClosing(socket)) return
  dropping.add(socket)
  const last = socket.bytesRead + most.bytes
  const stop = (): void => {
    dropping.delete(socket)
    clearTimeout(timer)
    socket.off('close', stop)
  }
  const close = (): void => {
    stop()
    closeInStages(socket)
  }
  const timer = setTimeout(close, most.time)
  socket.once('close', stop)
  req.once('end', stop)
  req.on('data', () => {
    if (socket.bytesRead > last) close()
  })
  req.resume()
}
