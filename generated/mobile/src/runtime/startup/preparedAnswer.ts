import { createAnswerHeaders } from '../answers/headers.ts'
import { createLocationRewriter, type LocationRewriter } from '../answers/location.ts'
import { createRedirectTest, type RedirectTest } from '../answers/redirects.ts'
import type { Environment } from '../environment/environment.ts'
import type { PreparedAnswer } from '../steps/answer.ts'
import type { Upstream } from '../upstream/index.ts'
import type { Gateway, OperationSchemas } from '../vocabulary.ts'
import { ownPathsBelow } from '../words/ownPaths.ts'
import { isRedirectHost } from '../words/redirectHosts.ts'

export function prepareAnswer(
  operation: OperationSchemas,
  parts: Pick<PreparedAnswer, 'errors' | 'tags' | 'rewrite' | 'redirect'>,
): PreparedAnswer {
  return { headers: createAnswerHeaders(operation), ...parts }
}

/** Makes the rewriter of each service's addresses, on its first use. */
export function createRewriters({
  routes,
  client,
}: Pick<Gateway, 'routes' | 'client'>): (upstream: Upstream) => LocationRewriter {
  const known = new Map<string, LocationRewriter>()
  const own = new Set(Object.values(ownPathsBelow(client.ownPath)))
  return ({ name, urls }) => {
    const found = known.get(name)
    if (found !== undefined) return found
    const calling = routes.filter((route) => route.action.service === name)
    const rewriter = createLocationRewriter(urls, calling, own)
    known.set(name, rewriter)
    return rewriter
  }
}

/** Makes the test of redirects of each service. A host that is not one is refused through `environment`. */
export function readRedirects(
  { services }: Pick<Gateway, 'services'>,
  environment: Environment,
): ReadonlyMap<string, RedirectTest> {
  const tests = Object.entries(services).map(([name, { redirectHosts = [] }]) => {
    const hosts = environment.list(redirectHosts)
    for (const host of hosts)
      if (!isRedirectHost(host)) environment.refuse(`${JSON.stringify(host)} is not a host of redirects of ${name}`)
    return [name, createRedirectTest(hosts.filter(isRedirectHost))] as const
  })
  return new Map(tests)
}
