import { templateText } from '../draft/routes/path.ts'
import type { Check } from './check.ts'
import { pathParametersOf } from './pathParameters.ts'
import { selectorOf } from './wording.ts'

/** A bound parameter that the exposed path still contains. Clients must not be able to send a bound input. */
export const boundParameterInPath: Check = {
  of: 'route',
  find: (route) => {
    const parameters = pathParametersOf(route)
    if (parameters === null) return []
    return parameters.bound
      .filter((name) => parameters.exposed.includes(name))
      .map((name) => {
        const segments = route.path.segments.filter(
          (pieces) => !pieces.some((piece) => piece.kind === 'parameter' && piece.name === name),
        )
        return {
          message: `${selectorOf(route)} fills \`${name}\` from the caller, but its path \`${route.path.text}\` still contains it.`,
          origin:
            route.path.origin ??
            route.binds.find(({ targets }) => targets[0]?.name === name)?.use.origin ??
            route.origin,
          related: [{ origin: route.operation.origin, message: `has the path ${route.action.path}` }],
          remedy: `Give the route a path without it, for example\n    path: '${templateText(segments)}'`,
        }
      })
  },
}
