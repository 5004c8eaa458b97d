import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

/** The requests on a connection that have not been answered to the end, the oldest first. */
export type UnderWay = (socket: Duplex) => readonly { readonly req: IncomingMessage; readonly res: ServerResponse }[]

/** Connections that end with an answer: a request that comes after it must not be processed (RFC 9112 section 9.6). */
export interface Closing {
  /**
   * Whether a request comes after an answer that ends its connection. Without this, a request in two readings could carry another
   * one past its refusal (rule P1).
   */
  isLate(req: IncomingMessage): boolean
  /** Notes whether an answer that has begun ends its connection. */
  note(req: IncomingMessage, res: ServerResponse): void
}

export function createClosing(underWay: UnderWay): Closing {
  const ending = new WeakSet<Duplex>()
  return {
    // An answer that waits for a service may turn out to be the last one after its request was noted.
    isLate: ({ socket }) => ending.has(socket) || underWay(socket).some(({ res }) => !res.shouldKeepAlive),
    note(req, res) {
      // For longer than the exchange is under way: the connection closes a moment after it.
      if (!res.shouldKeepAlive) ending.add(req.socket)
    },
  }
}
