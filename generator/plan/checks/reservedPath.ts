import { ownFolders } from '../../../templates/runtime/words/ownPaths.ts'
import type { PathDraft } from '../draft/routes/path.ts'
import type { Check } from './check.ts'
import { anotherPath, selectorOf } from './wording.ts'

/** A route below a folder of the gateway's own endpoints, which would answer instead of the route. */
export const reservedPath: Check = {
  of: 'route',
  find: (route) => {
    const first = firstLiteral(route.path)
    if (first === null || !ownFolders.has(first)) return []
    return [
      {
        message: `${selectorOf(route)} is at \`${route.path.text}\`, and the gateway answers everything below \`/${first}/\` itself.`,
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

/** The first segment, if it is literal and others follow. */
function firstLiteral({ segments }: PathDraft): string | null {
  const [piece, ...pieces] = segments[0] ?? []
  return segments.length > 1 && pieces.length === 0 && piece?.kind === 'literal' ? piece.text : null
}
