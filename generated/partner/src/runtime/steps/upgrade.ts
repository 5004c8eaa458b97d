import type { Step } from '../exchange/exchange.ts'
import type { Matcher } from '../matching/matcher.ts'
import { problem } from '../words/problems.ts'

const nothing = problem('not-found', { close: true })
const unsupported = problem('upgrade-not-supported', { close: true })

/**
 * Refuses a request for another protocol on its connection: the gateway supports none (rule R7). A path or method that no route
 * has is refused as for other requests. Every refusal closes the connection.
 */
export function createUpgradeRefusal(matcher: Matcher<unknown>): Step {
  return ({ path, req }) => {
    const methods = matcher.methods(path)
    if (methods.length === 0) return nothing
    if (methods.includes(req.method ?? '')) return unsupported
    return problem('method-not-allowed', { headers: { allow: methods.join(', ') }, close: true })
  }
}
