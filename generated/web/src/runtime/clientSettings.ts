import { type AddressSet, createAddressSet, isAddressRange } from './addresses.ts'
import { isAuthority } from './admission.ts'
import type { Client } from './contract.ts'
import { type CorsPolicy, createCors, isOrigin } from './cors.ts'
import type { Settings } from './settings.ts'

/** A client's own settings, resolved and checked. */
export interface ClientSettings {
  readonly cors: CorsPolicy | null
  /** `null`: any well-formed host. */
  readonly publicHosts: readonly string[] | null
  readonly trusted: AddressSet
  /** Lower-case names of the headers that credentials come in. */
  readonly credentialHeaders: readonly string[]
}

/** Resolves them; what is wrong with them is noted in the settings. */
export function readClientSettings(client: Client, settings: Settings): ClientSettings {
  const valid = (values: readonly string[], isValid: (value: string) => boolean, what: string): readonly string[] => {
    for (const value of values) if (!isValid(value)) settings.refuse(`${JSON.stringify(value)} is not ${what}`)
    return values.filter(isValid)
  }
  const ranges = valid(
    settings.list(client.trustedProxies),
    isAddressRange,
    'an IP address or a CIDR range of a trusted proxy',
  )
  const publicHosts =
    client.publicHosts === null
      ? null
      : valid(settings.list(client.publicHosts), isAuthority, 'a public host: a name or address, and a port if need be')
  if (publicHosts?.length === 0 && settings.missing.length === 0) settings.refuse('publicHosts names no host')

  const { cors } = client
  const origins =
    cors === null ? [] : valid(settings.list(cors.origins), isOrigin, 'an origin such as https://shop.example')
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
