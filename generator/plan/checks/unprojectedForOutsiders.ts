import type { Check } from './check.ts'
import { selectorOf } from './wording.ts'

/** `undeclared: pass` for an external client, which would receive every member that a service adds later. */
export const unprojectedForOutsiders: Check = {
  of: 'route',
  find: (route, { manifest }) => {
    if (manifest.audience !== 'external' || route.answers.undeclared === 'drop') return []
    const { from } = route.settings.undeclared
    return [
      {
        message: `${selectorOf(route)} passes undeclared members of answers to \`${manifest.id}\`, which is external.`,
        origin: from === 'default' ? route.origin : from,
        related: [{ origin: route.origin, message: `exposes ${selectorOf(route)}` }],
        remedy: `Remove undeclared members for this client:\n    ${selectorOf(route)}: { undeclared: drop }`,
      },
    ]
  },
}
