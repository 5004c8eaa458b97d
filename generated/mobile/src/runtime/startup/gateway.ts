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
  /** For embedding in another app. The server's limits, the refusal of upgrades and draining work only with `listen`. */
  readonly app: Skin['app']
  readonly log: Log
  /** Listens on the configured address. Rejects if it is in use or is not an address of this machine. */
  listen(): Promise<Listening>
  /**
   * Stops gracefully (rule F18): not ready from now on; accepts new connections for the configured delay; then requests in
   * progress have up to the configured grace.
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
    // The head of an answer that began before the drain may have announced a persistent connection.
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
      // The server's `close` precedes the end of the last exchange; resources of exchanges are released after that.
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
