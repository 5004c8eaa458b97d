import { type ClientSettings, readClientSettings } from './clientSettings.ts'
import { type Configuration, readConfiguration } from './configuration.ts'
import type { Gateway, Route } from './contract.ts'
import { readContracts } from './contracts.ts'
import { type Credentials, createCredentials } from './credentials/index.ts'
import { createProcessLog, type Log, type LogLine, lineOf, type ProcessLog } from './log.ts'
import type { Matcher } from './matcher.ts'
import { readRoutes } from './routes.ts'
import type { CompiledContract } from './schema/index.ts'
import { ConfigurationError, createSettings } from './settings.ts'
import { type Authenticate, createAuthenticate } from './steps/authenticate.ts'
import { createUpstream, type Upstream } from './upstream/index.ts'

export interface GatewayOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Default: JSON lines on standard output. */
  readonly logger?: Log
  /** Milliseconds since the epoch, for what expires. */
  readonly clock?: () => number
}

/** Everything that a gateway's steps are made of, resolved and checked. */
export interface Prepared {
  readonly configuration: Configuration
  readonly log: Log
  readonly line: LogLine
  readonly client: ClientSettings
  readonly contracts: ReadonlyMap<string, CompiledContract>
  readonly matcher: Matcher<Route>
  readonly upstreams: ReadonlyMap<string, Upstream>
  readonly authenticate: Authenticate
  readonly credentials: Credentials
  /** Gives back connections, timers and the log's memory. */
  release(): Promise<void>
}

/**
 * Reads all settings, contracts and certificates. Nothing is judged before everything was read, so that the
 * `ConfigurationError` it throws names everything that is missing or wrong.
 */
export function prepare(gateway: Gateway, { env, logger, clock }: GatewayOptions): Prepared {
  const settings = createSettings(env)
  const configuration = readConfiguration(settings)
  const logging = logger === undefined ? createProcessLog(configuration.logLevel) : logTo(logger)
  const { log, line } = logging
  const identity = { logger: log, ...(clock === undefined ? {} : { clock }) }

  const client = readClientSettings(gateway.client, settings)
  const contracts = readContracts(gateway, settings)
  const matcher = readRoutes(gateway, settings)
  const services = Object.entries(gateway.services)
  const upstreams = new Map(services.map(([name, service]) => [name, createUpstream(name, service, settings)]))
  const authenticate = createAuthenticate(gateway.client, settings, identity)
  const credentials = createCredentials(gateway.services, settings, identity)

  const release = async (): Promise<void> => {
    authenticate.close()
    credentials.close()
    await Promise.all([...upstreams.values()].map((upstream) => upstream.destroy()))
    logging.close()
  }
  if (settings.missing.length > 0 || settings.problems.length > 0) {
    void release()
    throw new ConfigurationError(settings.missing, settings.problems)
  }
  return { configuration, log, line, client, contracts, matcher, upstreams, authenticate, credentials, release }
}

/** A log that somebody else owns. */
function logTo(log: Log): ProcessLog {
  return { log, line: lineOf(log), close: () => undefined }
}
