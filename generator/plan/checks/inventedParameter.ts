import { suggestion } from '../../support/index.ts'
import type { Check } from './check.ts'
import { pathParametersOf } from './pathParameters.ts'
import { selectorOf } from './wording.ts'

/** A parameter of a `path:` that the operation does not have. */
export const inventedParameter: Check = {
  of: 'route',
  find: (route) => {
    const parameters = pathParametersOf(route)
    if (parameters === null) return []
    return parameters.exposed
      .filter((name) => !parameters.declared.includes(name))
      .map((name) => ({
        message: `The path \`${route.path.text}\` of ${selectorOf(route)} has \`{${name}}\`, which its operation does not have.`,
        origin: route.path.origin,
        related: [{ origin: route.operation.origin, message: `has the path ${route.action.path}` }],
        remedy: suggestion(name, parameters.declared) ?? 'The operation has no path parameters.',
      }))
  },
}
