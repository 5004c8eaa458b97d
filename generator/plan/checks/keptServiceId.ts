import { keyOf } from '../../support/index.ts'
import type { Check } from './check.ts'

/** A service id with `--`, which is reserved for the ids of servers of single operations (`draft/endpoints.ts`). */
export const keptServiceId: Check = {
  of: 'manifest',
  find: (_clients, { manifest }) =>
    manifest.services
      .filter(({ id }) => id.includes('--'))
      .map(({ id, origin }) => ({
        message: `\`${id}\` cannot be the id of a service: ids with \`--\` are reserved for servers of single operations.`,
        origin: keyOf(origin),
        remedy: `Call it \`${id.replaceAll(/-+/g, '-')}\`.`,
      })),
}
