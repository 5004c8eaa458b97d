import type { Check } from './check.ts'
import { writtenRules } from './writtenRules.ts'

/** An override of the spec without a written reason. */
export const overrideWithoutReason: Check = {
  of: 'client',
  find: (client) =>
    writtenRules(client).flatMap(({ name, access }) => {
      if (access.override === null || (access.because?.value ?? '').trim() !== '') return []
      return [
        {
          message: `The override of \`${name}\` has no reason.`,
          origin: access.because?.origin ?? access.origin,
          remedy: 'Write who decided it, why, and until when:\n    access: { override: ..., because: <reason> }',
        },
      ]
    }),
}
