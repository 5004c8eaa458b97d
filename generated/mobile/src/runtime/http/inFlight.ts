import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { createExchange, type LiveExchange } from '../exchange/live.ts'

/** Status in the log if the client disconnected before its answer began; never sent. */
const clientClosedRequest = 499

/** The exchanges in progress. */
export interface InFlight {
  /** Begins an exchange. `ended` is called once at its end, whether it was answered or the connection was lost. */
  begin(req: IncomingMessage, res: ServerResponse): LiveExchange
  /** The exchanges on one connection, the oldest first: a client may send requests before earlier ones are answered. */
  on(socket: Duplex): readonly LiveExchange[]
  /** Resolves when there are none. */
  none(): Promise<void>
}

const none: readonly never[] = []
const underWay = Symbol('exchanges under way')

/**
 * A connection and its exchanges. A list per connection, because one set of all exchanges was measured to be slower: its old hash
 * tables keep ended exchanges alive, and garbage collection took a fifth of the processor time.
 */
interface Connection extends Duplex {
  [underWay]?: LiveExchange[]
}

/** `isAborting`: whether the gateway itself closes all connections. */
export function createInFlight(
  ended: (exchange: LiveExchange, status: number) => void,
  isAborting: () => boolean,
): InFlight {
  let count = 0
  const waiting: (() => void)[] = []

  const end = (exchanges: LiveExchange[], exchange: LiveExchange): void => {
    const at = exchanges.indexOf(exchange)
    if (at < 0) return
    exchanges.splice(at, 1)
    count--
    const { res } = exchange
    if (!res.writableFinished) {
      if (res.headersSent || isAborting()) exchange.cut ??= isAborting() ? 'gateway-drain' : 'client-left'
      exchange.leave()
    }
    ended(exchange, res.headersSent ? res.statusCode : clientClosedRequest)
    if (count === 0) for (const settle of waiting.splice(0)) settle()
  }

  const connect = (socket: Connection): LiveExchange[] => {
    const exchanges: LiveExchange[] = []
    socket[underWay] = exchanges
    // Node.js emits `close` only on the first response of a lost connection; later responses would never end.
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
