import { needsCaller } from '../../../templates/runtime/words/callerCredentials.ts'
import { isSignInOptional } from '../../../templates/runtime/words/optionalSignIn.ts'
import type { Check } from './check.ts'
import { selectorOf } from './wording.ts'

/** A credential of the caller on a public route, which may have no caller. */
export const callerCredentialOnPublic: Check = {
  of: 'route',
  find: (route) => {
    if (route.access?.kind !== 'public' || isSignInOptional(route.access)) return []
    const found = route.credentials.find(({ kind }) => needsCaller(kind))
    if (found === undefined) return []
    return [
      {
        message: `${selectorOf(route)} is public, but \`${found.kind}\` sends its service a credential of the caller.`,
        origin: route.origin,
        related: [{ origin: found.origin, message: `the credential \`${found.kind}\`` }],
        remedy: [
          'Set a credential that needs no caller, or send that of a caller if there is one, for example',
          `    ${selectorOf(route)}: { credential: none }`,
          `    ${selectorOf(route)}: { access: { public: <reason>, optional: true } }`,
        ].join('\n'),
      },
    ]
  },
}
