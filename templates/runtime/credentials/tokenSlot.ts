import { createBackoff } from '../support/backoff.ts'
import type { Surroundings } from '../support/surroundings.ts'
import { type Problem, problem } from '../words/problems.ts'
import type { Grant } from './tokenEndpoint.ts'
import type { OutgoingHeaders } from './types.ts'

/** Puts a token into a call's headers, obtaining one when needed. */
export type TokenSlot = (headers: OutgoingHeaders) => Problem | undefined | Promise<Problem | undefined>

interface Held {
  readonly authorization: string
  /** Monotonic ms: from then on a new one is fetched, while this one is still used ... */
  readonly freshUntil: number
  /** ... until then, shortly before it expires. */
  readonly usableUntil: number
}

/** Seconds before the expiry; half and a quarter of the life of tokens that live shorter. */
const freshMargin = 60
const usableMargin = 10

/**
 * Keeps one token (rules J9, F14): one request at a time, a new token a minute before the old one expires, and no caller
 * waits while the old one is good. After a failure it pauses; without a token the call fails. `use` is for the log.
 */
export function createTokenSlot(
  obtain: () => Promise<Grant>,
  use: string,
  { monotonic, logger }: Surroundings,
): TokenSlot {
  const backoff = createBackoff(monotonic)
  let held: Held | null = null
  let flight: Promise<void> | null = null
  let failure: 'refused' | 'unavailable' = 'unavailable'

  function renew(): Promise<void> {
    flight ??= attempt().finally(() => {
      flight = null
    })
    return flight
  }

  async function attempt(): Promise<void> {
    const startedAt = monotonic()
    const grant = await obtain().catch((): Grant => ({ kind: 'unavailable', reason: 'unexpected' }))
    if (grant.kind !== 'granted') {
      backoff.failed()
      failure = grant.kind
      logger.warn({ credential: use, reason: grant.reason, failures: backoff.failures() }, 'a token was not had')
      return
    }
    backoff.succeeded()
    const { token, lifetime } = grant
    held = {
      authorization: `Bearer ${token}`,
      freshUntil: startedAt + (lifetime - Math.min(freshMargin, lifetime / 2)) * 1_000,
      usableUntil: startedAt + (lifetime - Math.min(usableMargin, lifetime / 4)) * 1_000,
    }
  }

  function fill(headers: OutgoingHeaders): boolean {
    if (held === null || monotonic() >= held.usableUntil) return false
    headers['authorization'] = held.authorization
    return true
  }

  function failed(): Problem {
    if (failure === 'refused') return problem('bad-gateway')
    const seconds = Math.max(1, Math.ceil(backoff.remaining() / 1_000))
    return problem('unavailable', { headers: { 'retry-after': String(seconds) } })
  }

  return (headers) => {
    const isDue = flight === null && backoff.remaining() === 0
    if (fill(headers)) {
      if (isDue && held !== null && monotonic() >= held.freshUntil) void renew()
      return undefined
    }
    if (flight === null && !isDue) return failed()
    return renew().then(() => (fill(headers) ? undefined : failed()))
  }
}
