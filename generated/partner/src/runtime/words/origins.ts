import { parseUrl } from './urls.ts'

/** Schemes whose documents have an opaque origin, which browsers send as `null`. */
const opaque: ReadonlySet<string> = new Set(['about', 'blob', 'data', 'file', 'filesystem', 'javascript'])

const serialized = /^([a-z][a-z0-9+.-]*):\/\/(?:[a-z0-9_.-]+|\[[0-9a-f:.]+\])(?::[1-9][0-9]{0,4})?$/

/**
 * Whether text is an origin as browsers send it in `Origin` (RFC 6454 section 6.2): scheme, host, and the port unless it is the
 * scheme's default, in lower case. Web views of mobile apps use custom schemes: `capacitor://localhost`. `*` and `null` are not
 * origins: they would allow every page, or every sandboxed document.
 */
export function isOrigin(text: string): boolean {
  const [, scheme] = serialized.exec(text) ?? []
  if (scheme === undefined || opaque.has(scheme)) return false
  const origin = parseUrl(text)?.origin
  // `URL` has an origin only for the special schemes of the URL standard. For other schemes only the syntax can be checked.
  return origin === text || origin === 'null'
}
