import { ownPathAt, ownPathsBelow, ownPathsIn } from '../../../templates/runtime/words/ownPaths.ts'
import { list } from '../../support/index.ts'
import { shapesOf } from '../draft/routes/path.ts'
import type { Check } from './check.ts'
import { selectorOf } from './wording.ts'

/** A route whose parameters match paths of endpoints of the gateway itself, which get these requests. */
export const coveredOwnPath: Check = {
  of: 'route',
  find: (route, { manifest }) => {
    if (route.path.fault !== null) return []
    const own = ownPathsBelow(manifest.ownPath)
    const shapes = shapesOf(route.path.segments)
    const covered = ownPathAt(shapes, own) === null ? ownPathsIn(shapes, own) : []
    if (covered.length === 0) return []
    return [
      {
        message: `${selectorOf(route)} at \`${route.path.text}\` does not get ${list(covered.map((path) => `\`${path}\``))}: ${covered.length === 1 ? 'that is an endpoint' : 'those are endpoints'} of the gateway itself.`,
        origin: route.path.origin ?? route.origin,
        remedy:
          'If the service needs these paths, move the endpoints of the gateway, for example\n    ownPath: /_gateway',
      },
    ]
  },
}
