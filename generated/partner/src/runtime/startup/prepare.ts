import type { RedirectTest } from '../answers/redirects.ts'
import { type Credentials, createCredentials } from '../credentials/index.ts'
import { type Configuration, readConfiguration } from '../environment/configuration.ts'
import { ConfigurationError, createEnvironment } from '../environment/environment.ts'
import { tlsRefusal, verifiesTls } from '../environment/tlsVerification.ts'
import type { Matcher } from '../matching/matcher.ts'
import { createProcessLog, type Log, lineOf, type ProcessLog } from '../observe/log.ts'
import { createLogObserver } from '../observe/logObserver.ts'
import type { Observer } from '../observe/observer.ts'
import type { CompiledSchemas } from '../schema/index.ts'
import { type Authenticate, createAuthenticate } from '../steps/authenticate.ts'
import { HeldBytes } from '../support/heldBytes.ts'
import { createUpstream, type Upstream } from '../upstream/index.ts'
import { createEventStreams, type EndableStreams } from '../upstream/streams.ts'
import type { Gateway, Route, WrittenGateway } from '../vocabulary.ts'
import { type ClientSettings, readClientSettings } from './client.ts'
import { completeGateway } from './completion.ts'
import { mostHeld } from './mostHeld.ts'
import { readRedirects } from './preparedAnswer.ts'
import { readRoutes } from './routes.ts'
import { readContracts } from './schemas.ts'

export interface GatewayOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Default: JSON lines on standard output. */
  readonly logger?: Log
  /** Milliseconds since the epoch, for checks of expiry. */
  readonly clock?: () => number
}

/** The parts of a gateway's steps, resolved and checked. */
export interface Prepared {
  /** As written, with each route completed. */
  readonly gateway: Gateway
  readonly configuration: Configuration
  readonly log: Log
  readonly observer: Observer
  readonly streams: EndableStreams
  readonly held: HeldBytes
  readonly client: ClientSettings
  readonly contracts: ReadonlyMap<string, CompiledSchemas>
  readonly matcher: Matcher<Route>
  readonly upstreams: ReadonlyMap<string, Upstream>
  /** The tests of redirects, by service. */
  readonly redirects: ReadonlyMap<string, RedirectTest>
  readonly authenticate: Authenticate
  readonly credentials: Credentials
  /** Closes connections and timers, and flushes the log. */
  release(): Promise<void>
}

/**
 * Reads all settings, contracts and certificates. It throws only after everything was read, so that the `ConfigurationError`
 * names everything that is missing or wrong.
 */
export function prepare(written: WrittenGateway, { env, logger, clock }: GatewayOptions): Prepared {
  const environment = createEnvironment(env)
  const gateway = completeGateway(written, environment)
  const configuration = readConfiguration(environment)
  const logging = logger === undefined ? createProcessLog(configuration.logLevel) : logTo(logger)
  const { log, line } = logging
  const observer = createLogObserver(log, line, gateway.client.name)
  const streams = createEventStreams(observer)
  const surroundings = { observer, ...(clock === undefined ? {} : { clock }) }

  const client = readClientSettings(gateway.client, environment)
  // Node.js reads its own environment, which may not be the one that was passed.
  const isTlsVerified = [env, process.env].every(verifiesTls)
  if (!isTlsVerified && gateway.client.unverifiedTls !== 'allow') environment.refuse(tlsRefusal)
  const contracts = readContracts(gateway, environment)
  const matcher = readRoutes(gateway, environment)
  const services = Object.entries(gateway.services)
  const held = new HeldBytes(mostHeld(gateway))
  const upstreams = new Map(
    services.map(([name, service]) => [name, createUpstream(name, service, environment, { observer, streams, held })]),
  )
  const redirects = readRedirects(gateway, environment)
  const authenticate = createAuthenticate(gateway.client, environment, surroundings)
  const credentials = createCredentials(gateway.services, environment, surroundings)

  const release = async (): Promise<void> => {
    authenticate.close()
    credentials.close()
    await Promise.all([...upstreams.values()].map((upstream) => upstream.destroy()))
    logging.close()
  }
  if (environment.missing.length > 0 || environment.problems.length > 0) {
    void release()
    throw new ConfigurationError(environment.missing, environment.problems)
  }
  if (!isTlsVerified) observer.tlsUnverified()
  if (client.widelyTrusted.length > 0) observer.proxiesUnrestricted({ families: client.widelyTrusted })
  return {
    gateway,
    configuration,
    log,
    observer,
    streams,
    held,
    client,
    contracts,
    matcher,
    upstreams,
    redirects,
    authenticate,
    credentials,
    release,
  }
}

/** A log that the caller owns: it is not closed here. */
function logTo(log: Log): ProcessLog {
  return { log, line: lineOf(log), close: () => undefined }
}
