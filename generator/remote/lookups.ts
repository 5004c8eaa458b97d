import { type LookupAddress, type LookupOptions, lookup } from 'node:dns'
import { isPrivateAddress, PrivateNameError } from './failures.ts'

/** Resolves a name to all its addresses. */
export type LookUp = (
  hostname: string,
  options: LookupOptions & { readonly all: true },
  callback: (error: Error | null, addresses: LookupAddress[]) => void,
) => void

/** `lookup` as connections call it. */
export type ConnectionLookUp = (
  hostname: string,
  options: LookupOptions,
  callback: (error: Error | null, address: string | LookupAddress[], family?: number) => void,
) => void

export interface Lookups {
  /** Of the addresses that a user chose. */
  readonly chosen: ConnectionLookUp
  /** Of redirects from public addresses: a name with a private address fails. */
  readonly redirected: ConnectionLookUp
  /** Whether all addresses of a name that `chosen` resolved are private. */
  isPrivateName(hostname: string): boolean
}

/** Resolves the names of one downloader. A connection uses the addresses that were judged. */
export function createLookups(lookUp: LookUp = lookup): Lookups {
  const isPrivate = new Map<string, boolean>()
  const resolving =
    (judge: (hostname: string, addresses: readonly LookupAddress[]) => Error | null): ConnectionLookUp =>
    (hostname, options, callback) =>
      lookUp(hostname, { ...options, all: true }, (failure, addresses) => {
        const error = failure ?? judge(hostname, addresses)
        const [first] = error === null ? addresses : []
        if (options.all === true || first === undefined) callback(error, error === null ? addresses : [])
        else callback(null, first.address, first.family)
      })
  return {
    chosen: resolving((hostname, addresses) => {
      const areAll = addresses.every(({ address }) => isPrivateAddress(address))
      isPrivate.set(hostname, areAll && isPrivate.get(hostname) !== false)
      return null
    }),
    redirected: resolving((hostname, addresses) =>
      addresses.some(({ address }) => isPrivateAddress(address)) ? new PrivateNameError(hostname) : null,
    ),
    isPrivateName: (hostname) => isPrivate.get(hostname) ?? false,
  }
}
