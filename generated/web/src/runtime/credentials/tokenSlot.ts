import type { Surroundings } from '../observe/surroundings.ts'
import { createRenewal } from '../support/singleFlight.ts'
import type { OutgoingHeaders } from '../upstream/request.ts'
import { type Problem, problem } from '../words/problems.ts'
import type { Grant } from './tokenEndpoint.ts'

/** Puts a token into a call's headers, obtaining one when needed. */
export type TokenSlot = (headers: OutgoingHeaders) => Problem | undefined | Promise<Problem | undefined>

interface Held {
  readonly authorization: string
  /** Monotonic ms. After it a new token is fetched, while this one is still used. */
  readonly freshUntil: number
  /** Monotonic ms, shortly before the expiry. After it this token is no longer used. */
  readonly usableUntil: number
}

/** Seconds before the expiry; at most half and a quarter of the token's lifetime. */
const freshMargin = 60
const usableMargin = 10

/**
 * Caches one token (rules J9, F14): one request at a time, a new token a minute before the old one expires, and no call waits
 * while the old one is usable. After a failure there is a pause; without a token the call fails. `use` is for the log.
 */
export function createTokenSlot(
  obtain: () => Promise<Grant>,
  use: string,
  { monotonic, observer }: Surroundings,
): TokenSlot {
  let held: Held | null = null
  let failure: Exclude<Grant, { kind: 'granted' }> = { kind: 'unavailable', reason: 'not asked for' }
  const renewal = createRenewal(monotonic, attempt, (failures) =>
    observer.credentialUnavailable({ credential: use, reason: failure.reason, failures }),
  )

  async function attempt(): Promise<boolean> {
    const startedAt = monotonic()
    const grant = await obtain().catch((): Grant => ({ kind: 'unavailable', reason: 'unexpected' }))
    if (grant.kind !== 'granted') {
      failure = grant
      return false
    }
    const { token, lifetime } = grant
    held = {
      authorization: `Bearer ${token}`,
      freshUntil: startedAt + (lifetime - Math.min(freshMargin, lifetime / 2)) * 1_000,
      usableUntil: startedAt + (lifetime - Math.min(usableMargin, lifetime / 4)) * 1_000,
    }
    return true
  }

  function fill(headers: OutgoingHeaders): boolean {
    if (held === null || monotonic() >= held.usableUntil) return false
    headers['authorization'] = held.authorization
    return true
  }

  function failed(): Problem {
    const detail = `${use}: ${failure.reason}`
    if (failure.kind === 'refused') return problem('bad-gateway', { reason: 'credential-denied', detail })
    const headers = { 'retry-after': String(renewal.retryAfter()) }
    return problem('unavailable', { headers, reason: 'credential-unavailable', detail })
  }

  return (headers) => {
    if (fill(headers)) {
      if (held !== null && monotonic() >= held.freshUntil && renewal.isDue()) void renewal.run()
      return undefined
    }
    if (!renewal.isRunning() && !renewal.isDue()) return failed()
    return renewal.run().then(() => (fill(headers) ? undefined : failed()))
  }
}
