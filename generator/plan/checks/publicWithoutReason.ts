import type { Check } from './check.ts'
import { writtenRules } from './writtenRules.ts'

/** `public` without a written reason. */
export const publicWithoutReason: Check = {
  of: 'client',
  find: (client) =>
    writtenRules(client).flatMap(({ name, access }) => {
      const reason = access.public
      if (reason === null || reason.value.trim() !== '') return []
      return [
        {
          message: `\`${name}\` is public without a reason.`,
          origin: reason.origin,
          remedy: 'Write the reason why everyone may call it:\n    { public: <reason> }',
        },
      ]
    }),
}
