import { lineOf, listMembers } from '../support/fieldLists.ts'
import type { Method, Route } from '../vocabulary.ts'

/**
 * Makes `Allow` of a route for a service's 405 with this `Allow`: the methods of the client's path, of those that lead to the same
 * resource of the service only what it allows. `peers`: all routes with the path of the route.
 */
export function createAllow(
  route: Pick<Route, 'method' | 'action'>,
  peers: readonly Pick<Route, 'method' | 'action'>[],
): (field: string | string[] | undefined) => string {
  const { service, path } = route.action
  const isSame = ({ action }: Pick<Route, 'action'>): boolean => action.service === service && action.path === path

  return (field) => {
    const line = lineOf(field)
    // Methods are case-sensitive (RFC 9110 section 9.1), but some services list them in lower case.
    const allowed = line === undefined ? null : new Set(listMembers(line.toUpperCase()))
    const isRefused = (method: Method): boolean =>
      allowed === null ? method === route.action.method : !allowed.has(method)
    const methods = new Set<string>(['OPTIONS'])
    for (const peer of peers) {
      if (isSame(peer) && isRefused(peer.action.method)) continue
      methods.add(peer.method)
      if (peer.method === 'GET') methods.add('HEAD')
    }
    return [...methods].sort().join(', ')
  }
}
