import type { Check } from './check.ts'

/** A `path:` of an entry that matches several operations. */
export const sharedPath: Check = {
  of: 'client',
  find: ({ selections }) =>
    selections.flatMap(({ entry, matches }) => {
      const { path } = entry.options
      if (path === null || matches.length < 2) return []
      return [
        {
          message: `\`${entry.selector}\` matches ${matches.length} operations, which cannot all be at \`${path.value}\`.`,
          origin: path.origin,
          related: matches.slice(0, 3).map(({ origin, reference }) => ({ origin, message: `is ${reference}` })),
          remedy: 'Write `path` for each operation separately.',
        },
      ]
    }),
}
