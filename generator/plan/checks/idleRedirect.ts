import { documentsRedirect } from '../draft/routes/redirects.ts'
import type { Check } from './check.ts'
import { selectorOf } from './wording.ts'

/** `redirect: pass` of an operation that documents no redirect. Entries for several operations may match some without one. */
export const idleRedirect: Check = {
  of: 'route',
  find: (route) => {
    const { redirect } = route.options
    if (redirect === null || redirect.value !== 'pass' || documentsRedirect(route.operation)) return []
    const { kind } = redirect.layer.selector
    if (kind !== 'operationId' && kind !== 'path') return []
    return [
      {
        message: `${selectorOf(route)} documents no redirect, so \`redirect: pass\` has no effect: each redirect is answered with 502.`,
        origin: redirect.origin,
        related: [{ origin: route.operation.origin, message: 'declares its answers' }],
        remedy: 'Add the status to the spec with an overlay, or leave `redirect` out.',
      },
    ]
  },
}
