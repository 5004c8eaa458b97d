import { isBindableHeader } from '../../../templates/runtime/words/headers.ts'
import type { Check } from './check.ts'
import { selectorOf } from './wording.ts'

/** A bind of a header that only the gateway writes, or that makes services process another request than the one that was checked. */
export const boundFraming: Check = {
  of: 'route',
  find: (route) =>
    route.request.bind
      .filter((bind) => bind.in === 'header' && !isBindableHeader(bind.name))
      .map((bind) => ({
        message: `${selectorOf(route)} binds the header \`${bind.name}\`, which the manifest cannot write.`,
        origin: route.binds.find(({ targets }) => targets[0]?.name === bind.name)?.use.origin ?? route.origin,
        remedy: 'Remove the bind. The gateway authenticates to a service with a `credential`.',
      })),
}
