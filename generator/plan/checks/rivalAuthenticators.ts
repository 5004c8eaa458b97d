import type { AuthenticatorModel } from '../../model/types.ts'
import { list } from '../../support/index.ts'
import type { Check } from './check.ts'

/** Two authenticators of a client for the same credential: the same header, or tokens of the same issuer. */
export const rivalAuthenticators: Check = {
  of: 'client',
  find: ({ manifest, authenticators }) => {
    const owners = new Map<string, AuthenticatorModel>()
    return authenticators.flatMap((authenticator) => {
      const claims = claimsOf(authenticator)
      const taken = claims.filter((claim, i) => owners.has(claim) || claims.indexOf(claim) !== i)
      const other = owners.get(taken[0] ?? '') ?? authenticator
      for (const claim of claims) owners.set(claim, authenticator)
      if (taken.length === 0) return []
      return [
        {
          message: `\`${other.id}\` and \`${authenticator.id}\` of \`${manifest.id}\` both claim ${list(taken)}.`,
          origin: manifest.authenticate.find(({ value }) => value === authenticator.id)?.origin ?? manifest.origin,
          related: [
            { origin: other.origin, message: `is \`${other.id}\`` },
            { origin: authenticator.origin, message: `is \`${authenticator.id}\`` },
          ],
          remedy: 'Keep one of them, or merge them into one authenticator.',
        },
      ]
    })
  },
}

function claimsOf(authenticator: AuthenticatorModel): readonly string[] {
  if (authenticator.kind === 'api-key') return [`the header \`${authenticator.header.value.toLowerCase()}\``]
  return authenticator.issuers.map(({ issuer }) => `tokens of \`${issuer.text}\``)
}
