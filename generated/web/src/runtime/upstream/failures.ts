import { type Problem, type ProblemName, problem } from '../words/problems.ts'

/** Why the gateway ends a call. `gone`: the client disconnected. `late`: its body took too long. `answered`: the rest of the call is not needed. */
export type Reason = 'deadline' | 'gone' | 'late' | 'too-large' | 'answered'

/** The error that a call is aborted with; undici passes it to the handler. */
export class CallEnded extends Error {
  override readonly name = 'CallEnded'
  readonly reason: Reason

  constructor(reason: Reason) {
    super(reason)
    this.reason = reason
  }
}

/** One instance for each reason: their stacks are not used. */
export const ended: Readonly<Record<Reason, CallEnded>> = {
  deadline: new CallEnded('deadline'),
  gone: new CallEnded('gone'),
  late: new CallEnded('late'),
  'too-large': new CallEnded('too-large'),
  answered: new CallEnded('answered'),
}

const timeouts = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT'])

/**
 * Name of the problem that a failed call is answered with (rules F1, F5 to F8). An error that is not a known timeout counts as an
 * invalid answer of the service: parser errors have no code.
 */
export function failureName(error: Error): ProblemName {
  if (error instanceof CallEnded) return error.reason === 'too-large' ? 'bad-gateway' : 'gateway-timeout'
  const code = 'code' in error ? String(error.code) : ''
  if (timeouts.has(code)) return 'gateway-timeout'
  if (code === 'UND_ERR_DESTROYED' || code === 'UND_ERR_CLOSED') return 'unavailable'
  // undici rejected the gateway's own request, so the service is not at fault.
  return code === 'UND_ERR_INVALID_ARG' || code === 'UND_ERR_NOT_SUPPORTED' ? 'internal' : 'bad-gateway'
}

/** A code for the log; never text that a service sent. */
export function failureCode(error: Error): string {
  if (error instanceof CallEnded) return error.reason
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}

/** The service cannot take the call now. */
export const busy: Problem = problem('unavailable', { headers: { 'retry-after': '1' }, why: 'service-full' })

const unavailable = problem('unavailable', { headers: { 'retry-after': '1' } })

/** The problem of that name for a failed call. */
export function failureProblem(name: ProblemName): Problem {
  return name === 'unavailable' ? unavailable : problem(name)
}
