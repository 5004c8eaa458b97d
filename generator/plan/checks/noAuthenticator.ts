import { keyOf } from '../../support/index.ts'
import { takesCallers } from '../draft/access/decision.ts'
import type { Check } from './check.ts'

/** Routes that require a caller, in a client without authenticators. */
export const noAuthenticator: Check = {
  of: 'client',
  find: ({ manifest, routes }) => {
    if (manifest.authenticate.length > 0) return []
    const guarded = routes.filter(({ access }) => takesCallers(access))
    const [first, ...others] = guarded
    if (first === undefined) return []
    const more = others.length === 0 ? 'asks' : `and ${others.length} other route${others.length === 1 ? '' : 's'} ask`
    return [
      {
        message: `\`${manifest.id}\` has no authenticators, but ${first.id} ${more} for a caller.`,
        origin: keyOf(manifest.origin),
        related: [{ origin: first.origin, message: `exposes ${first.id}` }],
        remedy: `Name the authenticators of the client:\n    ${manifest.id}:\n      authenticate: [<an authenticator>]`,
      },
    ]
  },
}
