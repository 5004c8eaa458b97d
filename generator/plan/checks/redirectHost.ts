import { isRedirectHost } from '../../../templates/runtime/words/redirectHosts.ts'
import { literalsOf } from '../draft/envTexts.ts'
import type { Check } from './check.ts'

/** An entry of `redirectHosts` that no `Location` can be compared with. */
export const redirectHost: Check = {
  of: 'manifest',
  find: (_clients, { manifest }) =>
    manifest.services.flatMap(({ redirectHosts }) =>
      literalsOf(redirectHosts)
        .filter(({ value }) => !isRedirectHost(value))
        .map(({ value, setting }) => ({
          message: `\`${value}\` is not a host that redirects may lead to.`,
          origin: setting.origin,
          remedy:
            'Write a host without scheme and path, optionally with a port, or `*.` before a name of at least two labels: `files.example`, `files.example:8443`, `*.files.example`.',
        })),
    ),
}
