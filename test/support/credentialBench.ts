import type { Credential, Service } from '../../templates/runtime/contract.ts'
import { type Credentials, createCredentials } from '../../templates/runtime/credentials/index.ts'
import type { Principal } from '../../templates/runtime/exchange.ts'
import { createSettings, type Settings } from '../../templates/runtime/settings.ts'
import { anExchange, aPrincipal, type Clocks, createClocks, createMemoryLog } from './identity.ts'

/** The credentials of one service, `orders`, with clocks and a log of its own. */
export interface CredentialBench {
  readonly credentials: Credentials
  readonly settings: Settings
  readonly clocks: Clocks
  readonly log: ReturnType<typeof createMemoryLog>
  /** The headers that the service would be sent for a caller, or the problem that the call ends with. */
  send(principal?: Principal | null, names?: readonly string[]): Promise<object>
}

export function createCredentialBench(
  of: Readonly<Record<string, Credential>>,
  env: Readonly<Record<string, string>> = {},
): CredentialBench {
  const settings = createSettings(env)
  const clocks = createClocks()
  const log = createMemoryLog()
  const orders: Service = {
    url: ['http://127.0.0.1:1'],
    credentials: of,
    tls: null,
    concurrency: { max: 1, queue: 0 },
    maxAnswer: 1,
  }
  const credentials = createCredentials({ orders }, settings, { ...clocks, logger: log })
  return {
    credentials,
    settings,
    clocks,
    log,
    async send(principal = aPrincipal(), names = ['main']) {
      const headers: Record<string, string | string[]> = {}
      const failed = await credentials.apply(anExchange({ principal }), 'orders', names, headers)
      return failed ?? headers
    },
  }
}
