import type { ProblemName } from '../words/problems.ts'

/** A call of a service that failed. */
export interface CallFailed {
  readonly requestId: string
  readonly service: string
  /** An error code, or the gateway's own reason; never text that a service sent. */
  readonly code: string
}

/** A service's answer that is not as documented. Names the place, never a value. */
export interface Drift {
  /** Id of the route. */
  readonly route: string
  readonly status: number
  readonly what: 'status' | 'media type' | 'body'
  /** RFC 6901 pointers into the body and what is wrong there; at most ten. */
  readonly faults: readonly { readonly pointer: string; readonly detail: string }[]
}

/** A request that has ended; an exchange is one, so that none has to be made of it. */
export interface EndedRequest {
  readonly requestId: string
  readonly address: string
  readonly req: { readonly method?: string | undefined }
  /** `null`: no route was found. */
  readonly match: { readonly route: { readonly id: string; readonly path: string } } | null
  /** `null`: anonymous. */
  readonly principal: { readonly subject: string } | null
  /** `performance.now()` at arrival, ms. */
  readonly started: number
  /** Milliseconds the service took until its headers; `null`: none was called. */
  readonly serviceTime: number | null
  /** Of the body given to the client. */
  readonly bytes: number
  /** Name of the problem it was answered with. */
  readonly problem: string | null
}

/**
 * Is told what happens in a gateway: whatever logs or counts is one. Made once, at start. Events are plain data; one that comes with
 * every request costs nothing but the call.
 */
export interface Observer {
  /** `status` 499: the client went away before its answer began. */
  requestEnded(request: EndedRequest, status: number): void
  /** A message that was not an HTTP request. */
  messageRejected(problem: ProblemName): void
  callFailed(event: CallFailed): void
  /** A route's call was reached without an access decision, and not made. */
  callUndecided(event: { readonly requestId: string; readonly route: string }): void
  answerDrifted(drift: Drift): void
  /** `open`: how many event streams there are now. */
  streamOpened(open: number): void
  streamClosed(open: number): void
}
