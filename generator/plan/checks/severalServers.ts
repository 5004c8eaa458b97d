import { keyOf, list } from '../../support/index.ts'
import type { Check } from './check.ts'

/** Several `servers` without a `url`. A spec does not define whether they are replicas or, for example, production and sandbox. */
export const severalServers: Check = {
  of: 'route',
  find: ({ endpoints, source }) => {
    if (endpoints.from === 'manifest' || endpoints.url.length < 2) return []
    const { id } = source.manifest
    return [
      {
        message: `\`${id}\` has no \`url\`, so its calls go to any of ${list(endpoints.url.map((url) => `\`${url}\``))}.`,
        origin: keyOf(source.manifest.origin),
        related: [{ origin: endpoints.origin, message: 'names the document with these `servers`' }],
        remedy: `Name those to use:\n    ${id}:\n      url: ${endpoints.url[0] ?? ''}`,
      },
    ]
  },
}
