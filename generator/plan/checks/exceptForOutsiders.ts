import type { Check } from './check.ts'

/** `except` in a client that is external. An operation that a service adds later would be exposed without a decision. */
export const exceptForOutsiders: Check = {
  of: 'client',
  find: ({ manifest }) =>
    manifest.audience !== 'external'
      ? []
      : manifest.expose.flatMap(({ selector, except }) => {
          const [first] = except
          if (first === undefined) return []
          return [
            {
              message: `\`${selector}\` has \`except\`, and \`${manifest.id}\` is external.`,
              origin: first.origin,
              remedy:
                'Name the operations of an external client one by one. One that is added later is then not exposed.',
            },
          ]
        }),
}
