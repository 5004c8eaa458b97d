import type { Check } from './check.ts'

/** The gateway may run with connections to services and identity providers that anybody in between can read and change. */
export const unverifiedTls: Check = {
  of: 'client',
  find: ({ manifest: { id, settings } }) =>
    settings.unverifiedTls?.value === 'allow'
      ? [
          {
            message: `The gateway of \`${id}\` may run with \`NODE_TLS_REJECT_UNAUTHORIZED=0\`, which accepts any certificate of a service and of an identity provider.`,
            origin: settings.unverifiedTls.origin,
            remedy: 'Remove `unverifiedTls`, and name the authority of a private certificate in `NODE_EXTRA_CA_CERTS`.',
          },
        ]
      : [],
}
