import { grantsWords } from '../draft/access/wording.ts'
import type { Check } from './check.ts'
import { operationIn, related, selectorOf } from './wording.ts'

/** An override that is not weaker than the spec. Its only effect would be that later requirements of the spec are ignored. */
export const idleOverride: Check = {
  of: 'route',
  find: (route) => {
    const { override, spec, choice } = route.decision
    if (override === null || override.weakens || choice === null) return []
    const asked =
      spec.alternatives.length === 0 ? 'requires nothing of callers' : `asks for ${grantsWords(spec.alternatives)}`
    return [
      {
        message: `The override of ${selectorOf(route)} is not weaker than the requirement of its spec.`,
        origin: choice.origin,
        related: related(spec.origin ?? route.operation.origin, `${operationIn(route)} ${asked}`),
        remedy: 'Write its rule as plain `access`, which applies in addition to the requirements of the spec.',
      },
    ]
  },
}
