import type { ServerResponse } from 'node:http'
import type { Cut } from '../observe/cut.ts'
import type { Recipient } from '../support/turns.ts'
import type { Problem } from '../words/problems.ts'

/** Bytes, or text with one byte per character: written in one piece with the head, which saves a tenth of a request's time. */
export type WholeBody = Buffer | string

/** How a service's answer is handled, decided by its status and media type. */
export type Treatment =
  /** The body is forwarded unchanged. */
  | { readonly kind: 'pass'; readonly status: number }
  | EmptyTreatment
  | ProjectTreatment
  /** `code`: logged as a failed call. */
  | { readonly kind: 'problem'; readonly problem: Problem; readonly code?: string }

/** No body is forwarded. */
export interface EmptyTreatment {
  readonly kind: 'empty'
  readonly status: number
  /** For HEAD: how the body of a GET would be handled; absent if the answer does not tell. */
  readonly get?: Exclude<Treatment, { kind: 'problem' }>
}

/** The body is read whole, and the body for the client is made from it. */
export interface ProjectTreatment {
  readonly kind: 'project'
  readonly status: number
  /** The identity of the projection; `null`: the bytes stay unchanged. */
  readonly id: string | null
  /** The body for the client; a promise where it takes several turns of the event loop, and ends when the recipient is gone. */
  project(bytes: Buffer, recipient: Recipient): WholeBody | Problem | Promise<WholeBody | Problem>
}

/** Header fields of a service's answer; names in lower case, each byte of a value as one character. */
export type AnswerFields = Readonly<Record<string, string | string[] | undefined>>

/**
 * Decides how an answer is handled. `headOnly`: the answer has no body, whatever its media type (HEAD). `headers`: all fields of the
 * answer. `requestId`: of the request that is answered, for the log.
 */
export type Treat = (
  status: number,
  contentType: string | null | undefined,
  headOnly: boolean,
  headers?: AnswerFields,
  requestId?: string,
) => Treatment

/** Ends a response with its whole body. */
export type End = (res: ServerResponse, body: WholeBody | null) => void

/** The response that a body is written to, the number of body bytes written, and why the body was not written completely. */
export interface Receiver {
  readonly res: ServerResponse
  bytes: number
  cut: Cut | null
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
  readonly headers: AnswerFields
  body: WholeBody | BodyStream | null
}
