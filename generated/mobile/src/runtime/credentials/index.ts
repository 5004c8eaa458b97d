import type { Environment } from '../environment/environment.ts'
import { type Surroundings, type SurroundingsOptions, surroundingsOf } from '../observe/surroundings.ts'
import { createEndpointClient, type EndpointClient } from '../support/httpClient.ts'
import type { OutgoingHeaders } from '../upstream/request.ts'
import type { Caller } from '../upstream/transport.ts'
import type { Credential, Service } from '../vocabulary.ts'
import { type Problem, problem } from '../words/problems.ts'
import { createClientCredential } from './client.ts'
import { createExchangeCredential } from './exchange.ts'
import { createBasicCredential, createHeaderCredential, createPrincipalCredential } from './fixed.ts'
import { createIdentityCredential } from './identity.ts'
import type { Apply } from './types.ts'

export interface Credentials {
  /** Adds a service's named credentials to a call, in order. A problem means that the call must not be made. */
  apply(
    caller: Caller,
    service: string,
    names: readonly string[],
    headers: OutgoingHeaders,
  ): Problem | undefined | Promise<Problem | undefined>
  /** The public keys of the gateway's signatures (RFC 7517); `null`: it does not sign. */
  readonly jwks: { readonly keys: readonly unknown[] } | null
  close(): void
}

/** Prepares the credentials for all services. Missing or invalid settings are refused through `environment`. */
export function createCredentials(
  services: Readonly<Record<string, Service>>,
  environment: Environment,
  options: SurroundingsOptions = {},
): Credentials {
  const surroundings = surroundingsOf(options)
  const endpoint = createEndpointClient()
  const published = new Map<string, unknown>()
  const prepared = new Map<string, ReadonlyMap<string, Apply>>()

  for (const [service, { credentials }] of Object.entries(services)) {
    const ofService = new Map<string, Apply>()
    for (const [name, credential] of Object.entries(credentials)) {
      const use = `service ${service}, credential ${name}`
      if (credential.kind === 'identity') {
        const identity = createIdentityCredential(credential, environment, use, surroundings)
        for (const jwk of identity.keys) published.set(jwk.kid, jwk)
        ofService.set(name, identity.apply)
      } else ofService.set(name, create(credential, environment, use, endpoint, surroundings))
    }
    prepared.set(service, ofService)
  }

  function applyFrom(
    index: number,
    caller: Caller,
    service: string,
    names: readonly string[],
    headers: OutgoingHeaders,
  ): Problem | undefined | Promise<Problem | undefined> {
    for (let next = index; next < names.length; next += 1) {
      const apply = prepared.get(service)?.get(names[next] ?? '')
      // An unknown credential is a fault of the generated data: the call is not made without it.
      if (apply === undefined)
        return problem('internal', {
          reason: 'credential-undefined',
          detail: `service ${service}, credential ${names[next]}`,
        })
      const outcome = apply(caller, headers)
      if (outcome instanceof Promise) {
        return outcome.then((failed) => failed ?? applyFrom(next + 1, caller, service, names, headers))
      }
      if (outcome !== undefined) return outcome
    }
    return undefined
  }

  return {
    apply: (caller, service, names, headers) => applyFrom(0, caller, service, names, headers),
    jwks: published.size === 0 ? null : { keys: [...published.values()] },
    close: () => endpoint.close(),
  }
}

function create(
  credential: Exclude<Credential, { kind: 'identity' }>,
  environment: Environment,
  use: string,
  endpoint: EndpointClient,
  surroundings: Surroundings,
): Apply {
  switch (credential.kind) {
    case 'principal':
      return createPrincipalCredential(use)
    case 'header':
      return createHeaderCredential(credential, environment, use)
    case 'basic':
      return createBasicCredential(credential, environment, use)
    case 'client':
      return createClientCredential(credential, environment, use, endpoint, surroundings)
    case 'exchange':
      return createExchangeCredential(credential, environment, use, endpoint, surroundings)
  }
}
