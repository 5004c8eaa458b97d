import type { Server } from 'node:http'
import { drainServer } from '../http/drain.ts'
import { createApp, type Skin } from '../http/express.ts'
import { createInFlight } from '../http/inFlight.ts'
import { createResponder } from '../http/responder.ts'
import { createServer } from '../http/server.ts'
import { createAccessLog } from '../observe/accessLog.ts'
import type { Log } from '../observe/log.ts'
import { createOwn } from '../own/health.ts'
import { createRunner, createTable, createUpgradeTable } from '../pipeline/pipeline.ts'
import { createAdmit, createHost } from '../steps/admit.ts'
import { createAnswer } from '../steps/answer.ts'
import { createAuthorize } from '../steps/authorize.ts'
import { createCall } from '../steps/call.ts'
import { createCorsStep } from '../steps/cors.ts'
import { createIdentify } from '../steps/identify.ts'
import { invite } from '../steps/invite.ts'
import { createMatch } from '../steps/match.ts'
import { project } from '../steps/shape.ts'
import type { EventStreams } from '../upstream/relay.ts'
import type { WrittenGateway } from '../vocabulary.ts'
import { type GatewayOptions, type Prepared, prepare } from './prepare.ts'
import { createPlans } from './preparedRoutes.ts'
import { createMatrixTest, createPreflightTarget } from './routes.ts'

export interface Listening {
  readonly host: string
  readonly port: number
}

export interface RunningGateway {
  /** For embedding in an app of one's own. Limits of the server, upgrade requests and draining are looked after by `listen` only. */
  readonly app: Skin['app']
  readonly log: Log
  /** Starts to serve where the configuration says. Rejects when the address cannot be had. */
  listen(): Promise<Listening>
  /**
   * Stops without breaking anything off (rule F18): not ready at once, still accepting for the configured delay, then
   * no new connections, and up to the configured grace for what is under way.
   */
  drain(): Promise<void>
  /** Stops at once. */
  close(): Promise<void>
}

/** What changes while a gateway runs. */
interface State {
  draining: boolean
  readonly streams: EventStreams
}

/** Makes a gateway from its generated part. Throws a `ConfigurationError` that names everything that is missing or wrong. */
export function createGateway(written: WrittenGateway, options: GatewayOptions): RunningGateway {
  const prepared = prepare(written, options)
  const { gateway, configuration, log, release } = prepared
  const state: State = { draining: false, streams: new Set() }
  const { run, refuseUpgrade } = createRunners(prepared, state)

  const logExchange = createAccessLog(prepared.line, gateway.client.name)

  const inFlight = createInFlight((exchange, status) => {
    logExchange(exchange, status)
    // The head of an answer that began before the drain may have promised to keep the connection.
    if (state.draining && !server.listening) setImmediate(() => server.closeIdleConnections())
  })
  const skin = createApp((req, res) => run(inFlight.begin(req, res)))
  const server = createServer({
    ...skin,
    upgrade: (req, res) => refuseUpgrade(inFlight.begin(req, res)),
    underWay: inFlight.on,
    rejected: (name) => log.info({ client: gateway.client.name, problem: name }, 'not a request'),
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
        endStreams: () => {
          for (const end of state.streams) end()
        },
      })
      // A server is closed before its connections are: what they were asked for hears of it first.
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

/** Fills the table of steps with what was prepared. */
function createRunners(prepared: Prepared, state: State) {
  const { gateway, log, contracts, matcher, upstreams, authenticate, credentials } = prepared
  const { cors, credentialHeaders, publicHosts, trusted } = prepared.client
  const isMatrix = createMatrixTest(contracts)
  const semicolons = gateway.routes.some((route) => route.request.path.some((name) => isMatrix(route, name)))
  const responder = createResponder({ cors, credentialHeaders, draining: () => state.draining })
  const planned = createPlans(gateway, { contracts, upstreams, trusted, knownHosts: publicHosts !== null, log })

  const table = createTable({
    identify: createIdentify(trusted),
    admit: createAdmit(credentialHeaders, semicolons),
    own: createOwn({ ready: () => !state.draining && authenticate.ready(), jwks: credentials.jwks, responder }),
    host: createHost(publicHosts),
    cors: createCorsStep(cors, createPreflightTarget(matcher, credentialHeaders), responder),
    match: createMatch(matcher, isMatrix, responder),
    authenticate: authenticate.step,
    authorize: createAuthorize(gateway.client),
    invite,
    validate: planned((exchange, plan) => plan.validate(exchange)),
    call: planned(createCall({ log, streams: state.streams, apply: credentials.apply })),
    shape: project,
    answer: planned(createAnswer(responder)),
  })
  return {
    run: createRunner(table, responder, log),
    refuseUpgrade: createRunner(createUpgradeTable(table, matcher), responder, log),
  }
}

function listen(server: Server, host: string, port: number): Promise<Listening> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      const address = server.address()
      resolve({ host, port: typeof address === 'object' && address !== null ? address.port : port })
    })
  })
}
