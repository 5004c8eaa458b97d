import { createMatcher } from '../matching/matcher.ts'
import type { Route } from '../vocabulary.ts'
import { isCleanPath } from '../words/cleanPath.ts'
import { parseUrl } from '../words/urls.ts'

/**
 * Rewrites an address of a service to the path of a route; `null`: the client has no route for it (rules O1, O3).
 */
export type LocationRewriter = (location: string, requested: string) => string | null

/**
 * Makes the rewriter of one service. `endpoints` are its addresses; `routes` the client's routes that call it. `requested` is
 * the path of the request to the service, the base of relative references (RFC 9110 section 10.2.2).
 */
export function createLocationRewriter(endpoints: readonly URL[], routes: readonly Route[]): LocationRewriter {
  // The last entry wins: of several routes to one path the first GET route, since a location is mostly read next.
  const byRead = [...routes].reverse().sort((a, b) => Number(a.method === 'GET') - Number(b.method === 'GET'))
  const matcher = createMatcher(byRead.map((route) => ({ method: 'GET', path: route.action.path, value: route })))
  const bases = endpoints.map((url) => ({ origin: url.origin, base: url.pathname.replace(/\/$/, '') }))

  return (location, requested) => {
    if (location === '') return null
    for (const { origin, base } of bases) {
      const from = origin + base + requested
      const url = parseUrl(location, from)
      if (url === null) return null
      if (url.origin !== origin || url.username !== '' || url.password !== '') continue
      if (!url.pathname.startsWith(`${base}/`)) continue
      const path = url.pathname.slice(base.length)
      if (!isCleanPath(path)) return null
      const found = matcher.find('GET', path)
      if (found.kind === 'missing') return null
      const own = complete(found.value.path, new Map(found.names.map((name, i) => [name, found.raw[i] ?? ''])))
      return own === null ? null : own + declaredQuery(url.search, found.value)
    }
    return null
  }
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
