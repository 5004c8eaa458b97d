import type { Check } from './check.ts'
import { selectorOf } from './wording.ts'

const ofTheCaller: ReadonlySet<string> = new Set(['principal', 'exchange', 'identity'])

/** A credential of the caller on a public route, which may have no caller. */
export const callerCredentialOnPublic: Check = {
  of: 'route',
  find: (route) => {
    if (route.access?.kind !== 'public') return []
    const found = route.credentials.find(({ kind }) => ofTheCaller.has(kind))
    if (found === undefined) return []
    return [
      {
        message: `${selectorOf(route)} is public, but \`${found.kind}\` sends its service a credential of the caller.`,
        origin: route.origin,
        related: [{ origin: found.origin, message: `the credential \`${found.kind}\`` }],
        remedy: `Set a credential that needs no caller, for example\n    ${selectorOf(route)}: { credential: none }`,
      },
    ]
  },
}
