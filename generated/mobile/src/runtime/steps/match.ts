import type { Step } from '../exchange/exchange.ts'
import type { Responder } from '../http/responder.ts'
import type { Matcher } from '../matching/matcher.ts'
import { hasEncodedSlash, refusedSlash, slashRefused } from '../matching/slashes.ts'
import type { Route } from '../vocabulary.ts'
import { problem } from '../words/problems.ts'

const nothing = problem('not-found')
const malformed = problem('malformed-request', { reason: 'target-invalid' })

/**
 * Finds the route, once: no later step matches the request's method or path again (rule R4). OPTIONS is answered here and never
 * reaches a service (rule R5). `takesSemicolon`: whether a path parameter has the style `matrix`.
 */
export function createMatch(
  matcher: Matcher<Route>,
  takesSemicolon: (route: Route, parameter: string) => boolean,
  responder: Responder,
): Step {
  return (exchange) => {
    const { path } = exchange
    const method = exchange.req.method ?? ''
    if (method === 'OPTIONS') {
      const methods = path === '*' ? ['GET', 'HEAD'] : matcher.methods(path)
      if (methods.length === 0) return nothing
      responder.empty(exchange, 204, ['allow', allow(methods)])
      return 'answered'
    }

    const found = matcher.find(method, path)
    if (found.kind === 'missing') {
      if (found.methods.length === 0) return nothing
      return problem('method-not-allowed', { headers: { allow: allow(found.methods) } })
    }
    const { value: route, names, raw } = found
    if (path.includes(';') && raw.some((value, i) => value.includes(';') && !takesSemicolon(route, names[i] ?? ''))) {
      return malformed
    }
    if (hasEncodedSlash(path)) {
      const refused = refusedSlash(path, route, names, raw)
      if (refused !== null) return slashRefused(refused)
    }
    exchange.match = { route, names, raw }
    return undefined
  }
}

const allow = (methods: readonly string[]) => [...methods, 'OPTIONS'].sort().join(', ')
