import { reservedPathOf } from '../../../templates/runtime/words/ownPaths.ts'
import { shapesOf } from '../draft/routes/path.ts'
import type { Check } from './check.ts'
import { anotherPath, selectorOf } from './wording.ts'

/** A route that matches a path of the gateway's own endpoints, or that is in one of their folders. */
export const reservedPath: Check = {
  of: 'route',
  find: (route) => {
    const reserved = route.path.fault === null ? reservedPathOf(shapesOf(route.path.segments)) : null
    if (reserved === null) return []
    return [
      {
        message: `${selectorOf(route)} is at \`${route.path.text}\`, which takes \`${reserved}\`: that is reserved for endpoints of the gateway.`,
        origin: route.path.origin ?? route.origin,
        related:
          route.path.origin === null
            ? [{ origin: route.operation.origin, message: `has the path ${route.action.path}` }]
            : [],
        remedy: `Give the route another path, for example\n    ${selectorOf(route)}: { path: ${anotherPath(route)} }`,
      },
    ]
  },
}
