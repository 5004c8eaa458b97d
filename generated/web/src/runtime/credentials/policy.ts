import type { Reason } from '../upstream/failures.ts'
import { type Failure, over, type Policy, type Running } from '../upstream/transport.ts'
import { problem } from '../words/problems.ts'
import type { Credentials } from './index.ts'

/** Adds a service's named credentials to each call, in order. A call whose credentials cannot be obtained is not sent. */
export function withCredentials(apply: Credentials['apply'], service: string, names: readonly string[]): Policy {
  return (next) => (order, sink) => {
    const refusal = apply(order.caller, service, names, order.request.headers)
    if (refusal === undefined) return next(order, sink)
    if ('kind' in refusal) {
      sink.settled(refusal)
      return over
    }
    const call = new WaitingCall()
    refusal
      .then((failed) => {
        if (call.cancelled) return
        if (failed === undefined) call.next = next(order, sink)
        else sink.settled(failed)
      })
      .catch((error: unknown) => sink.settled(failure(error)))
    return call
  }
}

/** A call whose credentials are being obtained. */
class WaitingCall implements Running {
  cancelled = false
  next: Running | null = null

  cancel(reason: Reason): void {
    this.cancelled = true
    this.next?.cancel(reason)
  }
}

function failure(error: unknown): Failure {
  return { kind: 'failure', problem: problem('internal'), sent: false, error }
}
