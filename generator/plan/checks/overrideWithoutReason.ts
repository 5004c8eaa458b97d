import type { Check } from './check.ts'

/** An override of the spec without a written reason. */
export const overrideWithoutReason: Check = {
  of: 'client',
  find: ({ manifest }) =>
    manifest.expose.flatMap(({ selector, options }) => {
      const access = options.access?.value ?? null
      if (access === null || access.override === null || (access.because?.value ?? '').trim() !== '') return []
      return [
        {
          message: `The override of \`${selector}\` has no reason.`,
          origin: access.because?.origin ?? access.origin,
          remedy: 'Write who decided it, why, and until when:\n    access: { override: ..., because: <reason> }',
        },
      ]
    }),
}
