import type { Check } from './check.ts'

/** `public` without a written reason. */
export const publicWithoutReason: Check = {
  of: 'client',
  find: ({ manifest }) =>
    manifest.expose.flatMap(({ selector, options }) => {
      const reason = options.access?.value.public ?? null
      if (reason === null || reason.value.trim() !== '') return []
      return [
        {
          message: `\`${selector}\` is public without a reason.`,
          origin: reason.origin,
          remedy: `Write the reason why everyone may call it:\n    ${selector}: { access: { public: <reason> } }`,
        },
      ]
    }),
}
