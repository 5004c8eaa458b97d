import { type Problem, problem } from '../words/problems.ts'
import type { Reason } from '../words/reasons.ts'

/** What makes the gateway end a call. `gone`: the client disconnected. `late`: its body took too long. `answered`: the rest of the call is not needed. */
export type EndCause = 'deadline' | 'gone' | 'late' | 'too-large' | 'answered'

/** The error that a call is aborted with; undici passes it to the handler. */
export class CallEnded extends Error {
  override readonly name = 'CallEnded'
  readonly end: EndCause

  constructor(end: EndCause) {
    super(end)
    this.end = end
  }
}

/** One instance for each cause: their stacks are not used. */
export const ended: Readonly<Record<EndCause, CallEnded>> = {
  deadline: new CallEnded('deadline'),
  gone: new CallEnded('gone'),
  late: new CallEnded('late'),
  'too-large': new CallEnded('too-large'),
  answered: new CallEnded('answered'),
}

const timeouts = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT'])
const closed = new Set(['UND_ERR_SOCKET', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'ECONNRESET', 'EPIPE', 'ECONNABORTED'])
/** Codes of the handshake and of certificates, from OpenSSL and from `node:tls`. */
const tls =
  /^(?:EPROTO|ERR_SSL_|ERR_TLS_|CERT_|CRL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH)/

/**
 * The problem that a failed call is answered with (rules F1, F5 to F8). An error that is not a known timeout counts as an invalid
 * answer of the service: parser errors have no code. `sent`: the request was being written to a connection.
 */
export function failureProblem(error: Error, sent: boolean): Problem {
  const detail = failureCode(error)
  if (error instanceof CallEnded) {
    if (error.end === 'gone') return problem('gateway-timeout', { reason: 'client-left' })
    return problem('gateway-timeout', { reason: 'service-late', detail })
  }
  if (timeouts.has(detail)) {
    return problem('gateway-timeout', { reason: sent ? 'service-late' : 'service-unreachable', detail })
  }
  if (detail === 'UND_ERR_DESTROYED' || detail === 'UND_ERR_CLOSED') {
    return problem('unavailable', { headers: soon, reason: 'shutting-down' })
  }
  // undici rejected the gateway's own request, so the service is not at fault.
  if (detail === 'UND_ERR_INVALID_ARG' || detail === 'UND_ERR_NOT_SUPPORTED') {
    return problem('internal', { reason: 'call-invalid', detail })
  }
  return problem('bad-gateway', { reason: badGatewayReason(detail, sent), detail })
}

function badGatewayReason(code: string, sent: boolean): Reason<'bad-gateway'> {
  if (tls.test(code)) return 'service-tls'
  if (!sent) return 'service-unreachable'
  return closed.has(code) ? 'service-closed' : 'service-protocol'
}

/** A code for the log; never text that a service sent. */
export function failureCode(error: Error): string {
  if (error instanceof CallEnded) return error.end
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}

const soon = { 'retry-after': '1' }

/** The service cannot take the call now. */
export const busy: Problem = problem('unavailable', { headers: soon, reason: 'service-full' })
