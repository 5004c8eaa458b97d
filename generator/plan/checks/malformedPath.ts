import type { Check } from './check.ts'
import { selectorOf } from './wording.ts'

/** A `path:` that no request can have, or that the matcher and services would interpret differently. */
export const malformedPath: Check = {
  of: 'route',
  find: (route) => {
    const { path } = route
    if (path.fault === null) return []
    return [
      {
        message: `The path \`${path.text}\` of ${selectorOf(route)} is not a path template: ${path.fault}.`,
        origin: path.origin,
        remedy: 'A path looks like `/orders/{orderId}/lines`.',
      },
    ]
  },
}
