import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { OutgoingHeaders } from '../upstream/request.ts'

const traceParent = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?$/
const traceState = /^[\x20-\x7e]{1,512}$/

/**
 * Puts the trace context (W3C Trace Context, level 1) into the headers for a service: the received one where it is well-formed,
 * else a new one, whose trace id is the request's id where that is a UUID.
 */
export function setTraceContext(received: IncomingHttpHeaders, id: string, headers: OutgoingHeaders): void {
  const parent = text(received['traceparent'])
  if (parent !== undefined && traceParent.test(parent) && (parent.length === 55 || !parent.startsWith('00'))) {
    headers['traceparent'] = parent
    const state = text(received['tracestate'])
    if (state !== undefined && traceState.test(state)) headers['tracestate'] = state
    return
  }
  headers['traceparent'] = `00-${traceId(uuid.test(id) ? id : randomUUID())}-${spanId()}-01`
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

const traceId = (id: string) => id.slice(0, 8) + id.slice(9, 13) + id.slice(14, 18) + id.slice(19, 23) + id.slice(24)

function text(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

const thisProcess = randomUUID().slice(0, 8)
let spans = 0

/** Eight bytes, unique in this process and very likely across processes. */
function spanId(): string {
  spans = (spans + 1) % 0xffffffff
  return thisProcess + (spans + 0x100000000).toString(16).slice(1)
}
