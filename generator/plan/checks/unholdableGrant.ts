import type { AuthenticatorModel } from '../../model/types.ts'
import { grantsWords } from '../draft/access/wording.ts'
import type { Check } from './check.ts'
import { related, selectorOf } from './wording.ts'

/** A rule that no caller of the client can satisfy, because none of its authenticators supplies scopes, or roles. */
export const unholdableGrant: Check = {
  of: 'route',
  find: (route, { authenticators, manifest }) => {
    const { access, decision } = route
    if (access?.kind !== 'principal' || authenticators.length === 0) return []
    const holdable = access.anyOf.some(({ scopes, roles }) =>
      authenticators.some(
        (one) => (scopes.length === 0 || gives(one, 'scopes')) && (roles.length === 0 || gives(one, 'roles')),
      ),
    )
    if (holdable) return []
    const wanted = (['scopes', 'roles'] as const).filter((what) => access.anyOf.some((one) => one[what].length > 0))
    const lacking = wanted.filter((what) => !authenticators.some((one) => gives(one, what)))
    // Several authenticators may each supply a part, of which no caller has both.
    const missing = lacking.length > 0 ? lacking : wanted
    return [
      {
        message: `No caller of \`${manifest.id}\` can hold what ${selectorOf(route)} requires: ${grantsWords(access.anyOf)}.`,
        origin: route.origin,
        related: related(decision.spec.origin, 'asks it'),
        remedy: [
          `Name the ${missing.length > 1 ? 'claims' : 'claim'} of its tokens that hold${missing.length > 1 ? '' : 's'} ${missing.join(' and ')}:`,
          ...authenticators
            .filter((one) => missing.some((what) => !gives(one, what)))
            .map(({ id }) => `    ${id}: { ..., ${missing.map((what) => `${what}: ${usualClaim[what]}`).join(', ')} }`),
        ].join('\n'),
      },
    ]
  },
}

const usualClaim = { scopes: 'scope', roles: 'roles' } as const

function gives(authenticator: AuthenticatorModel, what: 'scopes' | 'roles'): boolean {
  return authenticator.kind === 'api-key' || authenticator.issuers.some((issuer) => issuer[what] !== null)
}
