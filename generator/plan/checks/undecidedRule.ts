import { keyOf } from '../../support/index.ts'
import type { Check } from './check.ts'

/** How many of the entries that name an undecided rule are shown. */
const mostShown = 3

/** A rule that is `undecided`, and that an entry of `expose` names. Nothing is generated before it is decided (rule G4). */
export const undecidedRule: Check = {
  of: 'manifest',
  find: (_clients, { manifest }) =>
    manifest.rules.flatMap(({ name, access, origin }) => {
      const uses = manifest.clients.flatMap(({ expose }) => expose.filter(({ rule }) => rule?.value === name))
      if (access !== null || uses.length === 0) return []
      const many = uses.length === 1 ? 'an entry names it' : `${uses.length} entries name it`
      return [
        {
          message: `The rule \`${name}\` is undecided, and ${many}.`,
          origin,
          related: uses
            .slice(0, mostShown)
            .map((entry) => ({ origin: keyOf(entry.origin), message: `names it for ${entry.selector}` })),
          remedy: [
            'Decide who may call these operations, for example',
            `    ${name}: { scopes: ['orders:read'] }`,
            `    ${name}: { authenticated: true }`,
            `    ${name}: { public: <reason> }`,
            'or remove the entries of operations that nobody may call through this gateway.',
          ].join('\n'),
        },
      ]
    }),
}
