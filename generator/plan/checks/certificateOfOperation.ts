import type { Check } from './check.ts'

/** A client certificate belongs to a connection, and the calls of a service share theirs. */
export const certificateOfOperation: Check = {
  of: 'client',
  find: ({ manifest }) =>
    manifest.expose.flatMap(({ selector, options }) =>
      (options.credential?.value ?? [])
        .filter(({ kind }) => kind === 'mtls')
        .map(({ origin }) => ({
          message: `\`${selector}\` asks for a client certificate of its own.`,
          origin,
          remedy: 'Write `mtls` as the credential of the service, or describe the operation as a service of its own.',
        })),
    ),
}
