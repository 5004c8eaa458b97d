import type { Environment } from '../environment/environment.ts'
import { type CorsPolicy, createCors } from '../http/cors.ts'
import type { Client } from '../vocabulary.ts'
import { type AddressSet, createAddressSet, isAddressRange } from '../words/addresses.ts'
import { isAuthority } from '../words/authorities.ts'
import { isOrigin } from '../words/origins.ts'

/** A client's own settings, resolved and checked. */
export interface ClientSettings {
  readonly cors: CorsPolicy | null
  /** `null`: any well-formed host. */
  readonly publicHosts: readonly string[] | null
  readonly trusted: AddressSet
  /** Lower-case names of the headers that carry credentials. */
  readonly credentialHeaders: readonly string[]
}

/** Resolves a client's settings. Invalid ones are refused through `environment`. */
export function readClientSettings(client: Client, environment: Environment): ClientSettings {
  const valid = (values: readonly string[], isValid: (value: string) => boolean, what: string): readonly string[] => {
    for (const value of values) if (!isValid(value)) environment.refuse(`${JSON.stringify(value)} is not ${what}`)
    return values.filter(isValid)
  }
  const ranges = valid(
    environment.list(client.trustedProxies),
    isAddressRange,
    'an IP address or a CIDR range of a trusted proxy',
  )
  const publicHosts =
    client.publicHosts === null
      ? null
      : valid(
          environment.list(client.publicHosts),
          isAuthority,
          'a public host: a name or address, optionally with a port',
        )
  if (publicHosts?.length === 0 && environment.missing.length === 0) environment.refuse('publicHosts is empty')

  const { cors } = client
  const origins =
    cors === null ? [] : valid(environment.list(cors.origins), isOrigin, 'an origin such as https://shop.example')
  const headers = Object.values(client.authenticators).map((authenticator) =>
    authenticator.kind === 'api-key' ? authenticator.header.toLowerCase() : 'authorization',
  )
  return {
    cors: cors === null ? null : createCors(origins, cors),
    publicHosts,
    trusted: createAddressSet(ranges),
    credentialHeaders: [...new Set(headers)].sort(),
  }
}
