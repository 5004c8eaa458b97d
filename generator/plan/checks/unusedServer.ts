import { list } from '../../support/index.ts'
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
      source.manifest.url.some((url) => operation.servers.some((server) => names(url.text, server))) ||
      main.join(' ') === operation.servers.join(' ')
    )
      return []
    const called = `${selectorOf(route)} is called at the \`url\` of \`${source.manifest.id}\``
    const servers = operation.servers.map((server) => `\`${server}\``)
    return [
      {
        message:
          servers.length === 0
            ? `${called}, but its spec has a server of its own, without an address.`
            : `${called}, but its spec has the ${servers.length === 1 ? 'server' : 'servers'} ${list(servers)}.`,
        origin: route.origin,
        related: [{ origin: operation.origin, message: `declares ${operationIn(route)}` }],
        remedy: 'If that is another server, define a separate service for the operation, or remove `url`.',
      },
    ]
  },
}

/** Whether the text of an address has the server in it, with or without the slash at its end. */
function names(text: string, server: string): boolean {
  const address = server.replace(/\/+$/, '')
  if (address === '' || address.endsWith(':') || !text.includes(address)) return false
  // `https://api.example.co` is not the server of `https://api.example.com`.
  return !/^[\w.:-]/.test(text.slice(text.indexOf(address) + address.length))
}
