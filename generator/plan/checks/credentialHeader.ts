import { isFramingHeader, isOwnHeaderName } from '../draft/routes/headers.ts'
import type { Check } from './check.ts'

/** A secret in a header that belongs to the message itself, or that is no header. */
export const credentialHeader: Check = {
  of: 'manifest',
  find: (clients, { manifest }) =>
    [
      ...manifest.services.flatMap(({ settings }) => settings.credential?.value ?? []),
      ...clients.flatMap((client) => client.manifest.expose.flatMap(({ options }) => options.credential?.value ?? [])),
    ].flatMap((credential) => {
      if (credential.kind !== 'header') return []
      const { name, origin } = credential
      // A key that a service reads from a cookie; the caller's own cookies never pass.
      if (name.toLowerCase() === 'cookie') return []
      if (isOwnHeaderName(name) && !isFramingHeader(name.toLowerCase())) return []
      return [
        {
          message: `The header \`${name}\` cannot carry a credential.`,
          origin,
          remedy: isOwnHeaderName(name)
            ? 'It belongs to the message itself. Take the header that the service documents, such as `Authorization` or `X-Api-Key`.'
            : 'Names of headers have letters, digits, `-` and `_`.',
        },
      ]
    }),
}
