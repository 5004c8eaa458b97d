import { literalOf } from '../draft/envTexts.ts'
import type { Check } from './check.ts'

/** An origin as browsers write it (RFC 6454 section 6.2): scheme, host, port if it is not the scheme's own. */
const origin = /^[a-z][a-z0-9+.-]*:\/\/(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::[1-9]\d{0,4})?$/

/** What no browser ever sends as `Origin` lets nobody in. */
export const corsOrigin: Check = {
  of: 'client',
  find: ({ manifest }) =>
    (manifest.cors?.origins ?? []).flatMap((setting) => {
      const text = literalOf(setting)
      if (text === null || text === '*' || isOrigin(text)) return []
      return [
        {
          message: `\`${text}\` is no origin.`,
          origin: setting.origin,
          remedy:
            'An origin is a scheme, a host and perhaps a port, in small letters and without a path: `https://shop.example`.',
        },
      ]
    }),
}

function isOrigin(text: string): boolean {
  return origin.test(text) && !/^(?:http:\/\/.*:80|https:\/\/.*:443)$/.test(text)
}
