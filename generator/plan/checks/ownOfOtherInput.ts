import { keyOf, suggestion } from '../../support/index.ts'
import { parametersOf } from '../draft/routes/path.ts'
import type { Check } from './check.ts'
import { operationIn, selectorOf } from './wording.ts'

/** `own` of an input that is not a path parameter. Ownership is checked before anything but the path is read. */
export const ownOfOtherInput: Check = {
  of: 'route',
  find: (route) => {
    const parameters = parametersOf(route.operation.path.segments)
    return route.owns
      .filter(({ use }) => !parameters.includes(use.input))
      .map(({ use }) => ({
        message: `${selectorOf(route)} has no path parameter \`${use.input}\` to check the ownership of.`,
        origin: keyOf(use.origin),
        related: [{ origin: route.operation.origin, message: `declares ${operationIn(route)}` }],
        remedy: suggestion(use.input, parameters) ?? 'To fill an input from the caller instead, use `bind`.',
      }))
  },
}
