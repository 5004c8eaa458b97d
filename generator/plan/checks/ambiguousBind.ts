import { keyOf, list } from '../../support/index.ts'
import type { Check } from './check.ts'
import { selectorOf } from './wording.ts'

/** A bind whose name several inputs have. If one of them were bound, clients could still send the others. */
export const ambiguousBind: Check = {
  of: 'route',
  find: (route) =>
    route.binds
      .filter(({ targets }) => targets.length > 1)
      .map(({ use, targets }) => {
        const names = targets.map(({ in: place, name }) => `${place}.${name}`)
        return {
          message: `${selectorOf(route)} has several inputs \`${use.input}\`: ${list(names.map((name) => `\`${name}\``))}.`,
          origin: keyOf(use.origin),
          related: [{ origin: route.operation.origin, message: 'declares them' }],
          remedy: `Name those to use:\n    bind: { ${names.map((name) => `${name}: ${use.from}`).join(', ')} }`,
        }
      }),
}
