import type { ServerResponse } from 'node:http'
import type { Problem } from '../words/problems.ts'

/** Bytes, or text with one byte per character: written in one piece with the head, which saves a tenth of a request's time. */
export type WholeBody = Buffer | string

/** How a service's answer is handled, decided by its status and media type. */
export type Treatment =
  /** The body is forwarded unchanged. */
  | { readonly kind: 'pass'; readonly status: number }
  /** No body is forwarded. */
  | { readonly kind: 'empty'; readonly status: number }
  | ProjectTreatment
  | { readonly kind: 'problem'; readonly problem: Problem }

/** The body is read whole, and the body for the client is made from it. */
export interface ProjectTreatment {
  readonly kind: 'project'
  readonly status: number
  /** The body for the client. */
  project(bytes: Buffer): WholeBody | Problem
}

/** Decides how an answer is handled. `headOnly`: the answer has no body, whatever its media type (HEAD). */
export type Treat = (status: number, contentType: string | null | undefined, headOnly: boolean) => Treatment

/** Ends a response with its whole body. */
export type End = (res: ServerResponse, body: WholeBody | null) => void

/** The response that a body is written to, and the number of body bytes written. */
export interface Receiver {
  readonly res: ServerResponse
  bytes: number
}

/** A body that may still be arriving from a service. */
export interface BodyStream {
  /** Whether the service broke off before any of the body was forwarded. */
  readonly failed: boolean
  /**
   * Writes the received and all further bytes to the response, with back-pressure. If the body is already complete, `end` ends the
   * response. Call it once, after the head is written.
   */
  pipe(receiver: Receiver, end: End): void
  /** Cancels the rest of the body. */
  discard(): void
}

/** A service's answer on its way to the client: made by `call`, projected by `shape`, written by `answer`. */
export interface ServiceAnswer {
  readonly kind: 'answer'
  readonly treatment: Exclude<Treatment, { kind: 'problem' }>
  /** As the service sent them, lower-case names; only those that the contract allows are sent to the client. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  body: WholeBody | BodyStream | null
}
