import type { ProblemName } from '../words/problems.ts'

/** The gateway's own reasons for ending a call. */
export type Reason = 'deadline' | 'gone' | 'idle' | 'too-large' | 'closing' | 'answered'

/** Ends a call; undici reports it back to the handler. One instance per reason: nobody reads their stacks. */
export class CallEnded extends Error {
  override readonly name = 'CallEnded'
  readonly reason: Reason

  constructor(reason: Reason) {
    super(reason)
    this.reason = reason
  }
}

export const ended: Readonly<Record<Reason, CallEnded>> = {
  deadline: new CallEnded('deadline'),
  gone: new CallEnded('gone'),
  idle: new CallEnded('idle'),
  'too-large': new CallEnded('too-large'),
  closing: new CallEnded('closing'),
  answered: new CallEnded('answered'),
}

const timeouts = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT'])

/**
 * What a failed call is for the client (rules F1, F5 to F8). Whatever is not known to be lateness is a service that did
 * not answer properly: parser errors carry no code at all.
 */
export function failureName(error: Error): ProblemName {
  if (error instanceof CallEnded) return error.reason === 'too-large' ? 'bad-gateway' : 'gateway-timeout'
  const code = 'code' in error ? String(error.code) : ''
  if (timeouts.has(code)) return 'gateway-timeout'
  if (code === 'UND_ERR_DESTROYED' || code === 'UND_ERR_CLOSED') return 'unavailable'
  // undici refused what the gateway asked of it: the service has no part in that.
  return code === 'UND_ERR_INVALID_ARG' || code === 'UND_ERR_NOT_SUPPORTED' ? 'internal' : 'bad-gateway'
}

/** A short word for the log; never what a service said. */
export function failureCode(error: Error): string {
  if (error instanceof CallEnded) return error.reason
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
