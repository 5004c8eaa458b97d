import { closest, keyOf } from '../../support/index.ts'
import type { Check } from './check.ts'
import { lacksAuthenticators } from './noAuthenticator.ts'

/** An authenticator that no client uses. */
export const unusedAuthenticator: Check = {
  of: 'manifest',
  find: (clients, { manifest }) => {
    const used = new Set(manifest.clients.flatMap(({ authenticate }) => authenticate.map(({ value }) => value)))
    const ids = manifest.authenticators.map(({ id }) => id)
    // A misspelt name is reported at the client that has it.
    const misspelt = [...used].filter((name) => !ids.includes(name)).map((name) => closest(name, ids))
    // So is a client that lacks authenticators.
    if (clients.some(lacksAuthenticators)) return []
    return manifest.authenticators
      .filter(({ id }) => !used.has(id) && !misspelt.includes(id))
      .map(({ id, origin }) => ({
        message: `No client authenticates by \`${id}\`.`,
        origin: keyOf(origin),
        remedy: `Name it in \`authenticate\` of a client, or remove it.`,
      }))
  },
}
