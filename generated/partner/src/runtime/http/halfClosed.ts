import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { UnderWay } from './closing.ts'
import { isClosing } from './stagedClose.ts'

/** Milliseconds until the first two probes, and between later ones. */
const pauses = { first: 500, later: 5_000 } as const

/**
 * Answers the requests of clients that have closed their write side. That does not mean that a client is no longer interested in its
 * answers (RFC 9112 section 9.6), but a client that has left looks the same. So it is sent `100 Continue`, which clients discard if
 * they did not ask for it (RFC 9110 section 15.2.1): the connection of a client that has left is reset, and at the next write
 * its exchanges end (rule F15).
 */
export function answerHalfClosed(server: Server, underWay: UnderWay): void {
  // Else Node.js closes its side too. The property has no type and is not documented.
  Object.assign(server, { httpAllowHalfOpen: true })
  server.on('connection', (socket) => {
    socket.on('end', () => {
      const last = underWay(socket).at(-1)
      if (last === undefined || isClosing(socket)) return
      if (!last.res.headersSent) last.res.shouldKeepAlive = false
      probe(socket, underWay)
    })
  })
}

function probe(socket: Socket, underWay: UnderWay): void {
  let probes = 0
  const send = (): void => {
    const [first] = underWay(socket)
    if (first === undefined || isClosing(socket)) return
    // A client of HTTP/1.0 knows no interim answers (RFC 9110 section 15.2).
    if (!first.res.headersSent && first.req.httpVersionMinor > 0) first.res.writeContinue()
    probes++
    timer = setTimeout(send, probes < 2 ? pauses.first : pauses.later)
  }
  let timer = setTimeout(send, pauses.first)
  socket.once('close', () => clearTimeout(timer))
}
