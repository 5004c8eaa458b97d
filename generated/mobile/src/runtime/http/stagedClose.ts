import { Socket } from 'node:net'

export interface CloseLimits {
  /** Milliseconds after the last answer. */
  readonly total: number
  /** Milliseconds without a byte. */
  readonly idle: number
  /** Bytes that are read and dropped. */
  readonly bytes: number
}

const usual: CloseLimits = { total: 30_000, idle: 5_000, bytes: 67_108_864 }

const closing = new WeakSet<Socket>()

/** Whether a connection is being closed. What still arrives on it is not parsed. */
export function isClosing(socket: Socket): boolean {
  return closing.has(socket)
}

/**
 * Closes a connection in stages (RFC 9112 section 9.6): first the write side, once everything is written. What the client still
 * sends is read and dropped until it closes its side too, within limits. A connection that is closed with unread bytes is reset,
 * and the client can lose the answer that it has not read yet.
 */
export function closeInStages(socket: Socket, { total, idle, bytes }: CloseLimits = usual): void {
  if (closing.has(socket) || socket.destroyed) return
  closing.add(socket)
  const destroy = (): void => {
    socket.destroy()
  }
  const most = socket.bytesRead + bytes
  const drop = (): void => {
    // The server's listeners would parse what arrives.
    socket.removeAllListeners('data').removeAllListeners('end')
    socket.on('data', () => {
      if (socket.bytesRead > most) destroy()
    })
    socket.on('end', () => {
      if (socket.writableFinished) destroy()
      else socket.once('finish', destroy)
    })
  }
  const timer = setTimeout(destroy, total)
  socket.once('close', () => clearTimeout(timer))
  socket.setTimeout(idle, destroy)
  socket.end()
  // A server that has paused its connection starts it again on this event; the new listener for data ends that.
  if (socket.isPaused()) socket.once('resume', drop).resume()
  else drop()
}

/** Makes the server close a connection in stages after its last answer, if `isUnread` still holds then. */
export function stageLastClose(socket: Socket, isUnread: () => boolean): void {
  socket.destroySoon = () => {
    if (isUnread()) closeInStages(socket)
    else Socket.prototype.destroySoon.call(socket)
  }
}
