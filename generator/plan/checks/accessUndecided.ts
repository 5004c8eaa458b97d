import type { Check } from './check.ts'
import { operationIn, related, selectorOf } from './wording.ts'

/** An operation for which neither spec nor manifest decides who may call it. Nothing is exposed by omission (rule G4). */
export const accessUndecided: Check = {
  of: 'route',
  find: (route) => {
    const { spec, rule } = route.decision
    if (rule !== null || spec.unmapped.length > 0) return []
    // GW3500 and GW3501 report a rule that does not exist or is undecided.
    if (route.layers.some(({ entry }) => entry.rule !== null && entry.options.access === null)) return []
    const selector = selectorOf(route)
    const verb = ['GET', 'HEAD'].includes(route.operation.method) ? 'read' : 'write'
    const silent = spec.origin === null || spec.supplied.length === 0
    return [
      {
        message: `${selector} has no access decision.`,
        origin: route.origin,
        related: related(
          spec.origin ?? route.operation.origin,
          silent
            ? `declares ${operationIn(route)} without requiring a caller`
            : `asks ${operationIn(route)} only for credentials that the gateway supplies, or for none`,
        ),
        remedy: [
          'Decide who may call it, for example',
          `    ${selector}: { access: { scopes: ['${route.source.manifest.id}:${verb}'] } }`,
          `    ${selector}: { access: { authenticated: true } }`,
          `    ${selector}: { access: { public: <reason> } }`,
        ].join('\n'),
      },
    ]
  },
}
