import type { EnvTextModel } from '../../model/types.ts'
import { authenticatorSettings, clientSettings, serviceSettings } from '../draft/envTexts.ts'
import type { Check } from './check.ts'

/** A variable is one thing, so what it is without being set is one thing too. */
export const twoDefaults: Check = {
  of: 'manifest',
  find: (_clients, { manifest }) => {
    const own = manifest.clients.flatMap(({ expose }) =>
      expose.flatMap(({ options }) => options.credential?.value ?? []),
    )
    const settings = [
      ...manifest.services.flatMap((service, i) =>
        serviceSettings(service, [...(service.settings.credential?.value ?? []), ...(i === 0 ? own : [])]),
      ),
      ...manifest.authenticators.flatMap(authenticatorSettings),
      ...manifest.clients.flatMap(clientSettings),
    ]
    const first = new Map<string, { readonly fallback: string; readonly setting: EnvTextModel }>()
    return settings.flatMap(({ setting }) =>
      setting.variables.flatMap(({ name, fallback }) => {
        if (fallback === null) return []
        const known = first.get(name)
        if (known === undefined) first.set(name, { fallback, setting })
        if (known === undefined || known.fallback === fallback) return []
        return [
          {
            message: `\`${name}\` is \`${known.fallback}\` in one place and \`${fallback}\` in another when it is not set.`,
            origin: setting.origin,
            related: [{ origin: known.setting.origin, message: `has \`${known.fallback}\`` }],
            remedy: 'Write the same default in both places, or use two variables.',
          },
        ]
      }),
    )
  },
}
