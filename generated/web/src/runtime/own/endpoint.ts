import type { Step } from '../exchange/exchange.ts'
import type { OwnPath } from '../words/ownPaths.ts'

/** A path at which the gateway answers for itself: without credentials, and for any host. */
export interface OwnEndpoint {
  readonly path: OwnPath
  /** Any other method is 405. */
  readonly methods: readonly string[]
  readonly answer: Step
}

/** The methods of an endpoint that only tells something (RFC 9110 section 9.3.2: HEAD wherever GET is). */
export const reading: readonly string[] = ['GET', 'HEAD']
