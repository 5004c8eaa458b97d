import { grantsWords } from '../draft/access/wording.ts'
import type { Check } from './check.ts'
import { operationIn, related, selectorOf } from './wording.ts'

/** `public` for an operation whose spec requires a caller. */
export const publicDespiteSpec: Check = {
  of: 'route',
  find: (route) => {
    const { choice, spec } = route.decision
    if (choice?.kind !== 'public' || spec.alternatives.length === 0 || spec.anonymous) return []
    return [
      {
        message: `${selectorOf(route)} is public, but its spec requires ${grantsWords(spec.alternatives)}.`,
        origin: choice.because.origin,
        related: related(spec.origin, `asks it of ${operationIn(route)}`),
        remedy: [
          'Remove `access` to keep the requirement of the spec. To be weaker than the spec, write an override with a reason:',
          `    ${selectorOf(route)}: { access: { override: { public: <reason> }, because: <who decided, and until when> } }`,
        ].join('\n'),
      },
    ]
  },
}
