import type { Check } from './check.ts'

/** A value of `bind` or `own` that is not a path to a claim of the caller. */
export const malformedClaim: Check = {
  of: 'route',
  find: ({ binds, owns }) =>
    [...binds, ...owns]
      .filter(({ claim }) => claim === null)
      .map(({ use }) => ({
        message: `\`${use.from}\` is not a path to a claim of the caller.`,
        origin: use.origin,
        remedy: `Write \`$principal.<claim>\`, for example\n    ${use.input}: $principal.sub\n    ${use.input}: $principal['https://shop.example/tenant']`,
      })),
}
