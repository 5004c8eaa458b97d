import type { Exchange } from '../exchange/exchange.ts'
import { mountOf } from '../exchange/mount.ts'
import type { Observer } from '../observe/observer.ts'
import type { AddressSet } from '../words/addresses.ts'
import { isPathPrefix } from '../words/pathPrefixes.ts'

/** The path that a client sees before the paths of the gateway; `''`: none. */
export type PublicBase = (exchange: Pick<Exchange, 'req' | 'requestId'>) => string

/**
 * It is the setting `basePath`; else the path at which another app has mounted the gateway; else `X-Forwarded-Prefix` of a trusted proxy.
 * Only one of them counts, so that no part of a path stands in an address twice.
 */
export function createPublicBase(
  basePath: string | null,
  trusted: AddressSet,
  observer: Pick<Observer, 'prefixIgnored'>,
): PublicBase {
  if (basePath !== null) return () => basePath
  return ({ req, requestId }) => {
    const mount = mountOf(req)
    if (mount !== '') return mount
    const prefix = req.headers['x-forwarded-prefix']
    if (prefix === undefined || !trusted.has(req.socket.remoteAddress ?? '')) return ''
    if (typeof prefix === 'string' && isPathPrefix(prefix)) return prefix
    observer.prefixIgnored({ requestId })
    return ''
  }
}
