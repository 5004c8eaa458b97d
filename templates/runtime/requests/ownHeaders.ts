import type { IncomingHttpHeaders } from 'node:http'
import type { OutgoingHeaders } from '../upstream/request.ts'
import { setTraceContext } from './trace.ts'

const none: IncomingHttpHeaders = {}

/** Completes the headers of a call that is made without a client's request. */
export function completeOwnHeaders(requestId: string, headers: OutgoingHeaders, pseudonym: string): void {
  headers['accept-encoding'] = 'identity'
  headers['via'] = `1.1 ${pseudonym}`
  headers['x-request-id'] = requestId
  setTraceContext(none, requestId, headers)
}
