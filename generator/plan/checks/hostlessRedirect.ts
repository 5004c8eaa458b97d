import type { Check } from './check.ts'
import { selectorOf } from './wording.ts'

/** `redirect: pass` of a service without `redirectHosts`: no redirect could pass. */
export const hostlessRedirect: Check = {
  of: 'route',
  find: (route) => {
    const { answers, settings, source } = route
    if (answers.redirect === undefined || source.manifest.redirectHosts.length > 0) return []
    const { from } = settings.redirect
    return [
      {
        message: `${selectorOf(route)} passes redirects on, but \`${source.manifest.id}\` has no \`redirectHosts\`.`,
        origin: from === 'default' ? route.origin : from,
        remedy: `Name the hosts at the service:\n    ${source.manifest.id}: { redirectHosts: ['files.example'] }`,
      },
    ]
  },
}
