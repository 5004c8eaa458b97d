import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Closing, UnderWay } from './closing.ts'
import { closeInStages } from './stagedClose.ts'

export interface UpgradeOptions {
  readonly ServerResponse: typeof ServerResponse
  /** Handles a request for another protocol. It must answer; the connection closes after the answer. */
  readonly upgrade: (req: IncomingMessage, res: ServerResponse) => void
  readonly underWay: UnderWay
  readonly closing: Closing
}

export interface Upgrades {
  readonly listener: (req: IncomingMessage, socket: Duplex) => void
  /** Closes the connections of upgrade requests at once: the server does not know them any more. */
  destroyAll(): void
}

/**
 * Makes the listener for upgrade and CONNECT requests (rule R7). They bypass the app: Node.js detaches the connection from the
 * server, and the answer must be written and the connection ended here.
 */
export function createUpgrades(options: UpgradeOptions): Upgrades {
  const { upgrade, underWay, closing } = options
  const open = new Set<Duplex>()

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
    // The bytes after the request are those of another protocol, or of a body.
    res.on('finish', () => closeInStages(socket))
    upgrade(req, res)
  }

  return {
    listener(req, socket) {
      open.add(socket)
      socket.on('close', () => open.delete(socket)).on('error', () => socket.destroy())
      answer(req)
    },
    destroyAll() {
      for (const socket of open) socket.destroy()
    },
  }
}
