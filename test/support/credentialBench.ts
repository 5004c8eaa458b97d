import type { Principal } from '../../templates/runtime/access/principal.ts'
import { type Credentials, createCredentials } from '../../templates/runtime/credentials/index.ts'
import { createEnvironment, type Environment } from '../../templates/runtime/environment/environment.ts'
import type { Credential, Service } from '../../templates/runtime/vocabulary.ts'
import { anExchange, aPrincipal, type Clocks, createClocks, createMemoryLog } from './identity.ts'

/** The credentials of one service, `orders`, with clocks and a log of its own. */
export interface CredentialBench {
  readonly credentials: Credentials
  readonly environment: Environment
  readonly clocks: Clocks
  readonly log: ReturnType<typeof createMemoryLog>
  /** The headers that the service would be sent for a caller, or the problem that the call ends with. */
  send(principal?: Principal | null, names?: readonly string[]): Promise<object>
}

export function createCredentialBench(
  of: Readonly<Record<string, Credential>>,
  env: Readonly<Record<string, string>> = {},
): CredentialBench {
  const environment = createEnvironment(env)
  const clocks = createClocks()
  const log = createMemoryLog()
  const orders: Service = {
    url: ['http://127.0.0.1:1'],
    credentials: of,
    tls: null,
    concurrency: { max: 1, queue: 0 },
    maxAnswer: 1,
  }
  const credentials = createCredentials({ orders }, environment, { ...clocks, logger: log })
  return {
    credentials,
    environment,
    clocks,
    log,
    async send(principal = aPrincipal(), names = ['main']) {
      const headers: Record<string, string | string[]> = {}
      const failed = await credentials.apply(anExchange({ principal }), 'orders', names, headers)
      return failed ?? headers
    },
  }
}
