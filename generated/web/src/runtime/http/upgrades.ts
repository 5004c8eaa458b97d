import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Closing, UnderWay } from './closing.ts'

export interface UpgradeOptions {
  readonly ServerResponse: typeof ServerResponse
  /** Handles a request for another protocol. It must answer; the connection closes after the answer. */
  readonly upgrade: (req: IncomingMessage, res: ServerResponse) => void
  readonly underWay: UnderWay
  readonly closing: Closing
}

/**
 * Makes the listener for upgrade and CONNECT requests (rule R7). They bypass the app: Node.js detaches the connection from the
 * server, and the answer must be written and the connection ended here.
 */
export function createUpgradeListener(options: UpgradeOptions): (req: IncomingMessage, socket: Duplex) => void {
  const { upgrade, underWay, closing } = options

  const answer = (req: IncomingMessage): void => {
    const { socket } = req
    const before = underWay(socket).at(-1)
    if (closing.isLate(req) || socket.destroyed) return
    if (before !== undefined) {
      // The earlier answer must be complete first.
      before.res.on('close', () => answer(req))
      return
    }
    const res = new options.ServerResponse(req)
    res.shouldKeepAlive = false
    res.assignSocket(socket)
    res.on('finish', () => socket.destroySoon())
    upgrade(req, res)
  }

  return (req, socket) => {
    socket.on('error', () => socket.destroy())
    answer(req)
  }
}
