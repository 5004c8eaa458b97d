import { drainApp, drainServer } from '../http/drain.ts'
import { createApp, type Skin } from '../http/express.ts'
import { createInFlight } from '../http/inFlight.ts'
import { type Listening, listen } from '../http/listen.ts'
import { createServer } from '../http/server.ts'
import { UnfinishedBodies } from '../http/unfinishedBodies.ts'
import type { Log } from '../observe/log.ts'
import type { WrittenGateway } from '../vocabulary.ts'
import { longestHead, longestRequest, stillness } from './limits.ts'
import { fillPipeline, type State } from './pipeline.ts'
import { type GatewayOptions, prepare } from './prepare.ts'

export interface RunningGateway {
  /** For embedding in another app (`docs/embedding.md`). The server's limits and the refusal of upgrades work only with `listen`. */
  readonly app: Skin['app']
  readonly log: Log
  /** Listens on the configured address. Rejects if it is in use or is not an address of this machine. */
  listen(): Promise<Listening>
  /**
   * Stops gracefully (rule F18): not ready from now on; accepts new connections for the configured delay; then requests in
   * progress have up to the configured grace. Where another server uses the app, call it before that server is closed.
   */
  drain(): Promise<void>
  /** Stops at once. */
  close(): Promise<void>
}

/** Makes a gateway from its generated part. Throws a `ConfigurationError` that names everything that is missing or wrong. */
export function createGateway(written: WrittenGateway, options: GatewayOptions): RunningGateway {
  const prepared = prepare(written, options)
  const { gateway, configuration, log, observer, streams, held, release } = prepared
  const state: State = { draining: false, aborting: false }
  const bodies = new UnfinishedBodies(gateway.client.unfinishedBodies)
  const pipeline = fillPipeline(prepared, state, bodies)

  const isAborting = (): boolean => state.aborting
  const inFlight = createInFlight((exchange, status) => {
    if (exchange.counted !== null) bodies.release(exchange)
    exchange.streams?.release(exchange)
    held.end(exchange)
    observer.requestEnded(exchange, status)
    // The head of an answer that began before the drain may have announced a persistent connection.
    if (state.draining && !server.listening) setImmediate(() => server.closeIdleConnections())
  }, isAborting)
  /** Whether a request has arrived; without one, nothing knows of the gateway and a drain need not wait. */
  let isUsed = false
  const skin = createApp((req, res) => {
    isUsed = true
    pipeline.request(inFlight.begin(req, res))
  })
  const server = createServer({
    ...skin,
    upgrade: (req, res) => pipeline.upgrade(inFlight.begin(req, res)),
    underWay: inFlight.on,
    rejected: observer.messageRejected,
    keepAlive: configuration.keepAlive,
    headTimeout: Math.min(10_000, configuration.requestTimeout),
    requestTimeout: longestRequest(gateway.routes, configuration.requestTimeout),
    maxHead: longestHead(gateway.client.head),
    stillness: stillness(gateway.routes),
  })

  return {
    app: skin.app,
    log,
    listen: () => listen(server, configuration.host, configuration.port),
    async drain() {
      state.draining = true
      const options = {
        delay: configuration.drainDelay,
        grace: configuration.drainGrace,
        endStreams: streams.endAll,
        aborting: () => {
          state.aborting = true
        },
      }
      if (server.listening) {
        await drainServer(server, options)
        // The server's `close` precedes the end of the last exchange; resources of exchanges are released after that.
        await inFlight.none()
      } else if (isUsed) await drainApp(inFlight.none, options)
      await release()
    },
    async close() {
      state.draining = true
      state.aborting = true
      const isOpen = server.listening
      const closed = new Promise((resolve) => server.close(resolve))
      // Connections outlive the server's `close`, which a drain may have called before.
      server.closeAllConnections()
      await closed
      if (isOpen) await inFlight.none()
      else streams.endAll()
      await release()
    },
  }
}
