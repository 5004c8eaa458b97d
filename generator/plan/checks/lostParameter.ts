import type { Check } from './check.ts'
import { pathParametersOf } from './pathParameters.ts'
import { selectorOf } from './wording.ts'

/** A path parameter of the operation that neither the exposed path nor a bind supplies. */
export const lostParameter: Check = {
  of: 'route',
  find: (route) => {
    const parameters = pathParametersOf(route)
    if (parameters === null) return []
    return parameters.declared
      .filter((name) => !parameters.exposed.includes(name) && !parameters.bound.includes(name))
      .map((name) => ({
        message: `The path \`${route.path.text}\` of ${selectorOf(route)} has no \`{${name}}\`, which its operation needs.`,
        origin: route.path.origin,
        related: [{ origin: route.operation.origin, message: `has the path ${route.action.path}` }],
        remedy: `Put \`{${name}}\` into the path, or fill it from the caller:\n    bind: { ${name}: $principal.sub }`,
      }))
  },
}
