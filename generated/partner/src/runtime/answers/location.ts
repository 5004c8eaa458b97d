import { entryOf } from '../matching/entry.ts'
import { createMatcher } from '../matching/matcher.ts'
import { hasEncodedSlash, refusedSlash } from '../matching/slashes.ts'
import type { Route } from '../vocabulary.ts'
import { isCleanPath } from '../words/cleanPath.ts'
import { pathOf } from '../words/pathTemplates.ts'
import { decodeBytes } from '../words/percent.ts'
import { parseUrl } from '../words/urls.ts'

/**
 * Rewrites an address of a service to the path of a route; `null`: the client has no route for it (rules O1, O3). `requested` is the
 * path of the request to the service, the base of relative references (RFC 9110 section 10.2.2). `sent` is the address of the
 * gateway that the request named, which services build addresses from; `null`: it named none.
 */
export type LocationRewriter = (location: string, requested: string, sent: URL | null) => string | null

/**
 * Makes the rewriter of one service. `endpoints` are its addresses; `routes` the client's routes that call it; `own` the paths of the
 * gateway itself, which are those of no route.
 */
export function createLocationRewriter(
  endpoints: readonly URL[],
  routes: readonly Route[],
  own: ReadonlySet<string>,
): LocationRewriter {
  // The last entry wins: of several routes to one path the first GET route, since a location is mostly read next.
  const byRead = [...routes].reverse().sort((a, b) => Number(a.method === 'GET') - Number(b.method === 'GET'))
  const matcher = createMatcher(
    byRead.map((route) => entryOf({ method: 'GET', action: route.action }, route, pathOf(route.action.path))),
  )
  const bases = endpoints.map((endpoint) => ({ endpoint, base: endpoint.pathname.replace(/\/$/, '') }))

  return (value, requested, sent) => {
    if (value === '') return null
    const location = value.replace(beyondAscii, escaped)
    for (const { endpoint, base } of bases) {
      const url = parseUrl(location, endpoint.origin + base + requested)
      if (url === null || !isWeb(url)) return null
      const known = hasAuthorityOf(url, endpoint) || (sent !== null && hasAuthorityOf(url, sent))
      if (!known || url.username !== '' || url.password !== '') continue
      if (!url.pathname.startsWith(`${base}/`)) continue
      const path = url.pathname.slice(base.length)
      if (!isCleanPath(path, true)) return null
      const found = matcher.find('GET', path)
      if (found.kind === 'missing') return null
      if (hasEncodedSlash(path) && refusedSlash(path, found.value, found.names, found.raw) !== null) return null
      const shown = complete(found.value.path, new Map(found.names.map((name, i) => [name, found.raw[i] ?? ''])))
      return shown === null || own.has(decodeBytes(shown)) ? null : shown + declaredQuery(url.search, found.value)
    }
    return null
  }
}

/** A byte of a header value that is not ASCII; a URI has it as an escape (RFC 3986 section 2.5). */
const beyondAscii = /[\x80-\xff]/g

const escaped = (byte: string): string => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`

const isWeb = ({ protocol }: URL): boolean => protocol === 'https:' || protocol === 'http:'

/**
 * Whether two addresses have one host and port. Schemes may differ: a service behind TLS may not know of it, or know it from
 * `X-Forwarded-Proto`.
 */
function hasAuthorityOf(url: URL, other: URL): boolean {
  return url.hostname === other.hostname && (url.port === other.port || portOf(url) === portOf(other))
}

function portOf({ port, protocol }: URL): string {
  return port === '' ? (protocol === 'https:' ? '443' : '80') : port
}

/** Fills a path template with the encoded values of its parameters; `null`: one is missing. */
function complete(template: string, values: ReadonlyMap<string, string>): string | null {
  let known = true
  const path = template.replace(/\{([^{}]*)\}/g, (_, name: string) => {
    const value = values.get(name)
    known &&= value !== undefined
    return value ?? ''
  })
  return known ? path : null
}

/** The part of a query that the route declares. */
function declaredQuery(search: string, route: Route): string {
  const kept = [...new URLSearchParams(search)].filter(([name]) => route.request.query.includes(name))
  return kept.length === 0 ? '' : `?${new URLSearchParams(kept)}`
}
