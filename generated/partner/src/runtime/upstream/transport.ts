import type { Principal } from '../access/principal.ts'
import type { Holder } from '../support/heldBytes.ts'
import type { Problem } from '../words/problems.ts'
import type { ServiceAnswer, Treat } from './answer.ts'
import type { ClientBody } from './clientBody.ts'
import type { EndCause } from './failures.ts'
import type { ServiceRequest } from './request.ts'

/** The caller on whose behalf a service is called; the bytes of an answer that is read whole are held for it (rule F27). */
export interface Caller extends Holder {
  readonly requestId: string
  /** `null`: anonymous. */
  readonly principal: Principal | null
}

/** Milliseconds that a body which is forwarded to the client may take. */
export interface TransferLimits {
  /** Without a byte of the service. */
  readonly idle: number
  /** The same for event streams, JSON lines and JSON sequences. */
  readonly streamIdle: number
  /** For the whole body. */
  readonly lifetime: number
}

/** One call of an operation: caller, request, time limit, and handling of the answer. */
export interface Order {
  readonly caller: Caller
  readonly request: ServiceRequest
  readonly body: Buffer | ClientBody | null
  /** Milliseconds until the answer's head; until its end if it is read whole. */
  readonly timeout: number
  readonly transfer: TransferLimits
  /** The answer has no body (HEAD). */
  readonly headOnly: boolean
  readonly treat: Treat
  /** Whether the answer may be passed on as it arrives. */
  readonly passes: boolean
  readonly expected: ExpectedAnswer
}

/** The bytes of a route's answers that are read whole, as far as they are known from the last ones. */
export interface ExpectedAnswer {
  bytes: number
}

/** Why a call ended without a usable answer. */
export interface Failure {
  readonly kind: 'failure'
  /** The answer for the client. */
  readonly problem: Problem
  /** False: no byte of the request was sent, so it may be retried whatever its method (rule F1). */
  readonly sent: boolean
  /** The thrown error, if the gateway itself is at fault. */
  readonly error?: unknown
}

/** The result of a call. A problem replaces an answer of the service that the client may not see. */
export type Result = ServiceAnswer | Problem | Failure

/** Receives the events of a call, in this order. There are none after `cancel`. */
export interface Sink {
  /** The request is being written to a connection. */
  sending(): void
  /** The head of the answer has arrived. `time`: milliseconds since the request was dispatched to an endpoint. */
  responded(time: number): void
  /** The last event. The body of an answer may still be arriving. */
  settled(result: Result): void
}

/** A call in progress. */
export interface Running {
  /** Stops the call at any stage, also while the body of its answer arrives. No effect after its end. */
  cancel(cause: EndCause): void
}

/** Sends an order to its service and reports events to the sink, possibly before it returns. */
export type Transport = (order: Order, sink: Sink) => Running

/** A wrapper around each call. Created once, at start or on a route's first use. */
export type Policy = (next: Transport) => Transport

/** Wraps a transport in policies, the first outermost. */
export function compose(policies: readonly Policy[], transport: Transport): Transport {
  return policies.reduceRight((next, policy) => policy(next), transport)
}

/** A call that ended before its transport returned. */
export const over: Running = { cancel: () => undefined }
