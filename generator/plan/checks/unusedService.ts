import { keyOf } from '../../support/index.ts'
import type { Check } from './check.ts'

/** A service that no client exposes. */
export const unusedService: Check = {
  of: 'manifest',
  find: (clients, { manifest }) => {
    const selected = new Set(clients.flatMap(({ selections }) => selections.map(({ selector }) => selector?.service)))
    return manifest.services
      .filter(({ id }) => !selected.has(id))
      .map(({ id, origin }) => ({
        message: `No client exposes anything of \`${id}\`.`,
        origin: keyOf(origin),
        remedy: 'Expose some of its operations, or remove the service.',
      }))
  },
}
