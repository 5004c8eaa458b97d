import { keyOf } from '../../support/index.ts'
import { takesCallers } from '../draft/access/decision.ts'
import type { ClientDraft, RouteDraft } from '../draft/types.ts'
import type { Check } from './check.ts'

/** Routes that require a caller, in a client without authenticators. */
export const noAuthenticator: Check = {
  of: 'client',
  find: (client) => {
    const { manifest, model } = client
    const [first, ...others] = lacksAuthenticators(client) ? guarded(client) : []
    const ids = model.manifest.authenticators.map(({ id }) => id)
    if (first === undefined) return []
    const more = others.length === 0 ? 'asks' : `and ${others.length} other route${others.length === 1 ? '' : 's'} ask`
    return [
      {
        message: `\`${manifest.id}\` has no authenticators, but ${first.id} ${more} for a caller.`,
        origin: keyOf(manifest.origin),
        related: [{ origin: first.origin, message: `exposes ${first.id}` }],
        remedy: `Name the authenticators of the client:\n    ${manifest.id}:\n      authenticate: [${ids.length === 0 ? '<an authenticator>' : ids.join(', ')}]`,
      },
    ]
  },
}

/** Whether a client has routes that require a caller, and no authenticators. */
export function lacksAuthenticators(client: ClientDraft): boolean {
  return client.manifest.authenticate.length === 0 && guarded(client).length > 0
}

function guarded({ routes }: ClientDraft): readonly RouteDraft[] {
  return routes.filter(({ access }) => takesCallers(access))
}
