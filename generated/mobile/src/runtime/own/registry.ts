import type { Step } from '../exchange/exchange.ts'
import { decodeBytes } from '../words/percent.ts'
import { problem } from '../words/problems.ts'
import type { OwnEndpoint } from './endpoint.ts'

/** The gateway's own endpoints, found by their path, in any of its percent-encoded spellings. */
export interface OwnEndpoints {
  /** Called for every request: compares one character before it looks up the path. */
  has(path: string): boolean
  /** Answers a request to one of them, whatever its method. */
  readonly answer: Step
}

export function createRegistry(endpoints: readonly OwnEndpoint[]): OwnEndpoints {
  const byPath = new Map<string, Step>(endpoints.map((endpoint) => [endpoint.path, guarded(endpoint)]))
  const initials = new Set(['%', ...endpoints.map(({ path }) => path.charAt(1))].map((text) => text.charCodeAt(0)))

  return {
    has: (path) => initials.has(path.charCodeAt(1)) && byPath.has(decodeBytes(path)),
    answer: (exchange) => byPath.get(decodeBytes(exchange.path))?.(exchange),
  }
}

/** Refuses the methods that an endpoint does not have. */
function guarded({ methods, answer }: OwnEndpoint): Step {
  if (methods === null) return answer
  const wrongMethod = problem('method-not-allowed', { headers: { allow: methods.join(', ') } })
  return (exchange) => (methods.includes(exchange.req.method ?? '') ? answer(exchange) : wrongMethod)
}
