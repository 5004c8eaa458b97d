import { closest, keyOf } from '../../support/index.ts'
import type { ServiceSource } from '../draft/source.ts'
import type { Check } from './check.ts'

/** A scheme that the spec requires and that the service's `security` does not map. */
export const unmappedScheme: Check = {
  of: 'route',
  find: ({ decision, source }) =>
    decision.spec.unmapped.flatMap(({ scheme, origin }) => {
      if (isMisspelt(scheme, source)) return []
      const declared = source.model.schemes.find(({ name }) => name === scheme)
      const key = /^[A-Za-z_][\w-]*$/.test(scheme) ? scheme : `'${scheme}'`
      return [
        {
          message: `\`${source.manifest.id}\` does not say what its security scheme \`${scheme}\` stands for.`,
          origin: keyOf(source.manifest.origin),
          related: [
            { origin: declared?.origin ?? origin, message: declared === undefined ? 'asks for it' : 'declares it' },
          ],
          remedy: [
            'Add to the service one of',
            `    security: { ${key}: principal }   # the caller must be authenticated and hold its scopes`,
            `    security: { ${key}: service }     # the gateway supplies it with the service's \`credential\``,
          ].join('\n'),
        },
      ]
    }),
}

/** Whether a mapping of a scheme that does not exist most likely means this one; it is reported at the mapping. */
function isMisspelt(scheme: string, { model, manifest }: ServiceSource): boolean {
  const names = model.schemes.map(({ name }) => name)
  return Object.keys(manifest.security).some((mapped) => !names.includes(mapped) && closest(mapped, names) === scheme)
}
