import { ownPathAt, ownPathsBelow } from '../../../templates/runtime/words/ownPaths.ts'
import { shapesOf } from '../draft/routes/path.ts'
import type { Check } from './check.ts'
import { anotherPath, selectorOf } from './wording.ts'

/** A route whose only path is that of an endpoint of the gateway itself, which gets all requests to it. */
export const reservedPath: Check = {
  of: 'route',
  find: (route, { manifest }) => {
    if (route.path.fault !== null) return []
    const own = ownPathAt(shapesOf(route.path.segments), ownPathsBelow(manifest.ownPath))
    if (own === null) return []
    return [
      {
        message: `${selectorOf(route)} is at \`${route.path.text}\`, which is an endpoint of the gateway itself: no request would reach the route.`,
        origin: route.path.origin ?? route.origin,
        related:
          route.path.origin === null
            ? [{ origin: route.operation.origin, message: `has the path ${route.action.path}` }]
            : [],
        remedy: `Give the route another path, for example\n    ${selectorOf(route)}: { path: ${anotherPath(route)} }\nor move the endpoints of the gateway:\n    ownPath: /_gateway`,
      },
    ]
  },
}
