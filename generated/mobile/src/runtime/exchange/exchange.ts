import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Principal } from '../access/principal.ts'
import type { Cut } from '../observe/cut.ts'
import type { Holder } from '../support/heldBytes.ts'
import type { ServiceAnswer } from '../upstream/answer.ts'
import type { ServiceRequest } from '../upstream/request.ts'
import type { Running } from '../upstream/transport.ts'
import type { Route } from '../vocabulary.ts'
import type { Problem } from '../words/problems.ts'
import type { Reason } from '../words/reasons.ts'

/** Result of the matcher: the route and the raw (percent-encoded) values of its path parameters, in template order. */
export interface Match {
  readonly route: Route
  readonly names: readonly string[]
  readonly raw: readonly string[]
}

/** One request in the pipeline. The steps set its members from top to bottom. */
export interface Exchange extends Holder {
  readonly req: IncomingMessage
  readonly res: ServerResponse
  /** `performance.now()` at arrival, ms. */
  readonly started: number
  requestId: string
  /** The client's address behind the trusted proxies. */
  address: string
  /** The path of the request target, encoded, without the query; and the query without `?`, or ''. */
  path: string
  query: string
  match: Match | null
  principal: Principal | null
  /** Set only by `authorize`. Without it `call` sends nothing (fail closed). */
  decision: 'public' | 'granted' | null
  request: ServiceRequest | null
  answer: ServiceAnswer | null
  /** Body bytes sent to the client, for the access log. */
  bytes: number
  /** Why the body of the request or answer did not pass completely, for the access log. */
  cut: Cut | null
  /** Name of the problem in the answer, for the access log. */
  problem: string | null
  /** Why the request was refused, and what that is about (`Problem`), for the access log. */
  reason: Reason | null
  detail: string | null
  /** Milliseconds until the head of the service's answer. */
  serviceTime: number | null
  /** The caller for whom its unfinished body is counted; `null`: it is not counted. */
  counted: string | null
  /** Where it is counted because its answer may be passed on; `null`: it is not. */
  streams: { release(exchange: Exchange): void } | null
  /** Whether the client has disconnected. */
  readonly gone: boolean
  /** Aborted when the client disconnects. Created on first access: read it only where a signal is needed. */
  readonly abort: AbortController
  /** The call to cancel if the client disconnects before the answer; takes a fraction of the time of a signal. */
  running: Running | null
}

/** Result of a step. `undefined`: continue; a problem: end with it; `answered`: no further response is needed. */
export type Outcome = Problem | 'answered' | undefined

/** One step of the pipeline. Synchronous where possible: a promise takes time on every request. */
export type Step = (exchange: Exchange) => Outcome | Promise<Outcome>
