import { closest, keyOf, suggestion } from '../../support/index.ts'
import type { Check } from './check.ts'

/** A mapping of a scheme that the spec does not have, for example after a rename. */
export const unknownScheme: Check = {
  of: 'manifest',
  find: (_clients, { manifest, services }) =>
    manifest.services.flatMap(({ id, security }) => {
      const service = services.find((one) => one.id === id)
      if (service === undefined) return []
      const names = service.schemes.map(({ name }) => name)
      return Object.entries(security)
        .filter(([scheme]) => !names.includes(scheme))
        .map(([scheme, { value, origin }]) => ({
          message: `\`${id}\` maps the security scheme \`${scheme}\`, which ${service.file} does not have.`,
          origin: keyOf(origin),
          related: [{ origin: service.origin, message: 'names its document' }],
          remedy: remedyFor(scheme, value, names),
        }))
    }),
}

function remedyFor(scheme: string, stands: string, names: readonly string[]): string {
  const meant = closest(scheme, names)
  if (meant !== null) return `Did you mean\n    ${/^[A-Za-z_][\w-]*$/.test(meant) ? meant : `'${meant}'`}: ${stands}`
  return suggestion(scheme, names) ?? 'The spec has no security schemes: leave the mapping out.'
}
