import type { Method } from '../vocabulary.ts'

/** Header fields on their way to a service; names in lower case. */
export type OutgoingHeaders = Record<string, string | string[]>

/** What may go to a service, built from allow-lists only. */
export interface ServiceRequest {
  readonly method: Method
  /** Completed path and query below the endpoint's base, encoded by the gateway (never the received string). */
  readonly path: string
  readonly headers: OutgoingHeaders
  /** Bytes read and checked; or the stream of the client's body, passed on with a cap; or nothing. */
  body: Buffer | 'stream' | null
}
