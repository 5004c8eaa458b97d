import type { Environment } from '../environment/environment.ts'
import { createMatcher, type Matcher } from '../matching/matcher.ts'
import { ownPaths } from '../own/health.ts'
import type { CompiledSchemas } from '../schema/index.ts'
import type { PreflightTarget } from '../steps/cors.ts'
import type { Gateway, Route } from '../vocabulary.ts'

/**
 * Makes what finds routes. Two routes that take the same requests, and a route that takes a path of the gateway's own, are noted in the
 * environment.
 */
export function readRoutes({ routes }: Pick<Gateway, 'routes'>, environment: Environment): Matcher<Route> {
  const matcher = createMatcher(routes.map((route) => ({ method: route.method, path: route.path, value: route })))
  for (const path of ownPaths) {
    const found = matcher.find('GET', path)
    if (found.kind === 'found')
      environment.refuse(`route ${found.value.id} (${found.value.path}) takes ${path}, which is the gateway's own`)
  }
  const seen = new Map<string, string>()
  for (const { id, method, path } of routes) {
    const key = `${method} ${path.replace(/\{[^{}]*\}/g, '{}')}`
    const other = seen.get(key)
    if (other !== undefined) environment.refuse(`routes ${other} and ${id} take the same requests`)
    seen.set(key, id)
  }
  return matcher
}

/** Says whether a path parameter of a route has the style `matrix`: only those may hold a `;` (rule R1). */
export function createMatrixTest(
  contracts: ReadonlyMap<string, CompiledSchemas>,
): (route: Route, name: string) => boolean {
  return (route, name) =>
    contracts.get(route.contract.service)?.operation(route.contract.operation).path[name]?.style === 'matrix'
}

/** What preflights ask for: the methods and headers that scripts may use on a path. */
export function createPreflightTarget(matcher: Matcher<Route>, credentialHeaders: readonly string[]): PreflightTarget {
  const always = [...credentialHeaders, 'content-type', 'traceparent', 'tracestate']
  return {
    methods: matcher.methods,
    headers(path) {
      const found = matcher.methods(path).map((method) => matcher.find(method, path))
      const documented = found.flatMap((each) => (each.kind === 'found' ? each.value.request.header : []))
      return [...new Set([...always, ...documented.map((name) => name.toLowerCase())])].sort()
    },
  }
}
