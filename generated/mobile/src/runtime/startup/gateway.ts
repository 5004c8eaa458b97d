import { drainServer } from '../http/drain.ts'
import { createApp, type Skin } from '../http/express.ts'
import { createInFlight } from '../http/inFlight.ts'
import { type Listening, listen } from '../http/listen.ts'
import { createServer } from '../http/server.ts'
import type { Log } from '../observe/log.ts'
import type { WrittenGateway } from '../vocabulary.ts'
import { fillPipeline, type State } from './pipeline.ts'
import { type GatewayOptions, prepare } from './prepare.ts'

export interface RunningGateway {
  /** For embedding in another app. The server's limits, the refusal of upgrades and draining come with `listen` only. */
  readonly app: Skin['app']
  readonly log: Log
  /** Starts to serve where the configuration says. Rejects when the address is taken or is not one of this machine's. */
  listen(): Promise<Listening>
  /**
   * Stops without breaking anything off (rule F18): not ready at once; new connections for the configured delay; then none, and
   * up to the configured grace for requests under way.
   */
  drain(): Promise<void>
  /** Stops at once. */
  close(): Promise<void>
}

/** Makes a gateway from its generated part. Throws a `ConfigurationError` that names everything that is missing or wrong. */
export function createGateway(written: WrittenGateway, options: GatewayOptions): RunningGateway {
  const prepared = prepare(written, options)
  const { gateway, configuration, log, observer, streams, release } = prepared
  const state: State = { draining: false }
  const pipeline = fillPipeline(prepared, state)

  const inFlight = createInFlight((exchange, status) => {
    observer.requestEnded(exchange, status)
    // The head of an answer that began before the drain may have promised to keep the connection.
    if (state.draining && !server.listening) setImmediate(() => server.closeIdleConnections())
  })
  const skin = createApp((req, res) => pipeline.request(inFlight.begin(req, res)))
  const server = createServer({
    ...skin,
    upgrade: (req, res) => pipeline.upgrade(inFlight.begin(req, res)),
    underWay: inFlight.on,
    rejected: observer.messageRejected,
    keepAlive: configuration.keepAlive,
    requestTimeout: configuration.requestTimeout,
    stillness: Math.max(60_000, ...gateway.routes.map((route) => route.timeout + 30_000)),
  })

  return {
    app: skin.app,
    log,
    listen: () => listen(server, configuration.host, configuration.port),
    async drain() {
      state.draining = true
      await drainServer(server, {
        delay: configuration.drainDelay,
        grace: configuration.drainGrace,
        endStreams: streams.endAll,
      })
      // The server's `close` comes before the end of the last exchange is known; what exchanges use is released after that.
      await inFlight.none()
      await release()
    },
    async close() {
      state.draining = true
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
      await inFlight.none()
      await release()
    },
  }
}
