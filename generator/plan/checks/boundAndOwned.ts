import { keyOf } from '../../support/index.ts'
import type { Check } from './check.ts'
import { selectorOf } from './wording.ts'

/** A path parameter with both `bind` and `own`. The gateway fills a bound one itself, so it needs no check and is not in the path. */
export const boundAndOwned: Check = {
  of: 'route',
  find: (route) => {
    const bound = route.request.bind.filter((bind) => bind.in === 'path').map(({ name }) => name)
    return route.owns
      .filter(({ use }) => bound.includes(use.input))
      .map(({ use }) => ({
        message: `${selectorOf(route)} binds \`${use.input}\` and also checks its ownership.`,
        origin: keyOf(use.origin),
        related: [
          {
            origin: route.binds.find(({ targets }) => targets[0]?.name === use.input)?.use.origin ?? route.origin,
            message: 'binds it',
          },
        ],
        remedy: 'Remove one of them: a bound input always belongs to the caller.',
      }))
  },
}
