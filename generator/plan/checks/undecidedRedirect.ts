import { documentedRedirect } from '../draft/routes/redirects.ts'
import type { Check } from './check.ts'
import { related, selectorOf } from './wording.ts'

/** A documented redirect, of which neither the entry nor the service says whether it may lead to another host. */
export const undecidedRedirect: Check = {
  of: 'route',
  find: (route) => {
    const { operation, settings, origin } = route
    const documented = documentedRedirect(operation)
    if (settings.redirect.from !== 'default' || documented === undefined) return []
    return [
      {
        message: `${selectorOf(route)} documents ${documented.status}. A redirect to anything but a route of this client is answered with 502.`,
        origin,
        related: related(documented.origin, 'documents the redirect'),
        remedy: `If it leads to another host, such as a signed download, write \`redirect: pass\` and the \`redirectHosts\` of the service; else \`redirect: refuse\`:\n    ${selectorOf(route)}: { redirect: pass }`,
      },
    ]
  },
}
