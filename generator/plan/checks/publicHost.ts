import { literalOf } from '../draft/envTexts.ts'
import type { Check } from './check.ts'

const authority = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::[1-9]\d{0,4})?$/

/** An authority that no `Host` header ever is. */
export const publicHost: Check = {
  of: 'client',
  find: ({ manifest }) =>
    (manifest.publicHosts ?? []).flatMap((setting) => {
      const text = literalOf(setting)
      if (text === null || authority.test(text)) return []
      return [
        {
          message: `\`${text}\` is no host.`,
          origin: setting.origin,
          remedy:
            'A host is a name or address and perhaps a port, without scheme and path: `api.shop.example`, `localhost:4100`.',
        },
      ]
    }),
}
