import type { ServerResponse } from 'node:http'
import type { JsonValue } from '../json/index.ts'
import type { Problem } from '../words/problems.ts'

/** Bytes; or a text of which each character is one byte, which is written in one piece with the head and costs a tenth less of a request. */
export type WholeBody = Buffer | string

/** What becomes of a service's answer, as its status and media type decide. */
export type Treatment =
  /** The bytes go on as they are. */
  | { readonly kind: 'pass'; readonly status: number }
  /** No body goes on. */
  | { readonly kind: 'empty'; readonly status: number }
  | ProjectTreatment
  | { readonly kind: 'problem'; readonly problem: Problem }

/** The body must be read whole; what goes on is made from it. */
export interface ProjectTreatment {
  readonly kind: 'project'
  readonly status: number
  /** What the client gets of it. */
  project(bytes: Buffer): WholeBody | Problem
  /** What of it a caller inside the gateway gets. */
  read(bytes: Buffer): { readonly kind: 'value'; readonly value: JsonValue } | Problem
}

/** Decides what becomes of an answer. `headOnly`: the answer has no body, whatever its media type (HEAD). */
export type Treat = (status: number, contentType: string | null | undefined, headOnly: boolean) => Treatment

/** Ends a response with the whole of its body. */
export type End = (res: ServerResponse, body: WholeBody | null) => void

/** Where a body is written, and how many bytes of it were. */
export interface Receiver {
  readonly res: ServerResponse
  bytes: number
}

/** A body that may still be arriving from a service. */
export interface BodyStream {
  /** Whether the service broke off before anything of it was handed on. */
  readonly failed: boolean
  /**
   * Writes what has arrived and what will arrive to the response, with back-pressure; where all has arrived, `end` is to end it. Call
   * it once, after the head is written.
   */
  pipe(receiver: Receiver, end: End): void
  /** Gives up what has not arrived. */
  discard(): void
}

/** A service's answer on its way to the client: made by `call`, projected by `shape`, written by `answer`. */
export interface ServiceAnswer {
  readonly kind: 'answer'
  readonly treatment: Exclude<Treatment, { kind: 'problem' }>
  /** As the service sent them, lower-case names; only what the contract allows leaves the gateway. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  body: WholeBody | BodyStream | null
}
