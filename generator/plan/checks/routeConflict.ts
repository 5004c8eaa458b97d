import { findConflicts } from '../../../templates/runtime/words/conflicts.ts'
import { shapesOf } from '../draft/routes/path.ts'
import type { RouteDraft } from '../draft/types.ts'
import type { Check } from './check.ts'
import { isShared } from './pathParameters.ts'
import { anotherPath, selectorOf } from './wording.ts'

/** Two routes that can match the same request, without a rule which one applies. */
export const routeConflict: Check = {
  of: 'client',
  find: (client) => {
    const routes = client.routes
      .filter((route) => route.path.fault === null && !isShared(route))
      .map((route) => ({ route, method: route.method, segments: shapesOf(route.path.segments) }))
    return findConflicts(routes).map(({ first, second }) => ({
      message: `${name(first.route)} and ${name(second.route)} of \`${client.manifest.id}\` can match the same request.`,
      origin: second.route.path.origin ?? second.route.origin,
      related: [
        { origin: first.route.path.origin ?? first.route.origin, message: `exposes ${name(first.route)}` },
        { origin: first.route.operation.origin, message: `declares ${first.route.operation.reference}` },
        { origin: second.route.operation.origin, message: `declares ${second.route.operation.reference}` },
      ],
      remedy: `Give one of them another path, for example\n    ${selectorOf(second.route)}: { path: ${anotherPath(second.route)} }`,
    }))
  },
}

function name(route: RouteDraft): string {
  return `${selectorOf(route)} (${route.method} ${route.path.text})`
}
