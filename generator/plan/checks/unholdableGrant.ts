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
    return [
      {
        message: `No caller of \`${manifest.id}\` can hold what ${selectorOf(route)} requires: ${grantsWords(access.anyOf)}.`,
        origin: route.origin,
        related: related(decision.spec.origin, 'asks it'),
        remedy: [
          'Set the claims that contain scopes and roles:',
          ...authenticators.map(({ id }) => `    ${id}: { ..., scopes: scope, roles: roles }`),
        ].join('\n'),
      },
    ]
  },
}

function gives(authenticator: AuthenticatorModel, what: 'scopes' | 'roles'): boolean {
  return authenticator.kind === 'api-key' || authenticator.issuers.some((issuer) => issuer[what] !== null)
}
