import type { Check } from './check.ts'

/** A client certificate of a single operation. A certificate belongs to a connection, and all calls of a service share connections. */
export const certificateOfOperation: Check = {
  of: 'client',
  find: ({ manifest }) =>
    manifest.expose.flatMap(({ selector, options }) =>
      (options.credential?.value ?? [])
        .filter(({ kind }) => kind === 'mtls')
        .map(({ origin }) => ({
          message: `\`${selector}\` has a client certificate of its own.`,
          origin,
          remedy: 'Write `mtls` as the credential of the service, or define a separate service for the operation.',
        })),
    ),
}
