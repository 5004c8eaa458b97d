import type { Model } from '../../model/types.ts'
import { keyOf } from '../../support/index.ts'
import type { Check } from './check.ts'
import { selectorFor } from './wording.ts'

/** A client that exposes nothing. Its gateway would answer every request with 404. */
export const emptyClient: Check = {
  of: 'client',
  find: ({ manifest, model }) =>
    manifest.expose.length > 0
      ? []
      : [
          {
            message: `\`${manifest.id}\` exposes no operations.`,
            origin: keyOf(manifest.origin),
            remedy: `Name the operations that its clients may call, for example\n    expose:\n      ${exampleOf(model)}: {}`,
          },
        ],
}

/** An operation of the manifest's services. */
function exampleOf({ services }: Model): string {
  const [first] = services.flatMap((service) => service.operations.map((operation) => selectorFor(operation, service)))
  return first ?? 'orders.getOrder'
}
