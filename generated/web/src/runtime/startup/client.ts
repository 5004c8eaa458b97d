import type { Environment } from '../environment/environment.ts'
import { type CorsPolicy, createCors } from '../http/cors.ts'
import type { Client } from '../vocabulary.ts'
import { type AddressSet, createAddressSet, isAddressRange } from '../words/addresses.ts'
import { isAuthority } from '../words/authorities.ts'
import { isOrigin } from '../words/origins.ts'
import { isPathPrefix } from '../words/pathPrefixes.ts'
import { wideFamilies } from '../words/wideRanges.ts'

/** A client's own settings, resolved and checked. */
export interface ClientSettings {
  readonly cors: CorsPolicy | null
  /** `null`: any well-formed host. */
  readonly publicHosts: readonly string[] | null
  readonly trusted: AddressSet
  /** Families of which `trusted` contains so many addresses that callers are among them. */
  readonly widelyTrusted: readonly ('IPv4' | 'IPv6')[]
  /** Lower-case names of the headers that carry credentials. */
  readonly credentialHeaders: readonly string[]
  readonly basePath: string | null
  readonly stripBasePath: boolean
  /** Before the gateway's own paths; `''`: nothing. */
  readonly ownPath: string
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

  const prefix = (value: string | null, name: string): string | null => {
    if (value === null || isPathPrefix(value)) return value
    environment.refuse(`${name} ${JSON.stringify(value)} is not a path such as /api`)
    return null
  }
  const basePath = prefix(client.basePath, 'basePath')
  if (client.stripBasePath && client.basePath === null) environment.refuse('stripBasePath needs a basePath')

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
    widelyTrusted: wideFamilies(ranges),
    credentialHeaders: [...new Set(headers)].sort(),
    basePath,
    stripBasePath: client.stripBasePath,
    ownPath: prefix(client.ownPath, 'ownPath') ?? '',
  }
}
