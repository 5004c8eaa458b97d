import type { Principal } from '../access/principal.ts'
import type { Problem } from '../words/problems.ts'
import type { ServiceAnswer, Treat } from './answer.ts'
import type { ClientBody } from './clientBody.ts'
import type { Reason } from './failures.ts'
import type { ServiceRequest } from './request.ts'

/** For whom a service is called. */
export interface Caller {
  readonly requestId: string
  /** `null`: anonymous. */
  readonly principal: Principal | null
}

/** One call of an operation: for whom, what is sent, how long it may take, and what becomes of the answer. */
export interface Order {
  readonly caller: Caller
  readonly request: ServiceRequest
  readonly body: Buffer | ClientBody | null
  /** Milliseconds until the answer's head, and until its end where it must be read whole. */
  readonly timeout: number
  /** No body of an answer is wanted (HEAD). */
  readonly headOnly: boolean
  readonly treat: Treat
}

/** Why a call ended without an answer that can be used. */
export interface Failure {
  readonly kind: 'failure'
  /** What the client is answered with. */
  readonly problem: Problem
  /** False: not one byte of the request left the gateway, so it may be sent again whatever its method (rule F1). */
  readonly sent: boolean
  /** What was thrown, where it is the gateway's own fault. */
  readonly error?: unknown
}

/** What came of a call. A problem stands for an answer of the service that the client may not see. */
export type Result = ServiceAnswer | Problem | Failure

/** Takes the events of a call, in this order. After `cancel` there are none. */
export interface Sink {
  /** The request is being written to a connection. */
  sending(): void
  /** The head of the answer has arrived, so many milliseconds after the request was handed to an endpoint. */
  responded(time: number): void
  /** The last event. The body of an answer may still be arriving. */
  settled(result: Result): void
}

/** A call under way. */
export interface Running {
  /** Stops it wherever it is, also while the body of its answer arrives; does nothing once it has ended. */
  cancel(reason: Reason): void
}

/** Sends an order to its service, and tells the sink what comes of it; some events may come before this returns. */
export type Transport = (order: Order, sink: Sink) => Running

/** What is done around each call: made once, at start or on a route's first use. */
export type Policy = (next: Transport) => Transport

/** Puts policies around a transport, the first outermost. */
export function compose(policies: readonly Policy[], transport: Transport): Transport {
  return policies.reduceRight((next, policy) => policy(next), transport)
}

/** A call that ended before its transport returned. */
export const over: Running = { cancel: () => undefined }
