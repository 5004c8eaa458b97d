import type { Check } from './check.ts'
import { operationIn, selectorOf } from './wording.ts'

/**
 * An operation whose spec declares another server than the rest, and which is called at the service's `url` anyway. Not reported if
 * the `url` contains the operation's server, as a default for instance.
 */
export const unusedServer: Check = {
  of: 'route',
  find: (route) => {
    const { operation, source, endpoints } = route
    const main = source.model.servers
    if (
      endpoints.from === 'spec' ||
      !operation.ownServers ||
      main.length === 0 ||
      source.manifest.url.some((url) => operation.servers.some((server) => url.text.includes(server))) ||
      main.join(' ') === operation.servers.join(' ')
    )
      return []
    return [
      {
        message: `${selectorOf(route)} is called at the \`url\` of \`${source.manifest.id}\`, but its spec has the server \`${operation.servers.join(' ')}\`.`,
        origin: route.origin,
        related: [{ origin: operation.origin, message: `declares ${operationIn(route)}` }],
        remedy: 'If that is another server, define a separate service for the operation, or remove `url`.',
      },
    ]
  },
}
