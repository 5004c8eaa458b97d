import type { Environment } from '../environment/environment.ts'
import { requiredText } from '../environment/requiredText.ts'
import type { Surroundings } from '../observe/surroundings.ts'
import type { EndpointClient } from '../support/httpClient.ts'
import type { Credential } from '../vocabulary.ts'
import { createTokenEndpoint } from './tokenEndpoint.ts'
import { createTokenSlot } from './tokenSlot.ts'
import type { Apply } from './types.ts'

/** The gateway's own token, by the client credentials grant (RFC 6749 section 4.4). */
export function createClientCredential(
  written: Extract<Credential, { kind: 'client' }>,
  environment: Environment,
  use: string,
  endpoint: EndpointClient,
  surroundings: Surroundings,
): Apply {
  const ask = createTokenEndpoint(written, environment, use, endpoint)
  const parameters = {
    grant_type: 'client_credentials',
    ...(written.scopes.length === 0 ? {} : { scope: written.scopes.join(' ') }),
    ...(written.audience === null
      ? {}
      : { audience: requiredText(environment, written.audience, `${use}: the audience`) }),
  }
  const slot = createTokenSlot(() => ask(parameters), use, surroundings)
  return (_caller, headers) => slot(headers)
}
