import { takesCallers } from '../draft/access/decision.ts'
import type { Check } from './check.ts'
import { selectorOf } from './wording.ts'

/** A credential made from the caller's token, for callers with API keys, which have no token to pass on or exchange. */
export const tokenlessCaller: Check = {
  of: 'route',
  find: (route, { authenticators, manifest }) => {
    const needing = route.credentials.find(({ kind }) => kind === 'principal' || kind === 'exchange')
    const tokens = authenticators.some(({ kind }) => kind === 'jwt')
    if (needing === undefined || tokens || authenticators.length === 0 || !takesCallers(route.access)) return []
    return [
      {
        message: `${selectorOf(route)} sends its service ${needing.kind === 'principal' ? "the caller's token" : "a token exchanged for the caller's"}, and callers of \`${manifest.id}\` have none.`,
        origin: route.origin,
        related: [
          { origin: needing.origin, message: `the credential \`${needing.kind}\`` },
          { origin: manifest.authenticate[0]?.origin ?? manifest.origin, message: `authenticates \`${manifest.id}\`` },
        ],
        remedy: `Set another credential, for example\n    ${selectorOf(route)}: { credential: { client: ... } }`,
      },
    ]
  },
}
