import type { Check } from './check.ts'
import { selectorOf } from './wording.ts'

/** A `maxBody` of an operation without a body. Entries for several operations may match some without a body. */
export const idleBodyLimit: Check = {
  of: 'route',
  find: (route) => {
    const { maxBody } = route.options
    if (maxBody === null || route.operation.body !== null) return []
    if (maxBody.layer.selector.kind !== 'operationId' && maxBody.layer.selector.kind !== 'path') return []
    return [
      {
        message: `${selectorOf(route)} takes no body, so \`maxBody\` has no effect.`,
        origin: maxBody.origin,
        related: [{ origin: route.operation.origin, message: 'declares no body' }],
        remedy: 'Leave `maxBody` out.',
      },
    ]
  },
}
