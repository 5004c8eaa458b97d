import { keyOf } from '../../support/index.ts'
import type { Check } from './check.ts'
import { exampleCredential, neededScheme } from './supplied.ts'
import { selectorOf } from './wording.ts'

/** A scheme that the gateway must supply, on a route without a credential. */
export const schemeWithoutCredential: Check = {
  of: 'route',
  find: (route) => {
    const scheme = neededScheme(route)
    if (scheme === null || route.credentials.some(({ kind }) => kind !== 'none')) return []
    const { security, id } = route.source.manifest
    const mapping = Object.hasOwn(security, scheme.name) ? security[scheme.name] : undefined
    return [
      {
        message: `\`${scheme.name}\` of \`${id}\` is supplied by the gateway, but there is no credential for ${selectorOf(route)}.`,
        origin: keyOf(mapping?.origin ?? route.source.manifest.origin),
        related: [
          { origin: scheme.origin, message: `declares \`${scheme.name}\`` },
          { origin: route.origin, message: `exposes ${selectorOf(route)}` },
        ],
        remedy: `Give the service a credential, for example\n    ${id}:\n      credential: ${exampleCredential(scheme, id)}`,
      },
    ]
  },
}
