import type { Environment } from '../environment/environment.ts'
import { entryOf } from '../matching/entry.ts'
import { createMatcher, type Matcher } from '../matching/matcher.ts'
import { pathShape } from '../matching/segment.ts'
import type { CompiledSchemas } from '../schema/index.ts'
import type { PreflightTarget } from '../steps/preflight.ts'
import type { Gateway, Route } from '../vocabulary.ts'
import { findConflicts } from '../words/conflicts.ts'
import { ownPathAt, ownPathsBelow } from '../words/ownPaths.ts'

/** Makes the matcher of the routes. A route that matches the same requests as another one, or only those of an own endpoint, is refused. */
export function readRoutes(
  { routes, client }: Pick<Gateway, 'routes' | 'client'>,
  environment: Environment,
): Matcher<Route> {
  const matcher = createMatcher(routes.map((route) => entryOf(route, route, route.path)))
  const own = ownPathsBelow(client.ownPath)
  for (const { id, path } of routes) {
    const taken = ownPathAt(pathShape(path), own)
    if (taken !== null) environment.refuse(`route ${id} (${path}) takes ${taken}, which is an endpoint of the gateway`)
  }
  if (matcher.mayTie) {
    const templated = routes.map(({ id, method, path }) => ({ id, method, segments: pathShape(path) }))
    for (const { first, second } of findConflicts(templated))
      environment.refuse(`routes ${first.id} and ${second.id} can match the same request`)
  }
  return matcher
}

/** Makes the test whether a path parameter of a route has the style `matrix`: only those may contain `;` (rule R1). */
export function createMatrixTest(
  contracts: ReadonlyMap<string, CompiledSchemas>,
): (route: Route, name: string) => boolean {
  return (route, name) =>
    contracts.get(route.contract.service)?.operation(route.contract.operation).path[name]?.style === 'matrix'
}

/** The data for preflights: the methods and headers that scripts may use on a path. */
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
