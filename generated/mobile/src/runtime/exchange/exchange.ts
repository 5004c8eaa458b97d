import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Method, Route } from '../vocabulary.ts'
import type { Problem } from '../words/problems.ts'

/** Who is calling, as an authenticator established it. */
export interface Principal {
  /** Key of the client's `authenticators`. */
  readonly authenticator: string
  /** `iss` of a token; the gateway's name for keys. A user is `issuer` and `subject` together. */
  readonly issuer: string
  readonly subject: string
  readonly scopes: ReadonlySet<string>
  readonly roles: ReadonlySet<string>
  readonly claims: Readonly<Record<string, unknown>>
  /** The bearer token as received, for the credential `principal`; `null` for keys. */
  readonly token: string | null
  /** Seconds since the epoch; `null`: never. */
  readonly expires: number | null
}

/** What the matcher found: the route and the raw (percent-encoded) values of its path parameters, in template order. */
export interface Match {
  readonly route: Route
  readonly names: readonly string[]
  readonly raw: readonly string[]
}

/** What may go to the service, made by `validate` from allow-lists only. */
export interface ServiceRequest {
  readonly method: Method
  /** Completed path and query, encoded by the gateway (never the received string). */
  path: string
  /** Lower-case names. */
  readonly headers: Record<string, string | string[]>
  /** Bytes read and checked; or the stream of the client's body, passed on with a cap; or nothing. */
  body: Buffer | 'stream' | null
}

/** What becomes of a service's answer, as its status and media type decide. */
export type Treatment =
  /** The bytes go on as they are. */
  | { readonly kind: 'pass'; readonly status: number }
  /** No body goes on. */
  | { readonly kind: 'empty'; readonly status: number }
  /** The body must be read whole; what goes on is made from it. */
  | { readonly kind: 'project'; readonly status: number; project(bytes: Buffer): WholeBody | Problem }
  | { readonly kind: 'problem'; readonly problem: Problem }

/** Bytes; or a text of which each character is one, which goes out in one piece with the head and spares a tenth of the whole request. */
export type WholeBody = Buffer | string

/** Ends a response with the whole of its body. */
export type End = (res: ServerResponse, body: WholeBody | null) => void

/** A body that may still be arriving from a service. */
export interface BodyStream {
  /** Whether the service broke off before anything of it was handed on. */
  readonly failed: boolean
  /**
   * Hands what has arrived and what will arrive to the response, with back-pressure; where all has arrived, `end` is to end it. Call
   * it once, after the head is written.
   */
  pipe(end: End): void
  /** Gives up what has not arrived. */
  discard(): void
}

/** A service's answer on its way to the client: made by `call`, projected by `shape`, written by `answer`. */
export interface ServiceAnswer {
  readonly shape: Exclude<Treatment, { kind: 'problem' }>
  /** As the service sent them, lower-case names; only what the contract allows leaves the gateway. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  body: WholeBody | BodyStream | null
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
  /** Called once when the client goes away before it was answered; what is at work sets it, at a fraction of a signal's price. */
  onAbort: (() => void) | null
}

/** What a step says: `undefined` to go on, a problem to end, `answered` when the response has been taken care of. */
export type Outcome = Problem | 'answered' | undefined

/** One step of the pipeline. Synchronous where it can be: a promise costs on every request. */
export type Step = (exchange: Exchange) => Outcome | Promise<Outcome>
