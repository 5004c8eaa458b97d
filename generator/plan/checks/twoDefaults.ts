import type { EnvTextModel } from '../../model/types.ts'
import { authenticatorEnvTexts, clientEnvTexts, serviceEnvTexts } from '../draft/envTexts.ts'
import type { Check } from './check.ts'

/** A variable with two different defaults. */
export const twoDefaults: Check = {
  of: 'manifest',
  find: (_clients, { manifest }) => {
    const own = manifest.clients.flatMap(({ expose }) =>
      expose.flatMap(({ options }) => options.credential?.value ?? []),
    )
    const texts = [
      ...manifest.services.flatMap((service, i) =>
        serviceEnvTexts(
          service,
          [...(service.settings.credential?.value ?? []), ...(i === 0 ? own : [])],
          service.redirectHosts,
        ),
      ),
      ...manifest.authenticators.flatMap(authenticatorEnvTexts),
      ...manifest.clients.flatMap(clientEnvTexts),
    ]
    const first = new Map<string, { readonly fallback: string; readonly text: EnvTextModel }>()
    return texts.flatMap(({ text }) =>
      text.variables.flatMap(({ name, fallback }) => {
        if (fallback === null) return []
        const known = first.get(name)
        if (known === undefined) first.set(name, { fallback, text })
        if (known === undefined || known.fallback === fallback) return []
        return [
          {
            message: `\`${name}\` is \`${known.fallback}\` in one place and \`${fallback}\` in another when it is not set.`,
            origin: text.origin,
            related: [{ origin: known.text.origin, message: `has \`${known.fallback}\`` }],
            remedy: 'Write the same default in both places, or use two variables.',
          },
        ]
      }),
    )
  },
}
