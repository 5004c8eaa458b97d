import { cookieName, cookiePairs } from '../../../templates/runtime/words/cookiePairs.ts'
import type { CredentialModel, SecurityScheme } from '../../model/types.ts'
import { headerOf } from '../draft/credentials.ts'
import type { Check } from './check.ts'
import { exampleCredential, neededScheme } from './supplied.ts'
import { selectorOf } from './wording.ts'

/** A scheme that none of the service's credentials matches. */
export const unfitCredential: Check = {
  of: 'route',
  find: (route) => {
    const scheme = neededScheme(route)
    const { credentials, decision } = route
    const first = credentials.find(({ kind }) => kind !== 'none')
    if (scheme === null || first === undefined) return []
    const fit = decision.spec.supplied.some((schemes) =>
      schemes.every((one) => credentials.some((credential) => fits(credential, one))),
    )
    if (fit) return []
    return [
      {
        message: `${selectorOf(route)} needs \`${scheme.name}\` (${words(scheme)}), but no credential of \`${route.source.manifest.id}\` is of that kind.`,
        origin: first.origin,
        related: [{ origin: scheme.origin, message: `declares \`${scheme.name}\`` }],
        remedy:
          scheme.kind === 'apiKey' && scheme.in === 'query'
            ? 'The gateway sends secrets in headers only: ask the service to accept one.'
            : `Configure the credential that the scheme requires:\n    credential: ${exampleCredential(scheme, route.source.manifest.id)}`,
      },
    ]
  },
}

function fits(credential: CredentialModel, { kind, in: place, parameterName }: SecurityScheme): boolean {
  switch (kind) {
    case 'apiKey':
      if (place === 'cookie') return headerOf(credential) === 'cookie' && mayHaveCookie(credential, parameterName)
      return place === 'header' && headerOf(credential) === parameterName?.toLowerCase()
    case 'http-basic':
      return credential.kind === 'basic' || (credential.kind === 'header' && headerOf(credential) === 'authorization')
    case 'http-bearer':
    case 'oauth2':
    case 'openIdConnect':
      return credential.kind !== 'basic' && headerOf(credential) === 'authorization'
    case 'mutualTLS':
      return credential.kind === 'mtls'
    default:
      return true
  }
}

/** Whether the value of a credential `Cookie` has a cookie of the name, or may get it from the environment. */
function mayHaveCookie(credential: CredentialModel, name: string | null): boolean {
  if (credential.kind !== 'header') return false
  return cookiePairs(credential.value.text).some((pair) => pair.startsWith('${') || cookieName(pair) === name)
}

function words({ kind, in: place, parameterName }: SecurityScheme): string {
  if (kind === 'apiKey') return `a key in the ${place ?? 'header'} \`${parameterName ?? ''}\``
  if (kind === 'mutualTLS') return 'a client certificate'
  return kind === 'http-basic' ? 'a user name and password' : 'a bearer token'
}
