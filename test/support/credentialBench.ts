import type { Principal } from '../../templates/runtime/access/principal.ts'
import { type Credentials, createCredentials } from '../../templates/runtime/credentials/index.ts'
import { createEnvironment, type Environment } from '../../templates/runtime/environment/environment.ts'
import type { Credential } from '../../templates/runtime/vocabulary.ts'
import { some } from './gatewayParts.ts'
import { anExchange, aPrincipal, type Clocks, createClocks, createMemoryLog } from './identity.ts'

/** The credentials of one service, `orders`, with separate clocks and a separate log. */
export interface CredentialBench {
  readonly credentials: Credentials
  readonly environment: Environment
  readonly clocks: Clocks
  readonly log: ReturnType<typeof createMemoryLog>
  /** The headers for the service for a caller, or the problem with which the call ends. */
  send(principal?: Principal | null, names?: readonly string[]): Promise<object>
}

export function createCredentialBench(
  of: Readonly<Record<string, Credential>>,
  env: Readonly<Record<string, string>> = {},
): CredentialBench {
  const environment = createEnvironment(env)
  const clocks = createClocks()
  const log = createMemoryLog()
  const orders = some.service('http://127.0.0.1:1', { credentials: of })
  const credentials = createCredentials({ orders }, environment, { ...clocks, observer: log.observer })
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
