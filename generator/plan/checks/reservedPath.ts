import type { PathDraft } from '../draft/routes/path.ts'
import type { Check } from './check.ts'
import { anotherPath, selectorOf } from './wording.ts'

/** Below these, a gateway answers for itself: probes, and keys of its own. */
const reserved: ReadonlySet<string> = new Set(['health', '.well-known'])

/** A route that the gateway's own answers would hide. */
export const reservedPath: Check = {
  of: 'route',
  find: (route) => {
    const first = firstLiteral(route.path)
    if (first === null || !reserved.has(first)) return []
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
