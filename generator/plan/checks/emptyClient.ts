import { keyOf } from '../../support/index.ts'
import type { Check } from './check.ts'

/** A client that exposes nothing. Its gateway would answer every request with 404. */
export const emptyClient: Check = {
  of: 'client',
  find: ({ manifest }) =>
    manifest.expose.length > 0
      ? []
      : [
          {
            message: `\`${manifest.id}\` exposes no operations.`,
            origin: keyOf(manifest.origin),
            remedy: `Name the operations that its clients may call, for example\n    expose:\n      orders.getOrder: {}`,
          },
        ],
}
