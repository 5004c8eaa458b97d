import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { createExchange, type LiveExchange } from '../exchange/live.ts'

/** Status in the log for a client that went away before its answer began; never sent. */
const clientClosedRequest = 499

/** The exchanges under way. */
export interface InFlight {
  /** Begins one. `ended` is called once when it is over, whether it was answered or the connection was lost. */
  begin(req: IncomingMessage, res: ServerResponse): LiveExchange
  /** Those on one connection, the oldest first: requests may be sent before earlier ones are answered. */
  on(socket: Duplex): readonly LiveExchange[]
  /** Settles when there are none. */
  none(): Promise<void>
}

const none: readonly never[] = []
const underWay = Symbol('exchanges under way')

/**
 * A connection and its exchanges. One set of all exchanges instead of a list for each connection was measured: its old hash tables
 * keep ended exchanges alive, and garbage collection took a fifth of the processor time.
 */
interface Connection extends Duplex {
  [underWay]?: LiveExchange[]
}

export function createInFlight(ended: (exchange: LiveExchange, status: number) => void): InFlight {
  let count = 0
  const waiting: (() => void)[] = []

  const end = (exchanges: LiveExchange[], exchange: LiveExchange): void => {
    const at = exchanges.indexOf(exchange)
    if (at < 0) return
    exchanges.splice(at, 1)
    count--
    const { res } = exchange
    if (!res.writableFinished) exchange.leave()
    ended(exchange, res.headersSent ? res.statusCode : clientClosedRequest)
    if (count === 0) for (const settle of waiting.splice(0)) settle()
  }

  const connect = (socket: Connection): LiveExchange[] => {
    const exchanges: LiveExchange[] = []
    socket[underWay] = exchanges
    // Node.js emits `close` only on the first response of a lost connection; the responses behind it would never end.
    socket.on('close', () => {
      for (const exchange of [...exchanges]) end(exchanges, exchange)
    })
    return exchanges
  }

  return {
    begin(req, res) {
      const exchange = createExchange(req, res)
      const socket: Connection = req.socket
      const exchanges = socket[underWay] ?? connect(socket)
      exchanges.push(exchange)
      count++
      res.on('close', () => end(exchanges, exchange))
      return exchange
    },
    on: (socket: Connection) => socket[underWay] ?? none,
    none: () =>
      new Promise((resolve) => {
        if (count === 0) resolve()
        else waiting.push(resolve)
      }),
  }
}
