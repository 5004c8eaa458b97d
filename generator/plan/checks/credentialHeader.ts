import { isCredentialHeader, isOwnHeaderName } from '../../../templates/runtime/words/headers.ts'
import { credentialsIn } from '../draft/credentials.ts'
import type { Check } from './check.ts'

/** A credential in a header that has another meaning, or whose name the gateway does not send. */
export const credentialHeader: Check = {
  of: 'manifest',
  find: (clients, { manifest }) =>
    credentialsIn(clients, manifest).flatMap((credential) => {
      if (credential.kind !== 'header') return []
      const { name, origin } = credential
      // `Cookie` is allowed: a service may read its key from a cookie, and undeclared cookies of the caller are never passed on.
      if (isCredentialHeader(name)) return []
      return [
        {
          message: `The header \`${name}\` cannot carry a credential.`,
          origin,
          remedy: isOwnHeaderName(name)
            ? 'It has another meaning in a request. Use the header that the service documents, such as `Authorization` or `X-Api-Key`.'
            : 'Names of headers have letters, digits, `-` and `_`.',
        },
      ]
    }),
}
