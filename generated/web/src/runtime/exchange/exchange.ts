import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Principal } from '../access/principal.ts'
import type { ServiceAnswer } from '../upstream/answer.ts'
import type { ServiceRequest } from '../upstream/request.ts'
import type { Running } from '../upstream/transport.ts'
import type { Route } from '../vocabulary.ts'
import type { Problem } from '../words/problems.ts'

/** What the matcher found: the route and the raw (percent-encoded) values of its path parameters, in template order. */
export interface Match {
  readonly route: Route
  readonly names: readonly string[]
  readonly raw: readonly string[]
}

/** One request on its way through the pipeline. Steps fill it from top to bottom. */
export interface Exchange {
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
  /** Set by `authorize` alone; the forwarder refuses to work without it (fail closed). */
  decision: 'public' | 'granted' | null
  request: ServiceRequest | null
  answer: ServiceAnswer | null
  /** Bytes of the body given to the client, for the access log. */
  bytes: number
  /** Name of the problem answered with, for the access log. */
  problem: string | null
  /** Milliseconds the service took until its headers. */
  serviceTime: number | null
  /** Aborted when the client goes away. Made on first use: ask only where a signal is needed. */
  readonly abort: AbortController
  /** The call that is cancelled when the client goes away before it was answered; costs a fraction of a signal. */
  running: Running | null
}

/** What a step says: `undefined` to go on, a problem to end, `answered` when the response has been taken care of. */
export type Outcome = Problem | 'answered' | undefined

/** One step of the pipeline. Synchronous where it can be: a promise costs on every request. */
export type Step = (exchange: Exchange) => Outcome | Promise<Outcome>
