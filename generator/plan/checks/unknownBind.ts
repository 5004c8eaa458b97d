import { keyOf, suggestion } from '../../support/index.ts'
import { bindableInputs } from '../draft/routes/claimUses.ts'
import type { Check } from './check.ts'
import { operationIn, selectorOf } from './wording.ts'

/** A bind that matches no input, so that clients could still send the input that was meant. */
export const unknownBind: Check = {
  of: 'route',
  find: (route) =>
    route.binds
      .filter(({ targets }) => targets.length === 0)
      .map(({ use }) => {
        const inputs = bindableInputs(route.operation, route.source.model.document)
        const qualified = use.input.includes('.')
        return {
          message: `${selectorOf(route)} has no input \`${use.input}\` to bind.`,
          origin: keyOf(use.origin),
          related: [{ origin: route.operation.origin, message: `declares ${operationIn(route)}` }],
          remedy:
            suggestion(
              use.input,
              inputs.map(({ in: place, name }) => (qualified ? `${place}.${name}` : name)),
            ) ?? 'It has no path, query or header parameters and no JSON object as its body.',
        }
      }),
}
