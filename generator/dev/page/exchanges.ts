import type { Answer } from '../answers.ts'
import type { ReceivedRequest } from '../simulator.ts'

/** What a simulated service got and answered on behalf of one request to a gateway. */
export interface Exchange {
  readonly service: string | null
  readonly method: string
  readonly url: string
  readonly status: number
  /** `null`: the bytes are not text. */
  readonly text: string | null
}

export interface Exchanges {
  add(request: ReceivedRequest, answer: Answer): void
  /** By `X-Request-Id`, which gateways send to services. */
  of(requestId: string): readonly Exchange[]
}

/** Requests that are remembered. */
const mostKept = 100

export function createExchanges(): Exchanges {
  const kept = new Map<string, Exchange[]>()
  return {
    add({ service, method, url, headers }, { status, headers: answered, chunks }) {
      const id = headers['x-request-id']
      if (typeof id !== 'string') return
      const isText = /json|text|xml|urlencoded/.test(answered['content-type'] ?? '')
      const text = isText ? Buffer.concat(chunks).toString('utf8') : chunks.length === 0 ? '' : null
      kept.set(id, [...(kept.get(id) ?? []), { service, method, url, status, text }])
      const [oldest] = kept.keys()
      if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
    },
    of: (requestId) => kept.get(requestId) ?? [],
  }
}
