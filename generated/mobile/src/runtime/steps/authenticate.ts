import { type ApiKeyAuthenticator, createApiKeySource } from '../auth/apiKey.ts'
import { createBearerSource } from '../auth/bearer.ts'
import type { CredentialSource } from '../auth/credentialSource.ts'
import type { JwtAuthenticator } from '../auth/issuers.ts'
import type { Environment } from '../environment/environment.ts'
import type { Step } from '../exchange/exchange.ts'
import { type SurroundingsOptions, surroundingsOf } from '../observe/surroundings.ts'
import type { Client } from '../vocabulary.ts'
import { isKeyHeader } from '../words/headers.ts'
import { problem } from '../words/problems.ts'

export interface Authenticate {
  readonly step: Step
  /** Whether every credential can be checked: each issuer's keys were obtained at least once (rule F12). */
  ready(): boolean
  close(): void
}

/**
 * Authenticates the caller. Without a credential the caller is anonymous, and `authorize` decides. An invalid credential ends the
 * request, on public routes too. Two kinds of credential in one request are refused (rule W10), since gateway and service could
 * use different ones. Missing or invalid settings are refused through `environment`.
 */
export function createAuthenticate(
  client: Client,
  environment: Environment,
  options: SurroundingsOptions = {},
): Authenticate {
  const sources = createSources(client, environment, options)
  const ambiguous = problem('malformed-request', {
    reason: 'credential-ambiguous',
    detail: [...new Set(sources.map(({ header }) => header))].join(', '),
  })
  return {
    step(exchange) {
      const { headers } = exchange.req
      let source: CredentialSource | undefined
      let value = ''
      for (const candidate of sources) {
        const sent = headers[candidate.header]
        if (sent === undefined) continue
        if (source !== undefined || typeof sent !== 'string') return ambiguous
        source = candidate
        value = sent
      }
      return source?.check(value, exchange)
    },
    // Called on every source, since the call starts an attempt that is due.
    ready: () => sources.map((source) => source.ready()).every((ready) => ready),
    close() {
      for (const source of sources) source.close()
    },
  }
}

function createSources(
  client: Client,
  environment: Environment,
  options: SurroundingsOptions,
): readonly CredentialSource[] {
  const surroundings = surroundingsOf(options)
  const bearers: Record<string, JwtAuthenticator> = {}
  const keys = new Map<string, Record<string, ApiKeyAuthenticator>>()
  for (const [name, authenticator] of Object.entries(client.authenticators)) {
    if (authenticator.kind === 'jwt') bearers[name] = authenticator
    else {
      const header = authenticator.header.toLowerCase()
      if (!isKeyHeader(header)) {
        environment.refuse(`authenticator ${name}: the header ${authenticator.header} cannot carry API keys`)
        continue
      }
      keys.set(header, { ...keys.get(header), [name]: authenticator })
    }
  }
  const sources: CredentialSource[] = []
  if (Object.keys(bearers).length > 0) {
    sources.push(createBearerSource(client, bearers, environment, surroundings))
  }
  for (const [header, authenticators] of keys) {
    sources.push(createApiKeySource(client, header, authenticators, environment, surroundings))
  }
  return sources
}
