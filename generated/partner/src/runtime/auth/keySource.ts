import { createRenewal } from '../support/singleFlight.ts'
import type { Surroundings } from '../support/surroundings.ts'
import { selectKeys, type VerificationKey } from './keySet.ts'

/** The keys of one issuer, kept fresh. */
export interface KeySource {
  /** Whether there has ever been a set; when not, an attempt is started if one is due. */
  ready(): boolean
  /** Whether what was verified with these keys may be relied on without looking; starts a refresh when one is due. */
  reliable(): boolean
  /** The keys that may have signed a token. Waits for the issuer only when the keys at hand do not do. */
  find(kid: string | undefined, algorithm: string): Promise<Found>
}

export type Found =
  | { readonly kind: 'keys'; readonly keys: readonly VerificationKey[] }
  /** There is no set, and the issuer gives none. Seconds until asking again makes sense. */
  | { readonly kind: 'unavailable'; readonly retryAfter: number }

/** A new set, or why there is none (a word for the log). */
export type Load = () => Promise<
  | { readonly kind: 'keys'; readonly keys: readonly VerificationKey[] }
  | { readonly kind: 'failed'; readonly reason: string }
>

/** Milliseconds. A set is refreshed in the background from half of its time on. */
const timeToLive = 10 * 60_000
const refreshAfter = timeToLive / 2
const maxStale = 24 * 60 * 60_000
/** An unknown key id may cause one request in this time, whatever came of the last; one that was asked for without success waits longer each time. */
const coolDown = 30_000
const longestWait = 5 * 60_000
const rememberedIds = 1_000
/** Longer ids are never remembered, so that what is remembered stays small; the cool-down holds for them all the same. */
const longestRemembered = 256

/** Keeps an issuer's keys (rules J5, F12). `issuer` is for the log. */
export function createKeySource(issuer: string, load: Load, { monotonic, logger }: Surroundings): KeySource {
  let keys: readonly VerificationKey[] = []
  let loadedAt = Number.NEGATIVE_INFINITY
  let attemptedAt = Number.NEGATIVE_INFINITY
  const unknown = new Map<string, { readonly until: number; readonly wait: number }>()
  let reason = ''
  const renewal = createRenewal(monotonic, attempt, (failures) =>
    logger.warn({ issuer, reason, failures }, 'could not obtain the keys of an issuer'),
  )

  async function attempt(): Promise<boolean> {
    const startedAt = monotonic()
    attemptedAt = startedAt
    // A run in the background has nobody waiting for it: it must not end in a rejection.
    const loaded = await load().catch(() => ({ kind: 'failed' as const, reason: 'unexpected' }))
    if (loaded.kind === 'failed') {
      reason = loaded.reason
      return false
    }
    loadedAt = startedAt
    replace(loaded.keys)
    return true
  }

  /** Keys that stay remain the same objects, so that tokens verified with them need no second look. */
  function replace(next: readonly VerificationKey[]): void {
    const known = new Map(keys.map((key) => [key.fingerprint, key]))
    keys = next.map((key) => known.get(key.fingerprint) ?? key)
    const kept = new Set(keys)
    for (const key of known.values()) if (!kept.has(key)) key.retired = true
  }

  function reliable(): boolean {
    const age = monotonic() - loadedAt
    if (age < refreshAfter) return true
    if (age > maxStale) return false
    // Nobody asked for the second half of the set's life: it is looked at again before it is trusted again.
    if (age > timeToLive && renewal.failures() === 0) return false
    if (renewal.isDue()) void renewal.run()
    return true
  }

  function mayLookFor(kid: string): boolean {
    if (renewal.isRunning()) return true
    const now = monotonic()
    return now - attemptedAt >= coolDown && renewal.isRested() && now >= (unknown.get(kid)?.until ?? now)
  }

  function rememberUnknown(kid: string): void {
    if (kid.length > longestRemembered) return
    const wait = Math.min(longestWait, (unknown.get(kid)?.wait ?? coolDown / 2) * 2)
    unknown.delete(kid)
    unknown.set(kid, { until: monotonic() + wait, wait })
    if (unknown.size <= rememberedIds) return
    for (const oldest of unknown.keys()) {
      unknown.delete(oldest)
      break
    }
  }

  return {
    ready() {
      if (loadedAt !== Number.NEGATIVE_INFINITY) return true
      if (renewal.isDue()) void renewal.run()
      return false
    },
    reliable,
    async find(kid, algorithm) {
      if (!reliable() && (renewal.isRunning() || renewal.isDue())) await renewal.run()
      if (monotonic() - loadedAt > maxStale) {
        return { kind: 'unavailable', retryAfter: renewal.retryAfter() }
      }
      const isKnown = () => keys.some((key) => kid === undefined || key.kid === kid)
      if (!isKnown() && kid !== undefined && mayLookFor(kid)) {
        await renewal.run()
        if (isKnown()) unknown.delete(kid)
        else rememberUnknown(kid)
      }
      return { kind: 'keys', keys: selectKeys(keys, kid, algorithm) }
    },
  }
}
