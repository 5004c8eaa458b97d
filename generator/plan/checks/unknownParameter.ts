import { keyOf, suggestion } from '../../support/index.ts'
import { parametersOf } from '../draft/routes/path.ts'
import { boundInPath } from '../draft/routes/route.ts'
import type { Check } from './check.ts'
import { operationIn, selectorOf } from './wording.ts'

/** Settings of a parameter that is neither one of the path that clients use nor a path parameter that the gateway fills. */
export const unknownParameter: Check = {
  of: 'route',
  find: (route) => {
    if (route.path.fault !== null) return []
    const parameters = [...parametersOf(route.path.segments), ...boundInPath(route.request.bind)]
    return route.options.parameters
      .filter(({ name }) => !parameters.includes(name))
      .map(({ name, origin }) => ({
        message: `${selectorOf(route)} has no path parameter \`${name}\`, neither of clients nor bound.`,
        origin: keyOf(origin),
        related: [{ origin: route.operation.origin, message: `declares ${operationIn(route)}` }],
        remedy: suggestion(name, parameters) ?? 'Remove it: only path parameters have settings of their own.',
      }))
  },
}
