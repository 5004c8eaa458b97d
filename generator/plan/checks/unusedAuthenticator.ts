import { keyOf } from '../../support/index.ts'
import type { Check } from './check.ts'

/** An authenticator that no client uses. */
export const unusedAuthenticator: Check = {
  of: 'manifest',
  find: (_clients, { manifest }) => {
    const used = new Set(manifest.clients.flatMap(({ authenticate }) => authenticate.map(({ value }) => value)))
    return manifest.authenticators
      .filter(({ id }) => !used.has(id))
      .map(({ id, origin }) => ({
        message: `No client authenticates by \`${id}\`.`,
        origin: keyOf(origin),
        remedy: `Name it in \`authenticate\` of a client, or remove it.`,
      }))
  },
}
