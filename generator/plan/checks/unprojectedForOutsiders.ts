import type { Check } from './check.ts'
import { selectorOf } from './wording.ts'

/** A field that a service adds tomorrow must not reach an outsider by itself. */
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
