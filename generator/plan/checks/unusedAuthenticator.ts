import { keyOf } from '../../support/index.ts'
import type { Check } from './check.ts'
import { lacksAuthenticators } from './noAuthenticator.ts'

/** An authenticator that no client uses. */
export const unusedAuthenticator: Check = {
  of: 'manifest',
  find: (clients, { manifest }) => {
    const used = new Set(manifest.clients.flatMap(({ authenticate }) => authenticate.map(({ value }) => value)))
    const ids = manifest.authenticators.map(({ id }) => id)
    // A client that names one which does not exist, or none, is reported itself. It may mean any of them.
    if ([...used].some((name) => !ids.includes(name)) || clients.some(lacksAuthenticators)) return []
    return manifest.authenticators
      .filter(({ id }) => !used.has(id))
      .map(({ id, origin }) => ({
        message: `No client authenticates by \`${id}\`.`,
        origin: keyOf(origin),
        remedy: `Name it in \`authenticate\` of a client, or remove it.`,
      }))
  },
}
