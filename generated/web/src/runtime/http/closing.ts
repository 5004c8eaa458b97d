import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

/** The requests on a connection whose answers are not complete, the oldest first. */
export type UnderWay = (socket: Duplex) => readonly { readonly req: IncomingMessage; readonly res: ServerResponse }[]

/** Records connections that close after an answer: a request after it must not be processed (RFC 9112 section 9.6). */
export interface Closing {
  /**
   * Whether a request follows an answer that closes its connection. A request sent after a refused one on the same connection is
   * not processed, so that an ambiguous request cannot smuggle another one (rule P1).
   */
  isLate(req: IncomingMessage): boolean
  /** Records whether an answer that has begun closes its connection. */
  note(req: IncomingMessage, res: ServerResponse): void
}

export function createClosing(underWay: UnderWay): Closing {
  const ending = new WeakSet<Duplex>()
  return {
    // An answer that waits for a service may become the last one after the call of `note`.
    isLate: ({ socket }) => ending.has(socket) || underWay(socket).some(({ res }) => !res.shouldKeepAlive),
    note(req, res) {
      // Kept beyond the end of the exchange: the connection closes shortly after it.
      if (!res.shouldKeepAlive) ending.add(req.socket)
    },
  }
}
