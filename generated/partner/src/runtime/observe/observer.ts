import type { ProblemName } from '../words/problems.ts'
import type { Reason } from '../words/reasons.ts'
import type { Cut } from './cut.ts'

/** A call of a service that failed. */
export interface CallFailed {
  readonly requestId: string
  readonly service: string
  /** An error code, or the gateway's own reason; never text that a service sent. */
  readonly code: string
}

/** A body that did not pass completely, although neither side closed its connection. */
export interface TransferCut {
  readonly requestId: string
  /** `null`: no service was called. */
  readonly service: string | null
  readonly cut: Cut
}

/** A service's answer that is not as documented. Names the place, never a value. */
export interface Drift {
  readonly requestId: string
  /** Id of the route. */
  readonly route: string
  readonly status: number
  readonly what: 'status' | 'media type' | 'body'
  /** RFC 6901 pointers into the body and what is wrong there; at most ten. */
  readonly faults: readonly { readonly pointer: string; readonly detail: string }[]
}

/** A request that has ended. An exchange has this type, so no object is created for the event. */
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
  /** Milliseconds until the service's headers arrived; `null`: no service was called. */
  readonly serviceTime: number | null
  /** Bytes of the body written to the client. */
  readonly bytes: number
  /** Why the body of the request or answer did not pass completely. */
  readonly cut: Cut | null
  /** Name of the problem in the answer; `null`: the answer is not a problem. */
  readonly problem: string | null
  /** Why the request was refused (`words/reasons.ts`), and what that is about. */
  readonly reason: Reason | null
  readonly detail: string | null
}

/** A request for something that proves an identity has failed. */
export interface Unobtained {
  /** A code, or the gateway's own words; never text that another party sent. */
  readonly reason: string
  /** Failures in a row. */
  readonly failures: number
}

/**
 * Receives the events of a gateway, for logs and metrics. Made once, at start. Events are plain data. The event of every request
 * costs only the call.
 */
export interface Observer {
  /** `status` 499: the client closed the connection before its answer began. */
  requestEnded(request: EndedRequest, status: number): void
  /** A message that was not an HTTP request. */
  messageRejected(event: { readonly requestId: string; readonly problem: ProblemName }): void
  callFailed(event: CallFailed): void
  /** The transfer of a body was ended before its end. */
  transferCut(event: TransferCut): void
  /** The call of a route was reached without an access decision, and was not sent. */
  callUndecided(event: { readonly requestId: string; readonly route: string }): void
  answerDrifted(drift: Drift): void
  /** A redirect was answered with 502. `to`: scheme, host and port of its `Location`, whose rest may hold a signature. */
  redirectRefused(event: { readonly requestId: string; readonly route: string; readonly to: string }): void
  /** `X-Forwarded-Prefix` of a trusted proxy is not a path and does not count. */
  prefixIgnored(event: { readonly requestId: string }): void
  /** A step threw, or the pipeline ended without an answer. */
  requestFailed(event: { readonly requestId: string; readonly error: unknown }): void
  /** Too many failed attempts with an API key from one network. */
  keyBlocked(event: { readonly requestId: string; readonly address: string; readonly key: string }): void
  /** At start: the trusted proxies contain so many addresses of these families that callers are among them. */
  proxiesUnrestricted(event: { readonly families: readonly string[] }): void
  /** Once: requests have the fields of a proxy, and no proxy is trusted. */
  proxyUnknown(): void
  /** At start: the environment switches off the verification of certificates, which the manifest allows. */
  tlsUnverified(): void
  keyFileReloaded(event: { readonly authenticator: string; readonly keys: number }): void
  /** The previous keys stay in use. */
  keyFileInvalid(event: { readonly authenticator: string; readonly faults: readonly string[] }): void
  keyFileUnreadable(event: { readonly authenticator: string }): void
  issuerKeysUnavailable(event: Unobtained & { readonly issuer: string }): void
  /** `credential`: the service, and the name of its credential. */
  credentialUnavailable(event: Unobtained & { readonly credential: string }): void
  credentialUnsigned(event: { readonly credential: string }): void
  /** `open`: number of open event streams. */
  streamOpened(open: number): void
  streamClosed(open: number): void
}
