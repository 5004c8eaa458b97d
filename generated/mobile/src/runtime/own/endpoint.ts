import type { Step } from '../exchange/exchange.ts'

/** A path that the gateway itself answers, without credentials and for any host. */
export interface OwnEndpoint {
  readonly path: string
  /** Any other method is 405; `null`: `answer` gets all methods. */
  readonly methods: readonly string[] | null
  readonly answer: Step
}

/** The methods of a read-only endpoint (RFC 9110 section 9.3.2: HEAD wherever GET is supported). */
export const reading: readonly string[] = ['GET', 'HEAD']
