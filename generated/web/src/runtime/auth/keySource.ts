import type { Surroundings } from '../observe/surroundings.ts'
import { createRenewal } from '../support/singleFlight.ts'
import { selectKeys, type VerificationKey } from './keySet.ts'

/** The keys of one issuer, refreshed while they are used. */
export interface KeySource {
  /** Whether a key set was ever loaded. If not, starts an attempt if one is due. */
  ready(): boolean
  /** Whether cached results of these keys may be used; starts a refresh if one is due. */
  reliable(): boolean
  /** The keys that may have signed a token. A promise only if the loaded keys are not sufficient, so that the issuer is asked. */
  find(kid: string | undefined, algorithm: string): Found | Promise<Found>
}

export type Found =
  | { readonly kind: 'keys'; readonly keys: readonly VerificationKey[] }
  /** There is no usable key set, and none could be obtained. `retryAfter`: seconds until a retry is useful. */
  | { readonly kind: 'unavailable'; readonly retryAfter: number }

/** Fetches a key set. `reason` of a failure is a word for the log. */
export type Load = () => Promise<
  | { readonly kind: 'keys'; readonly keys: readonly VerificationKey[] }
  | { readonly kind: 'failed'; readonly reason: string }
>

/** Milliseconds. A key set is refreshed in the background after half of its time to live. */
const timeToLive = 10 * 60_000
const refreshAfter = timeToLive / 2
const maxStale = 24 * 60 * 60_000
/** Time after any request before an unknown key id may cause another; doubles for an id that is not found, up to `longestWait`. */
const coolDown = 30_000
const longestWait = 5 * 60_000
const rememberedIds = 1_000
/** Characters. Longer ids are not remembered, to limit memory; `coolDown` applies to them too. */
const longestRemembered = 256

/** Keeps an issuer's keys (rules J5, F12). `issuer` is for the observer. */
export function createKeySource(issuer: string, load: Load, { monotonic, observer }: Surroundings): KeySource {
  let keys: readonly VerificationKey[] = []
  let loadedAt = Number.NEGATIVE_INFINITY
  let attemptedAt = Number.NEGATIVE_INFINITY
  const unknown = new Map<string, { readonly until: number; readonly wait: number }>()
  let reason = ''
  const renewal = createRenewal(monotonic, attempt, (failures) =>
    observer.issuerKeysUnavailable({ issuer, reason, failures }),
  )

  async function attempt(): Promise<boolean> {
    const startedAt = monotonic()
    attemptedAt = startedAt
    // A background run is not awaited, so it must not reject.
    const loaded = await load().catch(() => ({ kind: 'failed' as const, reason: 'unexpected' }))
    if (loaded.kind === 'failed') {
      reason = loaded.reason
      return false
    }
    loadedAt = startedAt
    replace(loaded.keys)
    return true
  }

  /** Keys that are still in the set keep their objects, so that tokens verified with them need no second check. */
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
    // No request came in the second half of the time to live, so no refresh was started: refresh before use.
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

  const isKnown = (kid: string | undefined): boolean => keys.some((key) => kid === undefined || key.kid === kid)

  /** Asks the issuer, if that may help. */
  async function look(kid: string | undefined, algorithm: string): Promise<Found> {
    if (!reliable() && (renewal.isRunning() || renewal.isDue())) await renewal.run()
    if (monotonic() - loadedAt > maxStale) {
      return { kind: 'unavailable', retryAfter: renewal.retryAfter() }
    }
    if (!isKnown(kid) && kid !== undefined && mayLookFor(kid)) {
      await renewal.run()
      if (isKnown(kid)) unknown.delete(kid)
      else rememberUnknown(kid)
    }
    return { kind: 'keys', keys: selectKeys(keys, kid, algorithm) }
  }

  return {
    ready() {
      if (loadedAt !== Number.NEGATIVE_INFINITY) return true
      if (renewal.isDue()) void renewal.run()
      return false
    },
    reliable,
    find(kid, algorithm) {
      if (!reliable() || !isKnown(kid)) return look(kid, algorithm)
      return { kind: 'keys', keys: selectKeys(keys, kid, algorithm) }
    },
  }
}
