import type { Method } from '../vocabulary.ts'

/** Header fields for a service; names in lower case. */
export type OutgoingHeaders = Record<string, string | string[]>

/** A request to a service, built from allow-lists only. */
export interface ServiceRequest {
  readonly method: Method
  /** Completed path and query below the endpoint's base, encoded by the gateway (never the received string). */
  readonly path: string
  readonly headers: OutgoingHeaders
  /** Bytes that were read and checked; `stream`: the client's body is streamed, with a size limit; `null`: no body. */
  body: Buffer | 'stream' | null
}
