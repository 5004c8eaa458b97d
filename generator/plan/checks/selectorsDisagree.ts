import { keyOf } from '../../support/index.ts'
import type { Check } from './check.ts'
import { selectorOf } from './wording.ts'

/** Two entries that set an option differently, neither more specific than the other. Their order in the file must not decide. */
export const selectorsDisagree: Check = {
  of: 'route',
  find: (route) =>
    route.disagreements.map(({ option, first, second }) => ({
      message: `\`${first.entry.selector}\` and \`${second.entry.selector}\` set \`${option}\` of ${selectorOf(route)} differently, and neither is more specific.`,
      origin: keyOf(second.entry.origin),
      related: [{ origin: keyOf(first.entry.origin), message: 'is the other one' }],
      remedy: `Set \`${option}\` for the operation itself:\n    ${selectorOf(route)}: { ${option.replace(/\..*/, '')}: ... }`,
    })),
}
