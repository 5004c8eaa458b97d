import type { EndpointClient } from '../auth/endpoint.ts'
import { requiredText } from '../auth/requiredText.ts'
import type { Surroundings } from '../auth/types.ts'
import type { Credential } from '../contract.ts'
import type { Settings } from '../settings.ts'
import { createTokenEndpoint } from './tokenEndpoint.ts'
import { createTokenSlot } from './tokenSlot.ts'
import type { Apply } from './types.ts'

/** The gateway's own token, by the client credentials grant (RFC 6749 section 4.4). */
export function createClientCredential(
  written: Extract<Credential, { kind: 'client' }>,
  settings: Settings,
  use: string,
  endpoint: EndpointClient,
  surroundings: Surroundings,
): Apply {
  const ask = createTokenEndpoint(written, settings, use, endpoint)
  const parameters = {
    grant_type: 'client_credentials',
    ...(written.scopes.length === 0 ? {} : { scope: written.scopes.join(' ') }),
    ...(written.audience === null
      ? {}
      : { audience: requiredText(settings, written.audience, `${use}: the audience`) }),
  }
  const slot = createTokenSlot(() => ask(parameters), use, surroundings)
  return (_exchange, headers) => slot(headers)
}
