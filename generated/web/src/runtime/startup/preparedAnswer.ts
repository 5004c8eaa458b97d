import { createAnswerHeaders } from '../answers/headers.ts'
import { createLocationRewriter, type LocationRewriter } from '../answers/location.ts'
import type { PreparedAnswer } from '../steps/answer.ts'
import type { Upstream } from '../upstream/index.ts'
import type { OperationSchemas, Route } from '../vocabulary.ts'

export function prepareAnswer(operation: OperationSchemas, rewrite: LocationRewriter): PreparedAnswer {
  return { headers: createAnswerHeaders(operation), rewrite }
}

/** Makes the rewriter of each service's addresses, on its first use. */
export function createRewriters(routes: readonly Route[]): (upstream: Upstream) => LocationRewriter {
  const known = new Map<string, LocationRewriter>()
  return ({ name, urls }) => {
    const found = known.get(name)
    if (found !== undefined) return found
    const own = routes.filter((route) => route.action.service === name)
    const rewriter = createLocationRewriter(urls, own)
    known.set(name, rewriter)
    return rewriter
  }
}
