import { isFramingHeader } from '../draft/routes/headers.ts'
import type { Check } from './check.ts'
import { selectorOf } from './wording.ts'

/** Headers of the message itself are written by the gateway, whatever a service declares. */
export const boundFraming: Check = {
  of: 'route',
  find: (route) =>
    route.request.bind
      .filter(
        (bind) =>
          bind.in === 'header' &&
          (isFramingHeader(bind.name.toLowerCase()) || bind.name.toLowerCase() === 'authorization'),
      )
      .map((bind) => ({
        message: `${selectorOf(route)} binds the header \`${bind.name}\`, which only the gateway writes.`,
        origin: route.binds.find(({ targets }) => targets[0]?.name === bind.name)?.use.origin ?? route.origin,
        remedy: 'Leave the bind out. What a service needs to let the gateway in is a `credential`.',
      })),
}
